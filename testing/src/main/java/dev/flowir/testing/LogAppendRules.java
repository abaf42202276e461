package dev.flowir.testing;

import static dev.flowir.testing.LogScene.deed;
import static dev.flowir.testing.LogScene.refused;

import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.StoredKey;
import dev.flowir.object.log.Appended;
import dev.flowir.object.log.Envelope;
import dev.flowir.object.log.LogFault;
import dev.flowir.object.log.LogOptions;
import dev.flowir.object.log.NewEvent;
import dev.flowir.testing.LogScene.Deed;
import dev.flowir.testing.LogScene.Till;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Rules of logs: what is appended, what is known again, and that nothing changes. */
final class LogAppendRules {

    private LogAppendRules() {}

    static List<Rule<ObjectBench>> rules() {
        return List.of(
                Rule.of(
                        "LOG-01",
                        "events are numbered 1, 2, 3, and have the names that they have outside",
                        "how an envelope is made and written",
                        LogAppendRules::numbers),
                Rule.of(
                        "LOG-02",
                        "the state after any number of events is what the reducer makes of them",
                        "how the stored state and the events after it are put together",
                        LogAppendRules::follows),
                Rule.<ObjectBench>of(
                                "LOG-03",
                                "a row that was changed, taken out or put in is noticed",
                                "whether links are compared when the state is read",
                                LogAppendRules::isAppendOnly)
                        .where("supportsCrash()", ObjectBench::supportsCrash),
                Rule.of(
                        "LOG-04",
                        "one event sent 100 times at once is one row, and all are told which",
                        "whether look and append are one turn",
                        LogAppendRules::dropsDuplicates),
                Rule.of(
                        "LOG-05",
                        "a client action is known again among the last of the window",
                        "how many actions are kept",
                        LogAppendRules::knowsRecentActions),
                Rule.of(
                        "LOG-06",
                        "a client action is known again for its age, and no longer",
                        "what the age is compared with",
                        LogAppendRules::forgetsOldActions),
                Rule.<ObjectBench>of(
                                "LOG-07",
                                "state, ids and actions are as they were after a crash",
                                "what is stored with the event",
                                LogAppendRules::survives)
                        .where("supportsCrash()", ObjectBench::supportsCrash),
                Rule.of(
                        "LOG-08",
                        "a call that throws leaves no event, and its version is used by the next",
                        "what is kept in memory beside the storage",
                        LogAppendRules::leavesNothing),
                Rule.of(
                        "LOG-09",
                        "words and sizes are refused beyond their bounds, and not before",
                        "the bounds of ids and of bytes",
                        LogAppendRules::keepsBounds));
    }

    private static void numbers(ObjectBench bench, TestClock clock) throws Exception {
        LogScene scene = LogScene.on(bench, clock);
        Appended<Deed> first =
                scene.append(
                        "a",
                        deed("sale", 3)
                                .withEventId("e-1")
                                .withRequestId("r-1")
                                .withOperationId("o-1")
                                .withClientActionId("c-1"));
        Expect.equal("the first version", 1L, first.version());
        Expect.equal("the second version", 2L, scene.append("a", deed("sale", 4)).version());
        Expect.equal("another log", 1L, scene.append("b", deed("sale", 4)).version());
        String text =
                scene.at("a")
                        .read(log ->
                                new String(
                                        JsonCodecs.strict()
                                                .of(Type.of(JsonValue.class))
                                                .encode(log.json(log.events(0, 1).getFirst())),
                                        StandardCharsets.UTF_8));
        Expect.equal(
                "the envelope",
                "{\"event_id\":\"e-1\",\"version\":1,\"timestamp\":\""
                        + clock.instant()
                        + "\",\"type\":\"till.sale\",\"payload\":{\"what\":\"sale\",\"amount\":3},"
                        + "\"request_id\":\"r-1\",\"operation_id\":\"o-1\","
                        + "\"client_action_id\":\"c-1\"}",
                text);
    }

    private static void follows(ObjectBench bench, TestClock clock) throws Exception {
        LogScene scene = LogScene.on(bench, clock, LogOptions.defaults().withPace(7, 1));
        Random random = new Random(4);
        Till expected = Till.EMPTY;
        for (int i = 1; i <= 60; i++) {
            NewEvent<Deed> event =
                    deed(random.nextBoolean() ? "sale" : "return", random.nextInt(9));
            Appended<Deed> done = scene.append("a", event);
            if (!(done instanceof Appended.Accepted<Deed>(Envelope<Deed> envelope))) {
                throw new AssertionError("a new event was " + done);
            }
            expected = LogScene.count(expected, envelope);
            if (random.nextInt(4) == 0) {
                scene.evict("a");
            }
            Expect.equal("the state after " + i, expected, scene.state("a"));
        }
    }

