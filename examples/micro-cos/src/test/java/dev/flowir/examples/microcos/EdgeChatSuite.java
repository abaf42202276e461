package dev.flowir.examples.microcos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.JsonValue;
import dev.flowir.object.log.Envelope;
import dev.flowir.wasm.build.LocalWorker;
import dev.flowir.wasm.build.Target;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * The chats as a worker: packaged, and run in workerd with objects, a queue, and a model by a
 * service binding. Each test has people of its own.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class EdgeChatSuite {

    private static final String ANSWER =
            "You said: hello I have made a note of it, and will see to it.";

    private final Target target;
    private final long mostBytes;
    private Path project;
    private Path kept;
    private LocalModel model;
    private LocalWorker worker;
    private EdgeClient cos;

    EdgeChatSuite(Target target, long mostBytes) {
        this.target = target;
        this.mostBytes = mostBytes;
    }

    @BeforeAll
    void build(@TempDir Path folder) throws Exception {
        kept = folder.resolve("kept");
        project = EdgeWorkers.local(target);
        model = LocalModel.start();
        run();
    }

    private void run() throws Exception {
        worker =
                EdgeWorkers.run(project, Map.of(EdgeMicroCos.MODEL, URI.create(model.url())), kept);
        cos = new EdgeClient(worker.address());
    }

    @AfterAll
    void stop() throws Exception {
        cos.close();
        worker.close();
        model.close();
    }

    /** The isolates end, and others come; messages of the simulator's queue are forgotten. */
    private void restart() throws Exception {
        cos.close();
        worker.close();
        run();
    }

    private static boolean isOver(Envelope<Said> event) {
        return event.payload() instanceof Said.Called(String name, String id, long time, String how)
                && name.equals("model.extract");
    }

    private static List<Said.Piece> pieces(List<Envelope<Said>> events) {
        List<Said.Piece> pieces = new ArrayList<>();
        for (Envelope<Said> event : events) {
            if (event.payload() instanceof Said.Piece piece) {
                pieces.add(piece);
            }
        }
        return pieces;
    }

    private static long count(List<Envelope<Said>> events, String type) {
        return events.stream().filter(event -> event.type().equals(type)).count();
    }

    @Test
    void theWorkerIsSmall() throws Exception {
        long bytes = EdgeWorkers.packedBytes(project);
        System.out.println("chats at the edge, " + target + ": " + bytes + " bytes gzip");
        assertTrue(bytes <= mostBytes, "the worker has " + bytes + " bytes");
    }

    @Test
    void theDeploymentIsThisToTheLetter() throws Exception {
        try (var golden = EdgeChatSuite.class.getResourceAsStream("micro-cos.wrangler.json")) {
            assertEquals(
                    new String(golden.readAllBytes(), UTF_8),
                    Files.readString(project.resolve("wrangler.json")));
        }
    }

    @Test
    void thePageOfAJvmIsAnsweredByThePlatform() throws Exception {
        Cos.Reply page = cos.send("GET", "/?user=ada", "");
        assertEquals(200, page.status());
        try (var there = MicroCos.class.getResourceAsStream("index.html")) {
            assertEquals(new String(there.readAllBytes(), UTF_8), page.body());
        }
    }

    @Test
    void r4_1_fourActionsHaveRoutesInAWorker() throws Exception {
        cos.post("/chats/routes/messages", "{\"text\":\"hello\"}");
        String task = cos.post("/chats/routes/tasks", "{\"title\":\"call\"}").text("eventId");
        Cos.Reply done = cos.send("PATCH", "/chats/routes/tasks/" + task, "{\"done\":true}");
        assertEquals(202, done.status(), done.body());
        cos.post("/chats/routes/plans", "{\"kind\":\"daily\"}");
        cos.until("routes", "workflow.daily_plan");
        cos.post("/chats/routes/plans", "{\"kind\":\"summary\"}");
        cos.until("routes", "workflow.summary");
        cos.until("routes", EdgeChatSuite::isOver);
        Chat chat = cos.chat("routes");
        assertEquals(List.of(new Chat.Task(task, "call", true)), chat.tasks());
        assertTrue(chat.plan().isPresent() && chat.summary().isPresent(), chat + "");
    }

    @Test
    void r4_2_badInputIsRefusedFieldByFieldAndReachesNoObject() throws Exception {
        record Case(String path, String body, Set<String> fields) {}
        int asked = model.requests();
        String longText = "x".repeat(Inputs.MAX_TEXT + 1);
        for (Case wrong :
                List.of(
                        new Case("messages", "{}", Set.of("text")),
                        new Case("messages", "{\"text\":\" \\u0007 \"}", Set.of("text")),
                        new Case(
                                "messages",
                                "{\"text\":\"" + longText + "\",\"clientActionId\":\"a b\"}",
                                Set.of("text", "clientActionId")),
                        new Case(
                                "messages",
                                "{\"text\":\"a\",\"eventId\":\"-a\"}",
                                Set.of("eventId")),
                        new Case("tasks", "{\"title\":\"\"}", Set.of("title")),
                        new Case("plans", "{\"kind\":\"weekly\"}", Set.of("kind")))) {
            Cos.Reply reply = cos.send("POST", "/chats/wrong/" + wrong.path(), wrong.body());
            assertEquals(400, reply.status(), reply.body());
            JsonValue fields = Cos.member(reply.json(), "fields");
            assertEquals(
                    wrong.fields(), new HashSet<>(((JsonValue.Obj) fields).members().keySet()));
        }
        assertEquals(400, cos.send("POST", "/chats/wrong/messages", "{\"txt\":\"x\"}").status());
        assertEquals(400, cos.send("POST", "/chats/wrong/messages", "no json").status());
        assertEquals("0", cos.send("GET", "/chats/wrong", "").text("version"));
        assertEquals(asked, model.requests());
    }

    @Test
    void r4_3_idsAreKeptWhenGivenAndMadeInAWorker() throws Exception {
        Cos.Reply given =
                cos.post(
                        "/chats/ids/tasks",
                        "{\"title\":\"a\",\"requestId\":\"r-1\",\"clientActionId\":\"c-1\",\"eventId\":\"e-1\"}");
        assertEquals("r-1", given.text("requestId"));
        assertEquals("c-1", given.text("clientActionId"));
        assertEquals("e-1", given.text("eventId"));
        Cos.Reply made = cos.post("/chats/ids/tasks", "{\"title\":\"a\"}");
        Cos.Reply next = cos.post("/chats/ids/tasks", "{\"title\":\"a\"}");
        assertEquals(36, made.text("eventId").length());
        assertEquals(36, made.text("requestId").length());
        assertTrue(made.text("eventId").compareTo(next.text("eventId")) < 0, "ids sort by time");
        Envelope<Said> first = cos.until("ids", "task.created").getFirst();
        assertEquals("r-1", first.requestId().orElseThrow());
        assertEquals("c-1", first.clientActionId().orElseThrow());
    }

    @Test
    void r4_4_aFlowSaysWhereWorkGoesAndEachKindIsDone() throws Exception {
        FlowDefinition flow = EdgeMicroCos.work(EdgeMicroCos.chats()).definition();
        assertTrue(
                flow.controlSurfaces().stream()
                        .anyMatch(surface -> surface.kind().wire().equals("switch")),
                flow + "");
        cos.post("/chats/kinds/messages", "{\"text\":\"I need to sleep.\",\"eventId\":\"a\"}");
        cos.until("kinds", EdgeChatSuite::isOver);
        cos.post("/chats/kinds/plans", "{\"kind\":\"tasks\",\"clientActionId\":\"c\"}");
        List<Envelope<Said>> events =
                cos.until(
                        "kinds",
                        event ->
                                event.type().equals("task.extracted")
                                        && event.operationId().orElseThrow().equals("c"));
        assertEquals(2, count(events, "task.extracted"), events + "");
        cos.post("/chats/kinds/plans", "{\"kind\":\"daily\"}");
        cos.until("kinds", "workflow.daily_plan");
        assertEquals(2, cos.chat("kinds").plan().orElseThrow().tasks().size());
    }

    @Test
    void r4_5_aWorkerAcceptsWithIdsAndALookHasAVersion() throws Exception {
        assertEquals("1", cos.post("/chats/look/tasks", "{\"title\":\"a\"}").text("version"));
        Cos.Reply look = cos.send("GET", "/chats/look", "");
        assertEquals(200, look.status());
        assertEquals("1", look.text("version"));
        assertEquals("0", cos.send("GET", "/chats/nobody", "").text("version"));
    }

    @Test
    void r4_6_theEnvelopeIsTheSameInAWorker() throws Exception {
        cos.post("/chats/names/tasks", "{\"title\":\"a\",\"eventId\":\"e\",\"requestId\":\"r\"}");
        try (Follower events = cos.follow("names", "?since=0")) {
            JsonValue event = events.until("task.created").getFirst().what();
            assertEquals(
                    List.of(
                            "event_id",
                            "version",
                            "timestamp",
                            "type",
                            "payload",
                            "request_id",
                            "operation_id"),
                    List.copyOf(((JsonValue.Obj) event).members().keySet()));
        }
    }

    @Test
    void r4_8_theStateOfAWorkersChatFollowsFromItsLog() throws Exception {
        cos.post("/chats/replay/tasks", "{\"title\":\"one\"}");
        cos.post("/chats/replay/messages", "{\"text\":\"I need to sleep.\"}");
        cos.until("replay", EdgeChatSuite::isOver);
        cos.post("/chats/replay/tasks", "{\"title\":\"last\",\"eventId\":\"last\"}");
        List<Envelope<Said>> events = cos.until("replay", event -> event.eventId().equals("last"));
        Chat replayed = Cos.reduced(Chat.EMPTY, events);
        assertEquals(replayed, cos.chat("replay"), "reduced on a JVM, and in the object");
        assertEquals(3, replayed.tasks().size());
    }

    @Test
    void r4_9_noRouteOfAWorkerChangesAnEvent() throws Exception {
        cos.post("/chats/kept/tasks", "{\"title\":\"one\",\"eventId\":\"e\"}");
        for (String method : List.of("DELETE", "PUT", "PATCH", "POST")) {
            int status = cos.send(method, "/chats/kept/events", "{}").status();
            assertTrue(status == 404 || status == 405, method + " " + status);
        }
        cos.post("/chats/kept/tasks", "{\"title\":\"two\",\"eventId\":\"e\"}");
        cos.post("/chats/kept/tasks", "{\"title\":\"last\",\"eventId\":\"last\"}");
        assertEquals(
                List.of(new Said.TaskCreated("one"), new Said.TaskCreated("last")),
                cos.until("kept", event -> event.eventId().equals("last")).stream()
                        .map(Envelope::payload)
                        .toList());
    }

    @Test
    void r4_10_whatComesAtOnceToAWorkerIsDoneOneAfterTheOther() throws Exception {
        List<Long> versions =
                Cos.together(
                        60,
                        number -> {
                            String task = "{\"title\":\"task " + number + "\"}";
                            return Long.valueOf(
                                    cos.post("/chats/many/tasks", task).text("version"));
                        });
        assertEquals(
                LongStream.rangeClosed(1, 60).boxed().toList(),
                versions.stream().sorted().toList());
        assertEquals(
                60, cos.chat("many").tasks().stream().map(Chat.Task::title).distinct().count());
    }

    @Test
    void r4_12_oneEventSentAHundredTimesToAWorkerIsOneRow() throws Exception {
        // with connections of its own: idle ones end after five seconds, maybe now
        cos.close();
        cos = new EdgeClient(worker.address());
        String body = "{\"title\":\"once\",\"eventId\":\"same\",\"clientActionId\":\"act\"}";
        List<String> versions =
                Cos.together(100, number -> cos.post("/chats/storm/tasks", body).text("version"));
        assertEquals(Collections.nCopies(100, "1"), versions);
        restart();
        String action = "{\"title\":\"once\",\"clientActionId\":\"act\"}";
        assertEquals("same", cos.post("/chats/storm/tasks", action).text("eventId"));
        assertEquals("1", cos.send("GET", "/chats/storm", "").text("version"));
    }

    @Test
    void r4_13_whoComesAgainToAWorkerGetsEachEventOnce() throws Exception {
        for (int i = 1; i <= 9; i++) {
            cos.post("/chats/again/tasks", "{\"title\":\"task " + i + "\"}");
        }
        try (Follower events = cos.follow("again", "?since=4")) {
            assertEquals(versions(5, 9), Follower.versions(events.until(is(9))));
            // what comes later follows without a gap
            cos.post("/chats/again/tasks", "{\"title\":\"task 10\"}");
            assertEquals(versions(5, 10), Follower.versions(events.until(is(10))));
        }
        try (Follower events = cos.listen("again", "7")) {
            assertEquals(versions(8, 10), Follower.versions(events.until(is(10))));
            cos.post("/chats/again/tasks", "{\"title\":\"task 11\"}");
            assertEquals(versions(8, 11), Follower.versions(events.until(is(11))));
        }
        for (Follower fresh : List.of(cos.follow("again", ""), cos.listen("again", ""))) {
            try (fresh) {
                Follower.Heard first = fresh.until(heard -> true).getFirst();
                assertEquals("snapshot", first.type());
                assertEquals(11, first.version());
            }
        }
        assertEquals(426, cos.send("GET", "/chats/again/events", "").status());
    }

    @Test
    void r4_13_whoIsCutOffFromAWorkerAgainAndAgainMissesNothing() throws Exception {
        CompletableFuture<Void> said =
                CompletableFuture.runAsync(() -> {
                    for (int i = 1; i <= 60; i++) {
                        cos.mustPost("/chats/cut/tasks", "{\"title\":\"task " + i + "\"}");
                    }
                });
        List<Long> seen = new ArrayList<>();
        for (boolean bySocket = true; seen.size() < 60; bySocket = !bySocket) {
            try (Follower events =
                    bySocket
                            ? cos.follow("cut", "?since=" + seen.size())
                            : cos.listen("cut", Integer.toString(seen.size()))) {
                long stop = Math.min(60, seen.size() + 7);
                seen.addAll(Follower.versions(events.until(is(stop))));
            }
        }
        said.get();
        assertEquals(versions(1, 60), seen);
    }

    private static Predicate<Follower.Heard> is(long version) {
        return heard -> heard.version() == version;
    }

    private static List<Long> versions(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    @Test
    void r4_18_tokensOfABoundModelComeInOrderWithTheirOperation() throws Exception {
        cos.post("/chats/tokens/messages", "{\"text\":\"hello\",\"eventId\":\"op\"}");
        List<Envelope<Said>> events = cos.until("tokens", EdgeChatSuite::isOver);
        StringBuilder text = new StringBuilder();
        List<Said.Piece> pieces = pieces(events);
        assertTrue(pieces.size() > 3, pieces + "");
        for (int i = 0; i < pieces.size(); i++) {
            assertEquals(i, pieces.get(i).sequence());
            assertEquals(1, pieces.get(i).attempt());
            text.append(pieces.get(i).text());
        }
        assertEquals(ANSWER, text.toString());
        for (Envelope<Said> event : events) {
            assertEquals("op", event.operationId().orElseThrow(), event + "");
        }
    }

    @Test
    void r4_19_aStreamThatBreaksInAWorkerIsBegunAgain() throws Exception {
        model.order(new LocalModel.Fault.CutAfter(4));
        model.order(new LocalModel.Fault.Status(503));
        cos.post("/chats/broken/messages", "{\"text\":\"hello\"}");
        List<Envelope<Said>> events = cos.until("broken", EdgeChatSuite::isOver);
        assertEquals(
                List.of(1, 3),
                pieces(events).stream().map(Said.Piece::attempt).distinct().toList());
        assertEquals(2, count(events, "llm.interrupted"));
        assertEquals(ANSWER, cos.chat("broken").messages().getLast().text());
    }

    @Test
    void r4_19_withoutItsModelAWorkersChatSaysSo(@TempDir Path folder) throws Exception {
        try (LocalWorker alone = EdgeWorkers.run(project, Map.of(), folder);
                EdgeClient client = new EdgeClient(alone.address())) {
            client.post("/chats/alone/messages", "{\"text\":\"hello\"}");
            client.until("alone", "assistant.failed");
            List<Chat.Message> said = client.chat("alone").messages();
            assertEquals(2, said.size(), said + "");
            assertTrue(said.getLast().text().startsWith(Chat.NO_ANSWER + "MODEL"), said + "");
        }
    }

    @Test
    void r4_27_aMessageIsAnsweredInPiecesAndTheAnswerIsInTheSnapshot() throws Exception {
        CountDownLatch pause = new CountDownLatch(1);
        model.order(new LocalModel.Fault.PauseAfter(4, pause));
        try (Follower follower = cos.follow("ada", "")) {
            follower.until("snapshot");
            cos.post("/chats/ada/messages", "{\"text\":\"hello\"}");
            follower.until("llm.token");
            assertEquals(1, cos.chat("ada").messages().size(), "it is still being written");
            pause.countDown();
            List<Follower.Heard> heard = follower.until("assistant.message");
            assertEquals(
                    LongStream.range(0, heard.size()).boxed().toList(), Follower.versions(heard));
        }
        assertEquals(ANSWER, cos.chat("ada").messages().getLast().text());
        assertEquals(List.of(), cos.chat("ada").drafts());
        cos.until("ada", EdgeChatSuite::isOver);
    }

    @Test
    void r4_27_whatIsolatesThatEndedLeftIsDoneWhenItIsSentAgain() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        model.order(new LocalModel.Fault.PauseAfter(4, never));
        String body = "{\"text\":\"hello\",\"eventId\":\"op\"}";
        cos.post("/chats/crash/messages", body);
        cos.until("crash", "llm.token");
        restart();
        never.countDown();
        assertEquals("1", cos.post("/chats/crash/messages", body).text("version"));
        List<Envelope<Said>> events = cos.until("crash", EdgeChatSuite::isOver);
        assertEquals(1, count(events, "user.message"));
        assertEquals(1, count(events, "assistant.message"));
        assertEquals(ANSWER, cos.chat("crash").messages().getLast().text());
        cos.post("/chats/crash/messages", body);
        cos.post("/chats/crash/tasks", "{\"title\":\"last\",\"eventId\":\"last\"}");
        events = cos.until("crash", event -> event.eventId().equals("last"));
        assertEquals(1, count(events, "assistant.message"));
    }
}
