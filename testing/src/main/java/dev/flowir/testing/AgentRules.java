package dev.flowir.testing;

import static dev.flowir.testing.AgentScene.error;
import static dev.flowir.testing.AgentScene.said;
import static dev.flowir.testing.AgentScene.snapshot;
import static dev.flowir.testing.AgentScene.state;

import dev.flowir.kernel.cap.WireRequest;
import dev.flowir.object.agent.AgentException;
import dev.flowir.object.agent.AgentFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What agents show their clients, and what clients may do. Every message is here as text. */
final class AgentRules {

    private AgentRules() {}

    static List<Rule<ObjectBench>> rules() {
        return List.of(
                Rule.of(
                        "AG-01",
                        "each client gets a new state once, after it is durable; who pushed it"
                                + " gets no echo",
                        "who is told of a change, and when frames leave",
                        AgentRules::showsState),
                Rule.of(
                        "AG-02",
                        "a state that the check refuses changes nothing, and nobody hears of it but"
                                + " who wanted it",
                        "whether the check comes before the write and the frames",
                        AgentRules::checksState),
                Rule.of(
                        "AG-03",
                        "a client gets the whole state first, then what follows, in order",
                        "what is sent when a socket opens, and in which turn",
                        AgentRules::startsWithTheState),
                Rule.of(
                        "DO-33",
                        "a client that comes back with the last version it saw gets what it missed,"
                                + " then what follows: no gap, no duplicate; when that is not kept"
                                + " any more, the state, marked",
                        "the bounds of what is replayed, and what is forgotten",
                        AgentRules::goesOn),
                Rule.of(
                        "AG-07",
                        "a notice may be told twice; an event with a key is told once",
                        "what is kept under the key, and how long",
                        AgentRules::tellsOnce),
                Rule.of(
                        "AG-10",
                        "of a hundred events a client that leaves after forty gets the rest in"
                                + " order when it comes back, also after a restart of the object",
                        "whether events are stored before they are told",
                        AgentRules::resumesATokenStream),
                Rule.of(
                        "AG-101",
                        "only declared methods are called, with an argument of their type, and by"
                                + " whom they are for",
                        "what is looked at before a method runs",
                        AgentRules::callsWhatIsDeclared),
                Rule.of(
                        "AG-102",
                        "a method that throws leaves nothing; its client gets a code, and no text"
                                + " that was not meant for it",
                        "what becomes of the call's writes and frames, and what is told",
                        AgentRules::leavesNothing),
                Rule.of(
                        "AG-103",
                        "a method that streams sends its items in order, then the end, and waits"
                                + " for a slow client while others have their turn",
                        "whether items wait for room outside of the turn",
                        AgentRules::streams),
                Rule.of(
                        "AG-104",
                        "a message that is none is refused by code, and the connection stays",
                        "how messages of clients are read",
                        AgentRules::refusesNonsense));
    }

    private static void showsState(ObjectBench bench, TestClock clock) {
        AgentScene scene = AgentScene.on(bench);
        List<TestWire> clients = List.of(scene.connect(), scene.connect(), scene.connect());
        Expect.equal(
                "what the pusher gets",
                List.of("{\"type\":\"done\",\"id\":\"1\",\"version\":1}"),
                scene.says(
                        clients.getFirst(),
                        "{\"type\":\"state\",\"id\":\"1\",\"state\":{\"value\":5}}"));
        scene.counter().call(counter -> counter.set(6));
        Expect.equal(
                "what the pusher sees",
                List.of(
                        snapshot(0, 0),
                        "{\"type\":\"done\",\"id\":\"1\",\"version\":1}",
                        state(2, 6)),
                clients.getFirst().got());
        for (TestWire other : clients.subList(1, 3)) {
            Expect.equal(
                    "what others see",
                    List.of(snapshot(0, 0), state(1, 5), state(2, 6)),
                    other.got());
        }
        Expect.equal(
                "a state pushed on an old one",
                List.of(error("2", "AGT106", "the state was pushed on version 1, the latest is 2")),
                scene.says(
                        clients.getFirst(),
                        "{\"type\":\"state\",\"id\":\"2\",\"on\":1,\"state\":{\"value\":7}}"));
        Expect.refused(
                "a call that fails",
                IllegalStateException.class,
                () ->
                        scene.counter()
                                .call(counter -> {
                                    counter.set(9);
                                    throw new IllegalStateException("no");
                                }));
        Expect.equal("messages", 3, clients.get(1).got().size());
        Expect.equal(
                "the state", 6, scene.counter().call(counter -> counter.agent().state().value()));
    }

