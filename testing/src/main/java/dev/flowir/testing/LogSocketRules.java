package dev.flowir.testing;

import static dev.flowir.testing.LogScene.deed;
import static dev.flowir.testing.LogWireRules.socket;
import static dev.flowir.testing.LogWireRules.versions;

import dev.flowir.kernel.cap.WireRequest;
import dev.flowir.object.log.LogOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rules of logs: clients that follow one by a socket of its object. */
final class LogSocketRules {

    private LogSocketRules() {}

    static List<Rule<ObjectBench>> rules() {
        return List.of(
                Rule.of(
                        "LOG-47",
                        "who follows by a socket of the object gets what others get, each once",
                        "what a socket is sent when it opens, and by the turn that appends",
                        LogSocketRules::followsBySocket),
                Rule.of(
                        "LOG-48",
                        "it goes on while the object sleeps, and after what it has seen",
                        "that nothing about followers is kept in the object",
                        LogSocketRules::outlivesItsObject),
                Rule.of(
                        "LOG-49",
                        "a slow one gets the state, a ping its answer, anything else ends it",
                        "the options of the sockets, and what is done with texts",
                        LogSocketRules::isBounded));
    }

    private static LogScene scene(ObjectBench bench, TestClock clock) {
        return LogScene.followed(bench, clock, LogOptions.defaults());
    }

    private static void followsBySocket(ObjectBench bench, TestClock clock) throws Exception {
        LogScene scene = scene(bench, clock);
        scene.fill("a", 1);
        TestWire client = scene.connect(socket(Map.of()));
        TestWire other = scene.follow(socket(Map.of()));
        other.await(1);
        scene.append("a", deed("sale", 2).withEventId("e-2"));
        scene.append("a", deed("sale", 2).withEventId("e-2"));
        scene.append("b", deed("sale", 9));
        Expect.refused(
                "a call that fails",
                IllegalStateException.class,
                () ->
                        scene.at("a")
                                .call(log -> {
                                    log.append(deed("sale", 7));
                                    throw new IllegalStateException("after it");
                                }));
        scene.append("a", deed("sale", 3));
        scene.settle();
        Expect.equal(
                "versions", List.of("snapshot 1", "event 2", "event 3"), versions(client.got()));
        Expect.equal("as on a connection of a host", other.await(3), client.got());
        Expect.equal("where it would go on", "3", client.lastId());
    }

    private static void outlivesItsObject(ObjectBench bench, TestClock clock) throws Exception {
        LogScene scene = scene(bench, clock);
        scene.fill("a", 9);
        TestWire since = scene.connect(socket(Map.of("since", "7")));
        Expect.equal("after since", List.of("event 8", "event 9"), versions(since.got()));
        WireRequest both =
                new WireRequest(
                        WireRequest.Kind.EVENTS,
                        Map.of("name", "a"),
                        Map.of("since", List.of("1")),
                        Map.of("last-event-id", List.of("8")),
                        Optional.empty());
        Expect.equal("the header counts", List.of("event 9"), versions(scene.connect(both).got()));
        TestWire elsewhere = scene.connect(socket(Map.of("since", "10")));
        Expect.equal("what is not there", List.of("snapshot 9"), versions(elsewhere.got()));
        scene.evict("a");
        scene.fill("a", 1);
        scene.settle();
        Expect.equal(
                "after its sleep",
                List.of("event 8", "event 9", "event 10"),
                versions(since.got()));
    }

    private static void isBounded(ObjectBench bench, TestClock clock) throws Exception {
        LogScene scene =
                LogScene.followed(bench, clock, LogOptions.defaults().withSubscribers(5, 2));
        TestWire slow = scene.connect(socket(Map.of()));
        TestWire fast = scene.connect(socket(Map.of()));
        Expect.equal(
                "one too many",
                "1013 try again later",
                scene.connect(socket(Map.of())).awaitClosed());
        slow.stall();
        for (int version = 1; version <= 20; version++) {
            scene.fill("a", 1);
            scene.settle();
        }
        Expect.equal("the fast one", "event 20", versions(fast.got()).getLast());
        Expect.equal("all that it got", 21, fast.got().size());
        slow.read();
        scene.settle();
        Expect.equal("the slow one", "snapshot 20", versions(slow.got()).getLast());
        Expect.that("it was spared events: " + slow.got(), slow.got().size() < 10);
        fast.says("ping");
        Expect.equal("the answer", "pong", fast.await(22).get(21));
        fast.says("hello");
        Expect.that("it ends", fast.awaitClosed().startsWith("4003 "));
        slow.says(new byte[1]);
        Expect.that("bytes, too", slow.awaitClosed().startsWith("4003 "));
    }
}
