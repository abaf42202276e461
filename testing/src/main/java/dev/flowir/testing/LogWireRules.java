package dev.flowir.testing;

import static dev.flowir.testing.LogScene.deed;

import dev.flowir.kernel.cap.WireRequest;
import dev.flowir.object.log.LogOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rules of logs: clients that follow one on a connection of a host. */
final class LogWireRules {

    private LogWireRules() {}

    static List<Rule<ObjectBench>> rules() {
        return List.of(
                Rule.of(
                        "LOG-41",
                        "a client gets the state as it is, then each event in its envelope",
                        "what is sent first, and the texts in docs/capabilities/event-log.md",
                        LogWireRules::followsOnAWire),
                Rule.of(
                        "LOG-42",
                        "a client that comes back says what it has seen and gets what follows",
                        "Last-Event-ID and since, and which of them counts",
                        LogWireRules::resumesOnAWire),
                Rule.of(
                        "LOG-43",
                        "a client that does not read gets the state later, and others all events",
                        "when the next frame is made",
                        LogWireRules::isHeldUpByNobody),
                Rule.of(
                        "LOG-44",
                        "who only asks gets the state, whatever is said about versions",
                        "what a snapshot is read with",
                        LogWireRules::looksOnce),
                Rule.of(
                        "LOG-45",
                        "connections end with a code that says why, and give their places back",
                        "codes, and what is closed when a client leaves",
                        LogWireRules::ends),
                Rule.of(
                        "LOG-46",
                        "a ping is answered, and anything else that a client says ends it",
                        "what is done with texts",
                        LogWireRules::pings));
    }

    static WireRequest socket(Map<String, String> query) {
        return TestWire.request(WireRequest.Kind.SOCKET, "a", query);
    }

    private static final String FIRST =
            "{\"type\":\"snapshot\",\"version\":1,\"state\":{\"sum\":1,\"deeds\":1,"
                    + "\"last\":[\"till.sale@1 sale\"]}}";

    private static void followsOnAWire(ObjectBench bench, TestClock clock) throws Exception {
        LogScene scene = LogScene.on(bench, clock);
        scene.fill("a", 1);
        TestWire client = scene.follow(socket(Map.of()));
        Expect.equal("first", List.of(FIRST), client.await(1));
        scene.append("a", deed("sale", 2).withEventId("e-2").withRequestId("r"));
        scene.append("b", deed("sale", 9));
        scene.append("a", deed("sale", 3));
        List<String> got = client.await(3);
        Expect.equal(
                "an event",
                "{\"type\":\"event\",\"version\":2,\"event\":{\"event_id\":\"e-2\",\"version\":2,"
                        + "\"timestamp\":\""
                        + clock.instant()
                        + "\",\"type\":\"till.sale\",\"payload\":{\"what\":\"sale\",\"amount\":2},"
                        + "\"request_id\":\"r\"}}",
                got.get(1));
        Expect.equal("the last", versions(List.of("event 3")), versions(got.subList(2, 3)));
        Expect.equal("where it would go on", "3", client.lastId());
        client.leave(1000, "");
    }

    /** Kinds and versions of messages. */
    static List<String> versions(List<String> messages) {
        return messages.stream()
                .map(text ->
                        text.replaceAll(
                                "(?s)\\{\"type\":\"(\\w+)\",\"version\":(\\d+),.*", "$1 $2"))
                .toList();
    }

    private static void resumesOnAWire(ObjectBench bench, TestClock clock) throws Exception {
        LogScene scene = LogScene.on(bench, clock);
        scene.fill("a", 9);
        List<String> missed = List.of("event 8", "event 9");
        TestWire since = scene.follow(socket(Map.of("since", "7")));
        Expect.equal("after since", missed, versions(since.await(2)));
        WireRequest both =
                new WireRequest(
                        WireRequest.Kind.EVENTS,
                        Map.of("name", "a"),
                        Map.of("since", List.of("1")),
                        Map.of("last-event-id", List.of("7")),
                        Optional.empty());
        Expect.equal("the header counts", missed, versions(scene.follow(both).await(2)));
        for (String seen : List.of("10", "99999999999999999999", "-1", "soon", "")) {
            TestWire anew = scene.follow(socket(Map.of("since", seen)));
            Expect.equal("after " + seen, List.of("snapshot 9"), versions(anew.await(1)));
        }
        TestWire all = scene.follow(socket(Map.of("since", "0")));
        Expect.equal("from the first on", "event 1", versions(all.await(9)).getFirst());
    }

    private static void isHeldUpByNobody(ObjectBench bench, TestClock clock) throws Exception {
        LogScene scene = LogScene.on(bench, clock, LogOptions.defaults().withSubscribers(5, 10));
        TestWire slow = scene.follow(socket(Map.of()));
        TestWire fast = scene.follow(socket(Map.of()));
        slow.await(1);
        fast.await(1);
        slow.stall();
        scene.fill("a", 1);
        // it was on its way when the client stopped; behind it nothing is held
        List<String> before = List.of("snapshot 0", "event 1");
        Expect.equal("the slow one", before, versions(slow.await(2)));
        for (int version = 2; version <= 20; version++) {
            scene.fill("a", 1);
            Expect.equal(
                    "the fast one gets",
                    "event " + version,
                    versions(fast.await(version + 1)).getLast());
        }
        Expect.equal("the slow one still", before, versions(slow.got()));
        slow.read();
        Expect.equal("what it gets then", "snapshot 20", versions(slow.await(3)).get(2));
        scene.fill("a", 1);
        Expect.equal("and then", "event 21", versions(slow.await(4)).get(3));
    }

    private static void looksOnce(ObjectBench bench, TestClock clock) throws Exception {
        LogScene scene = LogScene.on(bench, clock);
        scene.fill("a", 1);
        TestWire look =
                scene.follow(
                        TestWire.request(WireRequest.Kind.SNAPSHOT, "a", Map.of("since", "0")));
        Expect.equal("what it gets", FIRST, look.await(1).getFirst());
    }

    private static void ends(ObjectBench bench, TestClock clock) throws Exception {
        LogScene scene = LogScene.on(bench, clock, LogOptions.defaults().withSubscribers(5, 1));
        TestWire one = scene.follow(socket(Map.of()));
        one.await(1);
        Expect.equal(
                "one too many",
                "1013 try again later",
                scene.follow(socket(Map.of())).awaitClosed());
        one.leave(1000, "");
        TestWire other = scene.follow(socket(Map.of()));
        other.await(1);
        scene.objects().close();
        Expect.equal("who is here then", "1001 going away", other.awaitClosed());
        Expect.equal(
                "who comes then", "1001 going away", scene.follow(socket(Map.of())).awaitClosed());
    }

    private static void pings(ObjectBench bench, TestClock clock) throws Exception {
        LogScene scene = LogScene.on(bench, clock);
        TestWire client = scene.follow(socket(Map.of()));
        client.await(1);
        client.says("ping");
        Expect.equal("the answer", "pong", client.await(2).get(1));
        Expect.equal("where it would go on", "0", client.lastId());
        client.says("{\"type\":\"call\"}");
        Expect.that("it ends", client.awaitClosed().startsWith("1003 "));
        TestWire another = scene.follow(socket(Map.of()));
        another.says(new byte[1]);
        Expect.that("bytes, too", another.awaitClosed().startsWith("1003 "));
    }
}