    private static void checksState(ObjectBench bench, TestClock clock) {
        AgentScene scene = AgentScene.on(bench);
        TestWire pusher = scene.connect();
        TestWire other = scene.connect();
        Expect.equal(
                "what the pusher gets",
                List.of(error("1", "AGT105", "a count is never negative")),
                scene.says(pusher, "{\"type\":\"state\",\"id\":\"1\",\"state\":{\"value\":-1}}"));
        AgentException refused =
                Expect.refused(
                        "the agent's own change",
                        AgentException.class,
                        () -> scene.counter().call(counter -> counter.set(-1)));
        Expect.equal("its fault", AgentFault.STATE_REFUSED, refused.fault());
        Expect.equal(
                "a pushed text",
                "AGT103",
                code(scene.says(pusher, "{\"type\":\"state\",\"id\":\"1\",\"state\":\"x\"}")));
        TestWire looker = scene.connect(Map.of("look", "1"));
        Expect.equal(
                "a push by a client that may look",
                "AGT104",
                code(
                        scene.says(
                                looker,
                                "{\"type\":\"state\",\"id\":\"1\",\"state\":{\"value\":1}}")));
        Expect.equal("what another one sees", List.of(snapshot(0, 0)), other.got());
        Expect.equal("the version", 0L, scene.counter().call(it -> it.agent().version()));
    }

    private static void startsWithTheState(ObjectBench bench, TestClock clock) {
        AgentScene scene = AgentScene.on(bench);
        scene.counter().call(counter -> counter.set(1));
        TestWire first = scene.connect();
        scene.counter().call(counter -> counter.set(2));
        first.leave(1006, "");
        scene.counter().call(counter -> counter.set(3));
        scene.space().evict(scene.counter().id());
        TestWire again = scene.connect();
        scene.counter().call(counter -> counter.say("hello"));
        scene.counter().call(counter -> counter.set(4));
        Expect.equal("first", List.of(snapshot(1, 1), state(2, 2)), first.got());
        Expect.equal("again", List.of(snapshot(3, 3), said(4, "hello"), state(5, 4)), again.got());
        TestWire page =
                scene.connect(
                        TestWire.request(WireRequest.Kind.SNAPSHOT, "c", Map.of("since", "1")));
        Expect.equal("a snapshot", List.of(snapshot(5, 4).replace("write", "read")), page.got());
    }

    private static void goesOn(ObjectBench bench, TestClock clock) {
        AgentScene scene = AgentScene.keeping(bench, 3);
        scene.counter().call(counter -> counter.say("one"));
        scene.counter().call(counter -> counter.set(2));
        scene.counter().call(counter -> counter.set(3));
        scene.counter().call(counter -> counter.say("four"));
        TestWire back = scene.connect(Map.of("since", "1"));
        scene.counter().call(counter -> counter.say("five"));
        Expect.equal("since 1", List.of(state(3, 3), said(4, "four"), said(5, "five")), back.got());
        Expect.equal("where it goes on", "5", back.lastId());
        Expect.equal(
                "since 0",
                List.of(said(1, "one"), state(3, 3), said(4, "four"), said(5, "five")),
                scene.connect(Map.of("since", "0")).got());
        Expect.equal("since 5", List.of(), scene.connect(Map.of("since", "5")).got());
        scene.counter().call(counter -> counter.say("six"));
        String gap = snapshot(6, 3).replace("\"gap\":false", "\"gap\":true");
        Expect.equal(
                "since 0, one is forgotten",
                List.of(gap),
                scene.connect(Map.of("since", "0")).got());
        Expect.equal(
                "since 1, it was seen",
                List.of(state(3, 3), said(4, "four"), said(5, "five"), said(6, "six")),
                scene.connect(Map.of("since", "1")).got());
        Expect.equal("a version to come", List.of(gap), scene.connect(Map.of("since", "7")).got());
    }