    private static void isAppendOnly(ObjectBench bench, TestClock clock) {
        LogScene scene = LogScene.on(bench, clock);
        ObjectClass<ObjectScene.Probe> rude = ObjectClass.of("till", ObjectScene.Probe::new);
        List<String> names = List.of("changed", "removed", "added", "last");
        names.forEach(name -> scene.fill(name, 3));
        String second = "log/event/0000000000000002";
        scene.meddle(
                "changed",
                rude,
                probe -> {
                    StoredKey<JsonValue> key = StoredKey.of(second, JsonValue.class);
                    JsonValue row = probe.storage().get(key).orElseThrow();
                    probe.storage().put(key, changed(row));
                });
        scene.meddle("removed", rude, probe -> probe.storage().delete(second));
        scene.meddle("last", rude, probe -> probe.storage().delete("log/event/0000000000000003"));
        scene.meddle(
                "added",
                rude,
                probe -> {
                    JsonValue row =
                            probe.storage()
                                    .get(StoredKey.of(second, JsonValue.class))
                                    .orElseThrow();
                    probe.storage()
                            .put(StoredKey.of("log/event/0000000000000004", JsonValue.class), row);
                });
        for (String name : names) {
            refused(name, LogFault.CHANGED, () -> scene.state(name));
            refused(name, LogFault.CHANGED, () -> scene.append(name, deed("sale", 1)));
        }
    }

    private static JsonValue changed(JsonValue row) {
        Map<String, JsonValue> members = members(row);
        Map<String, JsonValue> event = members(members.get("event"));
        event.put("payload", JsonValue.text("another"));
        members.put("event", new JsonValue.Obj(event));
        return new JsonValue.Obj(members);
    }

    private static Map<String, JsonValue> members(@Nullable JsonValue value) {
        if (value instanceof JsonValue.Obj(Map<String, JsonValue> members)) {
            return new LinkedHashMap<>(members);
        }
        throw new AssertionError("no object: " + value);
    }

