package dev.flowir.testing;

import static dev.flowir.testing.LogScene.deed;
import static dev.flowir.testing.LogScene.next;
import static dev.flowir.testing.LogScene.nextEvent;
import static dev.flowir.testing.LogScene.nextState;
import static dev.flowir.testing.LogScene.nothingMore;
import static dev.flowir.testing.LogScene.refused;

import dev.flowir.object.log.Envelope;
import dev.flowir.object.log.Frame;
import dev.flowir.object.log.LogFault;
import dev.flowir.object.log.LogOptions;
import dev.flowir.object.log.LogSnapshot;
import dev.flowir.object.log.Slow;
import dev.flowir.object.log.Subscription;
import dev.flowir.testing.LogScene.Deed;
import dev.flowir.testing.LogScene.Till;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Rules of logs: who follows one misses nothing and sees nothing twice, and holds nobody up. */
final class LogFollowRules {

    private LogFollowRules() {}

    static List<Rule<ObjectBench>> rules() {
        return List.of(
                Rule.of(
                        "LOG-21",
                        "a subscriber gets the state at a version, then each event after it once",
                        "what is read first, and from where events are taken then",
                        LogFollowRules::followsWithoutGap),
                Rule.of(
                        "LOG-22",
                        "who comes again with a version gets the events after it and no others",
                        "what the version is compared with",
                        LogFollowRules::resumes),
                Rule.of(
                        "LOG-23",
                        "who comes again too late, or with a version of no event, gets the state",
                        "when events are no longer enough",
                        LogFollowRules::beginsAnew),
                Rule.of(
                        "LOG-24",
                        "a slow subscriber gets the state instead, beyond the bound and not before",
                        "what is compared with the bound",
                        LogFollowRules::dropsToSnapshot),
                Rule.of(
                        "LOG-25",
                        "a slow subscriber is ended where it asked for that, and others go on",
                        "what is held for one subscriber",
                        LogFollowRules::disconnects),
                Rule.of(
                        "LOG-26",
                        "nothing is told of a call that throws",
                        "when subscribers are told",
                        LogFollowRules::tellsNothingUndone),
                Rule.of(
                        "LOG-27",
                        "an object has as many subscribers as it may, and a place is free again",
                        "where subscribers are counted",
                        LogFollowRules::boundsSubscribers),
                Rule.of(
                        "LOG-28",
                        "who waits is ended when the subscription or all of them are closed",
                        "who is woken by a close",
                        LogFollowRules::endsWithClose));
    }

    private static void followsWithoutGap(ObjectBench bench, TestClock clock) throws Exception {
        LogScene scene = LogScene.on(bench, clock);
        int events = 60;
        List<CompletableFuture<Till>> seen = new ArrayList<>();
        for (int i = 1; i <= events; i++) {
            if (i % 6 == 0) {
                seen.add(ObjectScene.inBackground(() -> followed(scene, events)));
            }
            if (i % 20 == 0) {
                scene.evict("a");
            }
            scene.append("a", deed("sale", i));
        }
        Till state = scene.state("a");
        for (CompletableFuture<Till> one : seen) {
            Expect.equal("what a subscriber made of it", state, ObjectScene.await(one));
        }
    }

    /** The state that a subscriber has who reduces what it gets. */
    private static Till followed(LogScene scene, long end) throws InterruptedException {
        try (Subscription<Till, Deed> subscription =
                scene.objects().subscribe(scene.at("a"), Slow.TO_SNAPSHOT)) {
            LogSnapshot<Till> known = new LogSnapshot<>(-1, Till.EMPTY);
            while (known.version() < end) {
                known =
                        switch (next(subscription)) {
                            case Frame.State<Till, Deed>(LogSnapshot<Till> snapshot) -> snapshot;
                            case Frame.Event<Till, Deed>(Envelope<Deed> event) -> {
                                Expect.equal(
                                        "the next version", known.version() + 1, event.version());
                                yield new LogSnapshot<>(
                                        event.version(), LogScene.count(known.state(), event));
                            }
                            case Frame.Ended<Till, Deed> ended ->
                                    throw new AssertionError("it ended: " + ended.why());
                        };
            }
            return known.state();
        }
    }

    private static void resumes(ObjectBench bench, TestClock clock) throws Exception {
        LogScene scene = LogScene.on(bench, clock);
        scene.fill("a", 9);
        try (Subscription<Till, Deed> again =
                scene.objects().subscribe(scene.at("a"), 4, Slow.TO_SNAPSHOT)) {
            for (long version = 5; version <= 9; version++) {
                Expect.equal("missed", version, nextEvent(again));
            }
            nothingMore(again);
            scene.fill("a", 1);
            Expect.equal("live", 10L, nextEvent(again));
            nothingMore(again);
            Expect.equal("what it has seen", 10L, again.version());
        }
    }

    private static void beginsAnew(ObjectBench bench, TestClock clock) throws Exception {
        LogScene scene = LogScene.on(bench, clock, LogOptions.defaults().withSubscribers(5, 10));
        scene.fill("a", 9);
        for (long version : new long[] {3, 10, Long.MAX_VALUE, -5}) {
            try (Subscription<Till, Deed> again =
                    scene.objects().subscribe(scene.at("a"), version, Slow.DISCONNECT)) {
                Expect.equal("after " + version + " the state at", 9L, nextState(again));
                nothingMore(again);
            }
        }
        try (Subscription<Till, Deed> again =
                scene.objects().subscribe(scene.at("a"), 4, Slow.DISCONNECT)) {
            Expect.equal("as far back as may be", 5L, nextEvent(again));
        }
    }