    private static void tellsOnce(ObjectBench bench, TestClock clock) {
        AgentScene scene = AgentScene.keeping(bench, 2);
        TestWire client = scene.connect();
        for (int attempt = 1; attempt <= 2; attempt++) {
            scene.counter()
                    .call(it -> {
                        it.agent().notice(AgentScene.SAID, "step-1", "half");
                        return it.agent().publishOnce(AgentScene.SAID, "step-1", "done");
                    });
        }
        String half =
                "{\"type\":\"notice\",\"name\":\"said\",\"key\":\"step-1\",\"data\":\"half\"}";
        Expect.equal(
                "what it sees", List.of(snapshot(0, 0), half, said(1, "done"), half), client.got());
        scene.counter().call(counter -> counter.say("two"));
        scene.counter().call(counter -> counter.say("three"));
        Expect.that(
                "a key is forgotten with its event",
                scene.counter()
                        .call(it -> it.agent().publishOnce(AgentScene.SAID, "step-1", "again")));
    }

    private static void resumesATokenStream(ObjectBench bench, TestClock clock) {
        AgentScene scene = AgentScene.on(bench);
        TestWire client = scene.connect();
        List<String> all = new ArrayList<>();
        for (int i = 1; i <= 101; i++) {
            String token = i <= 100 ? "t" + i : "end";
            all.add(said(i, token));
            scene.counter().call(counter -> counter.say(token));
            if (i == 40) {
                client.leave(1006, "");
            }
        }
        Expect.equal("before", all.subList(0, 40), client.got().subList(1, 41));
        scene.space().evict(scene.counter().id());
        TestWire again = scene.connect(Map.of("since", client.lastId()));
        Expect.equal("after", all.subList(40, 101), again.got());
    }

    private static void callsWhatIsDeclared(ObjectBench bench, TestClock clock) {
        AgentScene scene = AgentScene.on(bench);
        TestWire client = scene.connect();
        Expect.equal(
                "a call",
                List.of(state(1, 2), "{\"type\":\"result\",\"id\":\"a\",\"value\":{\"value\":2}}"),
                scene.says(client, call("a", "add", "{\"by\":2}")));
        Expect.equal(
                "no method",
                List.of(
                        error(
                                "b",
                                "AGT102",
                                "there is no method 'set'; there are [add, look, countdown]")),
                scene.says(client, call("b", "set", "2")));
        Expect.equal("no argument", "AGT103", code(scene.says(client, call("c", "add", "null"))));
        Expect.equal(
                "a wrong one",
                "AGT103",
                code(scene.says(client, call("d", "add", "{\"by\":\"x\"}"))));
        TestWire looker = scene.connect(Map.of("look", "1"));
        Expect.equal(
                "not for it", "AGT104", code(scene.says(looker, call("e", "add", "{\"by\":1}"))));
        Expect.equal(
                "for it",
                List.of("{\"type\":\"result\",\"id\":\"f\",\"value\":{\"value\":2}}"),
                scene.says(looker, call("f", "look", "\"\"")));
        TestWire events = scene.connect(TestWire.request(WireRequest.Kind.EVENTS, "c", Map.of()));
        Expect.equal(
                "not by server-sent events",
                "AGT104",
                code(scene.says(events, call("g", "add", "{\"by\":1}"))));
    }

