package dev.flowir.testing;

import static dev.flowir.testing.LogScene.deed;
import static dev.flowir.testing.LogScene.refused;

import dev.flowir.object.log.Envelope;
import dev.flowir.object.log.EventLog;
import dev.flowir.object.log.LogDefinition;
import dev.flowir.object.log.LogFault;
import dev.flowir.object.log.LogOptions;
import dev.flowir.object.log.Reducer;
import dev.flowir.testing.LogScene.Deed;
import dev.flowir.testing.LogScene.Till;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Rules of logs: reducers that are not pure are refused, and leave nothing. */
final class LogPurityRules {

    private static final AtomicLong CALLS = new AtomicLong();
    private static final AtomicReference<@Nullable EventLog<Till, Deed>> REACHED =
            new AtomicReference<>();

    private LogPurityRules() {}

    static List<Rule<ObjectBench>> rules() {
        return List.of(
                Rule.of(
                        "LOG-11",
                        "a reducer that gives two states for one is refused, and appends nothing",
                        "whether it runs twice, and what is compared",
                        LogPurityRules::refusesChance),
                Rule.of(
                        "LOG-12",
                        "a reducer that changes what it is given is refused",
                        "whether state and event are as before",
                        LogPurityRules::refusesChanges),
                Rule.of(
                        "LOG-13",
                        "a reducer that holds something is refused when the log is defined",
                        "which fields it has",
                        LogPurityRules::refusesHolding),
                Rule.of(
                        "LOG-14",
                        "a reducer cannot use the log that calls it",
                        "what is asked before the log is used",
                        LogPurityRules::refusesItself),
                Rule.of(
                        "LOG-15",
                        "where not each event is reduced twice, the next stored state is compared"
                                + " with a replay",
                        "what is compared before a state is stored",
                        LogPurityRules::comparesWhatItStores));
    }

    private static LogDefinition<Till, Deed> by(Reducer<Till, Deed> reducer) {
        return LogDefinition.of(Till.class, Till.EMPTY, Deed.class, reducer);
    }

    private static Till chance(Till till) {
        return new Till(ThreadLocalRandom.current().nextLong(), till.deeds() + 1, till.last());
    }

    private static Till counting(Till till) {
        return new Till(CALLS.incrementAndGet(), till.deeds() + 1, till.last());
    }

    private static void refusesChance(ObjectBench bench, TestClock clock) {
        LogScene scene =
                LogScene.reducing(
                        bench, clock, by(LogPurityRules::sometimes), LogOptions.defaults());
        scene.append("a", deed("sale", 1));
        refused(
                "chance",
                LogFault.IMPURE_REDUCER,
                () -> scene.append("a", deed("chance", 1).withEventId("x")));
        refused("a counter", LogFault.IMPURE_REDUCER, () -> scene.append("a", deed("counter", 1)));
        Expect.equal("the length of the log", 1L, scene.version("a"));
        Expect.equal(
                "the same event, as another one",
                2L,
                scene.append("a", deed("sale", 1).withEventId("x")).version());
    }

    private static Till sometimes(Till till, Envelope<Deed> event) {
        return switch (event.payload().what()) {
            case "chance" -> chance(till);
            case "counter" -> counting(till);
            default -> LogScene.count(till, event);
        };
    }

    private static Till changing(Till till, Envelope<Deed> event) {
        List<String> last = till.last();
        last.add(event.type());
        return new Till(till.sum(), till.deeds() + 1, new ArrayList<>(last));
    }

    private static void refusesChanges(ObjectBench bench, TestClock clock) {
        LogScene scene =
                LogScene.reducing(
                        bench,
                        clock,
                        LogDefinition.of(
                                Till.class,
                                new Till(0, 0, new ArrayList<>()),
                                Deed.class,
                                LogPurityRules::changing),
                        LogOptions.defaults());
        refused("a change", LogFault.IMPURE_REDUCER, () -> scene.append("a", deed("sale", 1)));
        Expect.equal("the length of the log", 0L, scene.version("a"));
    }

    private static void refusesHolding(ObjectBench bench, TestClock clock) {
        AtomicLong held = new AtomicLong();
        refused(
                "a lambda that holds a counter",
                LogFault.CAPTURING_REDUCER,
                () ->
                        by((till, event) -> {
                            held.incrementAndGet();
                            return till;
                        }));
        LogScene scene = LogScene.on(bench, clock);
        refused(
                "a method of something",
                LogFault.CAPTURING_REDUCER,
                () -> by(new Holder(scene)::reduce));
        by((till, event) -> till);
        by(LogScene::count);
    }

    private record Holder(LogScene scene) {

        Till reduce(Till till, Envelope<Deed> event) {
            scene.version("b");
            return till;
        }
    }

    private static Till reaching(Till till, Envelope<Deed> event) {
        return new Till(
                Objects.requireNonNull(REACHED.get()).version(), till.deeds() + 1, till.last());
    }

    private static void refusesItself(ObjectBench bench, TestClock clock) {
        LogScene scene =
                LogScene.reducing(
                        bench, clock, by(LogPurityRules::reaching), LogOptions.defaults());
        refused(
                "the log in its reducer",
                LogFault.REDUCING,
                () ->
                        scene.at("a")
                                .call(log -> {
                                    REACHED.set(log);
                                    return log.append(deed("sale", 1));
                                }));
        Expect.equal("the length of the log", 0L, scene.version("a"));
    }

    private static void comparesWhatItStores(ObjectBench bench, TestClock clock) {
        LogScene scene =
                LogScene.reducing(
                        bench,
                        clock,
                        by(LogPurityRules::sometimes),
                        LogOptions.defaults().withPace(5, 1_000));
        scene.fill("a", 1);
        for (int i = 2; i <= 4; i++) {
            scene.append("a", deed("counter", 1));
        }
        refused("the fifth", LogFault.IMPURE_REDUCER, () -> scene.append("a", deed("sale", 1)));
        Expect.equal("the length of the log", 4L, scene.version("a"));
    }
}