    private static void dropsDuplicates(ObjectBench bench, TestClock clock) throws Exception {
        LogScene scene = LogScene.on(bench, clock);
        scene.fill("a", 2);
        List<CompletableFuture<Appended<Deed>>> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            answers.add(
                    ObjectScene.inBackground(
                            () -> scene.append("a", deed("sale", 5).withEventId("same"))));
        }
        int accepted = 0;
        Set<Long> versions = new HashSet<>();
        for (CompletableFuture<Appended<Deed>> answer : answers) {
            Appended<Deed> done = ObjectScene.await(answer);
            accepted += done instanceof Appended.Accepted ? 1 : 0;
            versions.add(done.version());
        }
        Expect.equal("how many were appended", 1, accepted);
        Expect.equal("the versions told", Set.of(3L), versions);
        Expect.equal("the length of the log", 3L, scene.version("a"));
        Expect.equal("the sum", 8L, scene.state("a").sum());
    }

    private static Appended<Deed> act(LogScene scene, String action) {
        return scene.append("a", deed("sale", 1).withClientActionId(action));
    }

    private static void known(Appended<Deed> done, long version) {
        if (done instanceof Appended.Known<Deed> known) {
            Expect.equal("what it was known by", Appended.By.CLIENT_ACTION_ID, known.by());
            Expect.equal("the version", version, known.version());
        } else {
            throw new AssertionError("it was not known again: " + done);
        }
    }

    private static void knowsRecentActions(ObjectBench bench, TestClock clock) throws Exception {
        LogScene scene =
                LogScene.on(bench, clock, LogOptions.defaults().withActions(3, Duration.ofDays(1)));
        for (String action : List.of("one", "two", "three")) {
            act(scene, action);
        }
        known(act(scene, "one"), 1);
        scene.evict("a");
        known(act(scene, "one"), 1);
        Expect.equal("a fourth", 4L, act(scene, "four").version());
        known(act(scene, "two"), 2);
        known(act(scene, "four"), 4);
        Expect.equal("the first again, beyond the window", 5L, act(scene, "one").version());
        known(act(scene, "one"), 5);
    }

    private static void forgetsOldActions(ObjectBench bench, TestClock clock) {
        LogScene scene =
                LogScene.on(
                        bench, clock, LogOptions.defaults().withActions(10, Duration.ofHours(1)));
        act(scene, "one");
        clock.advance(Duration.ofHours(1).minusMillis(1));
        known(act(scene, "one"), 1);
        clock.advance(Duration.ofMillis(1));
        Expect.equal("after an hour", 2L, act(scene, "one").version());
        clock.advance(Duration.ofMinutes(30));
        known(act(scene, "one"), 2);
        for (int i = 0; i < 12; i++) {
            act(scene, "more" + i);
        }
        known(act(scene, "more11"), 14);
        known(act(scene, "more2"), 5);
        Expect.equal("beyond the window", 15L, act(scene, "more1").version());
    }

    private static void survives(ObjectBench bench, TestClock clock) {
        LogScene scene = LogScene.on(bench, clock, LogOptions.defaults().withPace(4, 1));
        scene.fill("a", 9);
        scene.append("a", deed("sale", 1).withEventId("e").withClientActionId("c"));
        Till before = scene.state("a");
        scene.restart();
        Expect.equal("the state", before, scene.state("a"));
        Expect.equal(
                "the same event",
                new Appended.Known<Deed>("e", 10, Appended.By.EVENT_ID),
                scene.append("a", deed("sale", 1).withEventId("e")));
        known(act(scene, "c"), 10);
        Expect.equal("the next event", 11L, scene.append("a", deed("sale", 1)).version());
    }

    private static void leavesNothing(ObjectBench bench, TestClock clock) {
        LogScene scene = LogScene.on(bench, clock);
        scene.fill("a", 2);
        Expect.refused(
                "a call that throws",
                IllegalStateException.class,
                () ->
                        scene.at("a")
                                .call(log -> {
                                    log.append(deed("sale", 100).withEventId("lost"));
                                    Expect.equal("what it sees itself", 103L, log.state().sum());
                                    throw new IllegalStateException("no");
                                }));
        Expect.equal("the sum", 3L, scene.state("a").sum());
        Expect.equal(
                "the event, sent again",
                3L,
                scene.append("a", deed("sale", 100).withEventId("lost")).version());
        Expect.equal("the sum then", 103L, scene.state("a").sum());
    }

    private static void keepsBounds(ObjectBench bench, TestClock clock) throws Exception {
        LogScene scene = LogScene.on(bench, clock);
        String longest = "x".repeat(128);
        scene.append("a", deed("sale", 1).withEventId(longest).withClientActionId(longest));
        for (String word :
                List.of(
                        "",
                        longest + "x",
                        HostileTexts.HUGE,
                        "a b",
                        "\u00E9",
                        "e\u0301",
                        "\uD83D",
                        "../a",
                        "a\n",
                        "a\u0000")) {
            refused(word, LogFault.BAD_EVENT, () -> deed("sale", 1).withEventId(word));
            refused(word, LogFault.BAD_EVENT, () -> deed("sale", 1).withRequestId(word));
            refused(word, LogFault.BAD_EVENT, () -> deed("sale", 1).withOperationId(word));
            refused(word, LogFault.BAD_EVENT, () -> deed("sale", 1).withClientActionId(word));
            refused(word, LogFault.BAD_EVENT, () -> NewEvent.of(word, new Deed("x", 1)));
        }
        NewEvent<Deed> empty = NewEvent.of("t", new Deed("", 1)).withEventId("i");
        scene.append("b", empty);
        int envelope =
                scene.at("b")
                        .read(log ->
                                JsonCodecs.strict()
                                        .of(Type.of(JsonValue.class))
                                        .encode(log.json(log.events(0, 1).getFirst()))
                                        .length);
        int room = LogOptions.defaults().maxEventBytes() - envelope;
        NewEvent<Deed> full = NewEvent.of("t", new Deed("x".repeat(room), 1)).withEventId("i");
        Expect.equal("128,000 bytes", 1L, scene.append("c", full).version());
        refused(
                "a byte more",
                LogFault.EVENT_TOO_LARGE,
                () ->
                        scene.append(
                                "d",
                                NewEvent.of("t", new Deed("x".repeat(room + 1), 1))
                                        .withEventId("i")));
    }
}