    private static void leavesNothing(ObjectBench bench, TestClock clock) {
        AgentScene scene = AgentScene.on(bench);
        TestWire client = scene.connect();
        Expect.equal(
                "its own code",
                List.of(error("1", "UNLUCKY", "not 13")),
                scene.says(client, call("1", "add", "{\"by\":13}")));
        Expect.equal(
                "no code of its own",
                List.of(error("2", "AGT201", "the method failed")),
                scene.says(client, call("2", "add", "{\"by\":0}")));
        Expect.equal(
                "refused by the check",
                List.of(error("3", "AGT105", "a count is never negative")),
                scene.says(client, call("3", "add", "{\"by\":-1}")));
        Expect.equal("the version", 0L, scene.counter().call(it -> it.agent().version()));
        Expect.equal("the connection", "", client.closed());
    }

    private static void streams(ObjectBench bench, TestClock clock) {
        AgentScene scene = AgentScene.on(bench);
        TestWire client = scene.connect();
        Expect.equal(
                "a stream",
                List.of(
                        "{\"type\":\"item\",\"id\":\"1\",\"number\":1,\"value\":2}",
                        "{\"type\":\"item\",\"id\":\"1\",\"number\":2,\"value\":1}",
                        "{\"type\":\"end\",\"id\":\"1\",\"items\":2}"),
                scene.says(client, call("1", "countdown", "{\"by\":2}")));
        client.stall();
        client.says(call("2", "countdown", "{\"by\":1000}"));
        for (int i = 1; i <= 3; i++) {
            int value = i;
            scene.counter().call(counter -> counter.set(value));
        }
        Expect.that("it waits for its client", client.got().size() < 1000);
        client.read();
        scene.settle();
        Expect.equal(
                "the end",
                "{\"type\":\"end\",\"id\":\"2\",\"items\":1000}",
                client.got().getLast());
        Expect.equal(
                "items",
                1000L,
                client.got().stream()
                        .filter(text -> text.contains("\"item\",\"id\":\"2\""))
                        .count());
        client.stall();
        client.says(call("3", "countdown", "{\"by\":1000}"));
        client.leave(1006, "");
        scene.settle();
        Expect.equal("calls that hang", true, scene.space().evict(scene.counter().id()));
    }

    private static void refusesNonsense(ObjectBench bench, TestClock clock) {
        AgentScene scene = AgentScene.on(bench);
        TestWire client = scene.connect();
        for (String nonsense :
                List.of(
                        "",
                        "[]",
                        "{}",
                        "{\"id\":1}",
                        "{\"id\":\"" + "x".repeat(129) + "\"}",
                        "{\"id\":\"1\",\"type\":\"shout\"}",
                        "{\"id\":\"1\",\"type\":\"call\"}",
                        "{\"id\":\"1\",\"type\":\"state\"}",
                        "{\"id\":\"1\",\"type\":\"state\",\"state\":{},\"on\":1.5}")) {
            Expect.equal(nonsense, "AGT101", code(scene.says(client, nonsense)));
        }
        String longest = "x".repeat(128);
        Expect.equal(
                "an id of 128 characters",
                List.of("{\"type\":\"result\",\"id\":\"" + longest + "\",\"value\":{\"value\":0}}"),
                scene.says(client, call(longest, "look", "\"\"")));
        Expect.equal("ping", List.of("pong"), scene.says(client, "ping"));
        Expect.equal("the connection", "", client.closed());
    }

    private static String call(String id, String method, String argument) {
        return "{\"type\":\"call\",\"id\":\""
                + id
                + "\",\"method\":\""
                + method
                + "\",\"argument\":"
                + argument
                + "}";
    }

    /** The code of the one error. */
    private static String code(List<String> got) {
        Expect.equal("how many answers to " + got, 1, got.size());
        String mark = "\"code\":\"";
        int from = got.getFirst().indexOf(mark) + mark.length();
        return got.getFirst().substring(from, got.getFirst().indexOf('"', from));
    }
}
