package dev.flowir.examples.microcos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.kernel.cap.WireRequest;
import dev.flowir.testing.TestWire;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Clients that follow a chat, with connections that break. */
class FollowTest extends Running {

    private void tasks(int from, int to) throws Exception {
        for (int i = from; i <= to; i++) {
            cos.post("/chats/ada/tasks", "{\"title\":\"task " + i + "\"}");
        }
    }

    @Test
    void r4_13_whoComesAgainGetsEachEventAfterTheLastAndNoOther() throws Exception {
        tasks(1, 9);
        try (Follower events = Follower.events(cos, "ada", "4");
                Follower socket = Follower.socket(cos, "ada", "?since=4")) {
            for (Follower follower : List.of(events, socket)) {
                assertEquals(
                        LongStream.rangeClosed(5, 9).boxed().toList(),
                        Follower.versions(follower.until(heard -> heard.version() == 9)));
            }
        }
        try (Follower events = Follower.events(cos, "ada", "nonsense");
                Follower socket = Follower.socket(cos, "ada", "")) {
            for (Follower follower : List.of(events, socket)) {
                Follower.Heard first = follower.until(heard -> true).getFirst();
                assertEquals("snapshot", first.type());
                assertEquals(9, first.version());
            }
        }
    }

    @Test
    void r4_13_tokensGoOnWhereAConnectionWasCutBothWays() throws Exception {
        for (boolean socket : new boolean[] {true, false}) {
            String user = socket ? "ada" : "bob";
            CountDownLatch pause = new CountDownLatch(1);
            cos.model.order(new LocalModel.Fault.PauseAfter(4, pause));
            List<Follower.Heard> before;
            try (Follower first = follow(socket, user, Optional.empty())) {
                first.until("snapshot");
                cos.post("/chats/" + user + "/messages", "{\"text\":\"hello\"}");
                before = first.until("llm.token");
            }
            long seen = before.getLast().version();
            pause.countDown();
            try (Follower second = follow(socket, user, Optional.of(seen))) {
                List<Follower.Heard> after = second.until("assistant.message");
                assertEquals(
                        LongStream.rangeClosed(seen + 1, after.getLast().version())
                                .boxed()
                                .toList(),
                        Follower.versions(after));
                assertTrue(after.getFirst().type().startsWith("llm."), after + "");
            }
            cos.settle();
        }
    }

    private Follower follow(boolean socket, String user, Optional<Long> seen) throws Exception {
        return socket
                ? Follower.socket(cos, user, seen.map(version -> "?since=" + version).orElse(""))
                : Follower.events(cos, user, seen.map(String::valueOf).orElse(""));
    }

    @Test
    void r4_13_aLookIsWhatAFollowerBeginsWith() throws Exception {
        tasks(1, 2);
        Cos.Reply look = cos.send("GET", "/chats/ada/events", "");
        assertEquals(200, look.status(), look.body());
        assertEquals("2", look.text("version"));
        assertEquals(
                Cos.member(cos.send("GET", "/chats/ada", "").json(), "chat"),
                Cos.member(look.json(), "state"));
    }

    @Test
    void r4_21_aSlowClientGetsTheStateAndHoldsNobodyUp() throws Exception {
        TestWire slow = follow();
        TestWire fast = follow();
        fast.await(1);
        slow.await(1);
        slow.stall();
        int many = 300; // more than a log holds for those who follow it
        cos.inside("ada", log -> tell(log, 0, 1));
        slow.await(2);
        for (int told = 1; told < many; told += 50) {
            int from = told;
            int count = Math.min(50, many - told);
            cos.inside("ada", log -> tell(log, from, count));
            fast.await(1 + from + count);
        }
        List<Long> versions =
                fast.got().stream().map(text -> Follower.Heard.of(text).version()).toList();
        assertEquals(LongStream.rangeClosed(0, many).boxed().toList(), versions);
        assertEquals(2, slow.got().size(), "nothing more is sent to one that does not read");
        slow.read();
        Follower.Heard then = Follower.Heard.of(slow.await(3).get(2));
        assertEquals("snapshot", then.type());
        assertEquals(many, then.version());
    }

    /** Appends pieces of an answer, as a run does. */
    static boolean tell(dev.flowir.object.log.EventLog<Chat, Said> log, int from, int count) {
        for (int i = from; i < from + count; i++) {
            log.append(
                    Chats.event(
                                    new Chats.Work("ada", "op", "r"),
                                    "llm.token",
                                    "t." + i,
                                    new Said.Piece(1, i, "word "))
                            .event());
        }
        return true;
    }

    private TestWire follow() {
        return TestWire.connect(
                cos.running()
                        .logs()
                        .wires(cos.running().objects(), request -> request.parameter("name")),
                TestWire.request(WireRequest.Kind.SOCKET, "ada", Map.of()));
    }
}