    private static void dropsToSnapshot(ObjectBench bench, TestClock clock) throws Exception {
        LogScene scene = LogScene.on(bench, clock, LogOptions.defaults().withSubscribers(5, 10));
        try (Subscription<Till, Deed> slow =
                scene.objects().subscribe(scene.at("a"), Slow.TO_SNAPSHOT)) {
            Expect.equal("the state at", 0L, nextState(slow));
            scene.fill("a", 5);
            told(scene, 5);
            for (long version = 1; version <= 5; version++) {
                Expect.equal("at the bound", version, nextEvent(slow));
            }
            scene.fill("a", 6);
            told(scene, 11);
            Expect.equal("beyond it the state at", 11L, nextState(slow));
            scene.fill("a", 1);
            Expect.equal("and then", 12L, nextEvent(slow));
        }
    }

    /** Waits until subscribers of the object are told up to a version. */
    private static void told(LogScene scene, long version) throws InterruptedException {
        try (Subscription<Till, Deed> other =
                scene.objects().subscribe(scene.at("a"), version - 1, Slow.TO_SNAPSHOT)) {
            Expect.equal("told", version, nextEvent(other));
        }
        scene.pass(Duration.ZERO);
    }

    private static void disconnects(ObjectBench bench, TestClock clock) throws Exception {
        LogScene scene = LogScene.on(bench, clock, LogOptions.defaults().withSubscribers(5, 10));
        try (Subscription<Till, Deed> slow =
                        scene.objects().subscribe(scene.at("a"), Slow.DISCONNECT);
                Subscription<Till, Deed> fast =
                        scene.objects().subscribe(scene.at("a"), Slow.DISCONNECT)) {
            Expect.equal("the state at", 0L, nextState(slow));
            Expect.equal("the state at", 0L, nextState(fast));
            for (long version = 1; version <= 6; version++) {
                scene.fill("a", 1);
                Expect.equal("the fast one gets", version, nextEvent(fast));
            }
            Expect.equal("the slow one", new Frame.Ended<>(Frame.Why.LAGGED), next(slow));
            Expect.equal("and again", new Frame.Ended<>(Frame.Why.LAGGED), next(slow));
            scene.fill("a", 1);
            Expect.equal("the fast one goes on", 7L, nextEvent(fast));
        }
    }

    private static void tellsNothingUndone(ObjectBench bench, TestClock clock) throws Exception {
        LogScene scene = LogScene.on(bench, clock);
        try (Subscription<Till, Deed> subscription =
                scene.objects().subscribe(scene.at("a"), Slow.TO_SNAPSHOT)) {
            Expect.equal("the state at", 0L, nextState(subscription));
            Expect.refused(
                    "a call that throws",
                    IllegalStateException.class,
                    () ->
                            scene.at("a")
                                    .call(log -> {
                                        log.append(deed("lost", 1));
                                        throw new IllegalStateException("no");
                                    }));
            nothingMore(subscription);
            scene.fill("a", 1);
            Frame<Till, Deed> frame = next(subscription);
            if (!(frame instanceof Frame.Event<Till, Deed>(Envelope<Deed> event))) {
                throw new AssertionError("an event was expected, not " + frame);
            }
            Expect.equal("the first that is told", "till.sale", event.type());
            Expect.equal("its version", 1L, event.version());
        }
    }

    private static void boundsSubscribers(ObjectBench bench, TestClock clock) {
        LogScene scene = LogScene.on(bench, clock, LogOptions.defaults().withSubscribers(5, 2));
        Subscription<Till, Deed> one = scene.objects().subscribe(scene.at("a"), Slow.TO_SNAPSHOT);
        try (Subscription<Till, Deed> two =
                scene.objects().subscribe(scene.at("a"), Slow.TO_SNAPSHOT)) {
            refused(
                    "a third",
                    LogFault.TOO_MANY_SUBSCRIBERS,
                    () -> scene.objects().subscribe(scene.at("a"), Slow.TO_SNAPSHOT).close());
            one.close();
            one.close();
            scene.objects().subscribe(scene.at("a"), Slow.TO_SNAPSHOT).close();
            scene.objects().subscribe(scene.at("b"), Slow.TO_SNAPSHOT).close();
            Expect.equal("what the second has seen", -1L, two.version());
        }
    }

    private static void endsWithClose(ObjectBench bench, TestClock clock) throws Exception {
        LogScene scene = LogScene.on(bench, clock);
        Subscription<Till, Deed> one = scene.objects().subscribe(scene.at("a"), Slow.TO_SNAPSHOT);
        nextState(one);
        CompletableFuture<Frame<Till, Deed>> waiting = ObjectScene.inBackground(() -> next(one));
        one.close();
        Expect.equal("who waited", new Frame.Ended<>(Frame.Why.CLOSED), ObjectScene.await(waiting));
        try (Subscription<Till, Deed> two =
                scene.objects().subscribe(scene.at("a"), Slow.TO_SNAPSHOT)) {
            nextState(two);
            CompletableFuture<Frame<Till, Deed>> other = ObjectScene.inBackground(() -> next(two));
            scene.objects().close();
            Expect.equal(
                    "who waited", new Frame.Ended<>(Frame.Why.CLOSED), ObjectScene.await(other));
        }
    }
}
