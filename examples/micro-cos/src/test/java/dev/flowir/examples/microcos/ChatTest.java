package dev.flowir.examples.microcos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.JsonValue;
import dev.flowir.object.log.Envelope;
import dev.flowir.object.log.EventLog;
import dev.flowir.object.log.LogSnapshot;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flow A: from a message to an answer, and everything around the log. */
class ChatTest {

    @TempDir Path data;
    private Cos cos;

    @BeforeEach
    void start() throws Exception {
        cos = Cos.in(data);
    }

    @AfterEach
    void stop() throws Exception {
        cos.close();
    }

    @Test
    void r4_1_fourActionsHaveRoutesOfTheirOwn() throws Exception {
        cos.post("/chats/ada/messages", "{\"text\":\"hello\"}");
        String task = cos.post("/chats/ada/tasks", "{\"title\":\"call the bank\"}").text("eventId");
        Cos.Reply done = cos.send("PATCH", "/chats/ada/tasks/" + task, "{\"done\":true}");
        assertEquals(202, done.status(), done.body());
        cos.post("/chats/ada/plans", "{\"kind\":\"daily\"}");
        cos.post("/chats/ada/plans", "{\"kind\":\"summary\"}");

        Chat chat =
                cos.await("ada", there -> there.plan().isPresent() && there.summary().isPresent());
        assertEquals(List.of(new Chat.Task(task, "call the bank", true)), chat.tasks());
    }

    @Test
    void r4_2_badInputIsRefusedFieldByFieldAndReachesNothing() throws Exception {
        record Case(String path, String body, Set<String> fields) {}
        String longText = "x".repeat(Inputs.MAX_TEXT + 1);
        for (Case wrong :
                List.of(
                        new Case("/chats/bob/messages", "{}", Set.of("text")),
                        new Case("/chats/bob/messages", "{\"text\":\" \\u0007 \"}", Set.of("text")),
                        new Case(
                                "/chats/bob/messages",
                                "{\"text\":\"" + longText + "\",\"clientActionId\":\"a b\"}",
                                Set.of("text", "clientActionId")),
                        new Case("/chats/bob/tasks", "{\"title\":\"\"}", Set.of("title")),
                        new Case("/chats/bob/plans", "{\"kind\":\"weekly\"}", Set.of("kind")),
                        new Case(
                                "/chats/bob/calendar",
                                "{\"title\":\"\",\"date\":\"tomorrow\"}",
                                Set.of("title", "date")))) {
            Cos.Reply reply = cos.send("POST", wrong.path(), wrong.body());
            assertEquals(400, reply.status(), reply.body());
            JsonValue fields = Cos.member(reply.json(), "fields");
            assertEquals(
                    wrong.fields(), new HashSet<>(((JsonValue.Obj) fields).members().keySet()));
        }
        assertEquals(400, cos.send("POST", "/chats/bob/messages", "{\"txt\":\"x\"}").status());
        assertEquals(400, cos.send("POST", "/chats/bob/messages", "no json").status());
        assertEquals(List.of(), cos.events("bob"));
        assertEquals(0, cos.model.requests());
        String most = "x".repeat(Inputs.MAX_TEXT);
        cos.post("/chats/bob/messages", "{\"text\":\"" + most + "\"}");
    }

    @Test
    void r4_3_idsAreKeptWhenGivenAndMadeWhenNot() throws Exception {
        Cos.Reply given =
                cos.post(
                        "/chats/ada/messages",
                        "{\"text\":\"a\",\"requestId\":\"r-1\",\"clientActionId\":\"c-1\",\"eventId\":\"e-1\"}");
        assertEquals("r-1", given.text("requestId"));
        assertEquals("c-1", given.text("clientActionId"));
        assertEquals("e-1", given.text("eventId"));
        Cos.Reply made = cos.post("/chats/ada/tasks", "{\"title\":\"a\"}");
        assertEquals(36, made.text("eventId").length());
        assertEquals(36, made.text("requestId").length());
        Envelope<Said> first = cos.events("ada").getFirst();
        assertEquals("r-1", first.requestId().orElseThrow());
        assertEquals("c-1", first.clientActionId().orElseThrow());
    }

    @Test
    void r4_5_anActionIsAcceptedWithIdsAndALookHasAVersion() throws Exception {
        Cos.Reply accepted = cos.post("/chats/ada/tasks", "{\"title\":\"a\"}");
        assertEquals("1", accepted.text("version"));
        Cos.Reply look = cos.send("GET", "/chats/ada", "");
        assertEquals(200, look.status());
        assertEquals("1", look.text("version"));
        Cos.Reply nobody = cos.send("GET", "/chats/nobody", "");
        assertEquals("0", nobody.text("version"));
    }

    @Test
    void r4_7_aClientFindsItsOwnActionInTheEventThatReplacesIt() throws Exception {
        Cos.Reply accepted =
                cos.post("/chats/ada/messages", "{\"text\":\"hi\",\"clientActionId\":\"mine\"}");
        assertEquals("mine", accepted.text("clientActionId"));
        Chat chat = cos.await("ada", there -> !there.messages().isEmpty());
        assertEquals("mine", chat.messages().getFirst().clientActionId().orElseThrow());
        Cos.Reply again =
                cos.post("/chats/ada/messages", "{\"text\":\"hi\",\"clientActionId\":\"mine\"}");
        assertEquals(accepted.text("eventId"), again.text("eventId"));
        cos.await("ada", Cos.answered(1));
        cos.settle();
        assertEquals(1, cos.said("ada", "user.message").size());
    }

    @Test
    void r4_8_theStateFollowsFromTheLogAlone() throws Exception {
        busy("ada");
        LogSnapshot<Chat> kept =
                cos.running()
                        .objects()
                        .of(cos.running().logs().type())
                        .named("ada")
                        .read(EventLog::snapshot);
        Chat made = Chat.EMPTY;
        for (Envelope<Said> event : cos.events("ada")) {
            made = Chat.reduce(made, event);
        }
        assertEquals(kept.state(), made);
        LogSnapshot<Chat> replayed =
                cos.running()
                        .objects()
                        .of(cos.running().logs().type())
                        .named("ada")
                        .call(log -> log.replay(cos.running().archive()));
        assertEquals(kept, replayed);
    }

    private void busy(String user) throws Exception {
        cos.post("/chats/" + user + "/messages", "{\"text\":\"Remind me to call the bank.\"}");
        cos.post("/chats/" + user + "/tasks", "{\"title\":\"buy milk\"}");
        cos.post("/chats/" + user + "/plans", "{\"kind\":\"daily\"}");
        cos.await(user, chat -> chat.tasks().size() == 2 && chat.plan().isPresent());
        cos.await(user, Cos.answered(1));
        cos.settle();
    }

    @Test
    void r4_12_oneEventSentAHundredTimesIsOneRow() throws Exception {
        String body = "{\"text\":\"once\",\"eventId\":\"same\"}";
        Set<String> versions = new HashSet<>();
        List<Thread> threads = new ArrayList<>();
        ConcurrentLinkedQueue<Cos.Reply> replies = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < 100; i++) {
            threads.add(
                    Thread.startVirtualThread(() -> {
                        try {
                            replies.add(cos.post("/chats/ada/messages", body));
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        for (Cos.Reply reply : replies) {
            versions.add(reply.text("version"));
        }
        assertEquals(100, replies.size());
        assertEquals(Set.of("1"), versions);
        cos.await("ada", Cos.answered(1));
        cos.settle();
        assertEquals(1, cos.said("ada", "user.message").size());
        assertEquals(1, cos.said("ada", "assistant.message").size());
    }

    @Test
    void r4_12_actionsAreKnownAgainAfterARestart() throws Exception {
        String body = "{\"title\":\"once\",\"clientActionId\":\"act\"}";
        String first = cos.post("/chats/ada/tasks", body).text("eventId");
        cos.restart();
        assertEquals(first, cos.post("/chats/ada/tasks", body).text("eventId"));
        assertEquals(1, cos.chat("ada").tasks().size());
    }

    @Test
    void r4_13_whoComesAgainGetsEachEventAfterTheLastAndNoOther() throws Exception {
        for (int i = 1; i <= 9; i++) {
            cos.post("/chats/ada/tasks", "{\"title\":\"task " + i + "\"}");
        }
        assertEquals(LongStream.rangeClosed(5, 9).boxed().toList(), pushed("4", 5));
        assertEquals(List.of(9L), pushed("", 1));
        assertEquals(List.of(9L), pushed("nonsense", 1));
    }

    /** Versions of the first events that a client gets who has seen one. */
    private List<Long> pushed(String seen, int count) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(cos.at("/chats/ada/events")).GET();
        if (!seen.isEmpty()) {
            request.header("Last-Event-ID", seen);
        }
        List<Long> versions = new ArrayList<>();
        var answer = cos.client().send(request.build(), BodyHandlers.ofInputStream());
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            while (versions.size() < count) {
                String line = lines.readLine();
                if (line.startsWith("id: ")) {
                    versions.add(Long.parseLong(line.substring(4)));
                }
            }
        }
        return versions;
    }

    @Test
    void r4_14_oneRequestIsFoundInEverythingThatFollowedFromIt() throws Exception {
        cos.post(
                "/chats/ada/messages",
                "{\"text\":\"Remind me to call the bank.\",\"requestId\":\"r-7\",\"eventId\":\"op-7\"}");
        cos.await("ada", chat -> !chat.tasks().isEmpty());
        cos.settle();
        for (Envelope<Said> event : cos.events("ada")) {
            assertEquals("r-7", event.requestId().orElseThrow());
            assertEquals("op-7", event.operationId().orElseThrow());
        }
        assertEquals("op-7", cos.running().runs().find("op-7").orElseThrow().id());
    }

    @Test
    void r4_18_tokensComeInOrderAndAreTheAnswer() throws Exception {
        cos.post("/chats/ada/messages", "{\"text\":\"hello\",\"eventId\":\"op\"}");
        Chat chat = cos.await("ada", Cos.answered(1));
        List<Said> pieces = cos.said("ada", "llm.token");
        assertTrue(pieces.size() > 3, pieces + "");
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pieces.size(); i++) {
            Said.Piece piece = (Said.Piece) pieces.get(i);
            assertEquals(i, piece.sequence());
            assertEquals(1, piece.attempt());
            text.append(piece.text());
        }
        assertEquals(chat.messages().getLast().text(), text.toString());
        assertEquals(List.of(), chat.drafts());
    }

    @Test
    void r4_19_aStreamThatBreaksIsBegunAgainAsAnotherAttempt() throws Exception {
        cos.model.order(new LocalModel.Fault.CutAfter(4));
        cos.model.order(new LocalModel.Fault.Status(503));
        cos.post("/chats/ada/messages", "{\"text\":\"hello\"}");
        Chat chat = cos.await("ada", Cos.answered(1));
        List<Said> pieces = cos.said("ada", "llm.token");
        List<Integer> attempts =
                pieces.stream().map(piece -> ((Said.Piece) piece).attempt()).distinct().toList();
        assertEquals(List.of(1, 3), attempts);
        String answer = "You said: hello I have made a note of it, and will see to it.";
        assertEquals(answer, chat.messages().getLast().text());
        assertEquals(2, cos.said("ada", "llm.interrupted").size());
    }

    @Test
    void r4_19_whatCannotPassIsToldAtOnce() throws Exception {
        cos.model.order(new LocalModel.Fault.Status(400));
        cos.post("/chats/ada/messages", "{\"text\":\"hello\"}");
        Chat chat =
                cos.await(
                        "ada",
                        there ->
                                there.messages().stream()
                                        .anyMatch(m -> m.role() == Chat.Role.SYSTEM));
        assertTrue(chat.messages().getLast().text().contains("MODEL303"), chat + "");
        cos.settle();
        assertEquals(1, cos.model.requests());
    }

    @Test
    void r4_20_tasksAreExtractedAndWhatIsNoJsonIsRepairedOnce() throws Exception {
        cos.model.order(new LocalModel.Fault.Garbage());
        cos.post("/chats/ada/messages", "{\"text\":\"Remind me to call the bank.\"}");
        Chat chat = cos.await("ada", there -> !there.tasks().isEmpty());
        assertEquals("call the bank", chat.tasks().getFirst().title());
        cos.settle();
        assertEquals(3, cos.model.requests());
    }

    @Test
    void r4_20_twoWrongStructuresAreAFailureThatIsTold() throws Exception {
        cos.model.order(new LocalModel.Fault.Garbage());
        cos.model.order(new LocalModel.Fault.Garbage());
        cos.post("/chats/ada/messages", "{\"text\":\"Remind me to call the bank.\"}");
        cos.await("ada", Cos.answered(1));
        cos.settle();
        assertEquals(
                List.of(new Said.ExtractFailed("MODEL404")),
                cos.said("ada", "task.extract_failed"));
        assertEquals(List.of(), cos.chat("ada").tasks());
        assertEquals(3, cos.model.requests());
    }

    @Test
    void r4_27_aMessageIsAnsweredAlsoByTheProcessThatComesNext() throws Exception {
        cos.model.order(new LocalModel.Fault.CutAfter(3));
        for (int i = 0; i < 3; i++) {
            cos.model.order(new LocalModel.Fault.CutAfter(2));
        }
        cos.post("/chats/ada/messages", "{\"text\":\"hello\",\"eventId\":\"op\"}");
        cos.await("ada", chat -> !chat.drafts().isEmpty() || chat.messages().size() == 2);
        cos.running().runs().kill();
        cos.restart();
        cos.await(
                "ada",
                chat ->
                        chat.messages().size() == 2
                                && chat.messages().getLast().role() != Chat.Role.USER);
        cos.settle();
        assertEquals(
                1,
                cos.said("ada", "assistant.message").size()
                        + cos.said("ada", "assistant.failed").size());
    }

    @Test
    void r4_6_theEnvelopeHasTheNamesOfTheLog() throws Exception {
        cos.post("/chats/ada/tasks", "{\"title\":\"a\",\"eventId\":\"e\",\"requestId\":\"r\"}");
        JsonValue json = cos.running().logs().json(cos.events("ada").getFirst());
        assertEquals(
                List.of(
                        "event_id",
                        "version",
                        "timestamp",
                        "type",
                        "payload",
                        "request_id",
                        "operation_id"),
                List.copyOf(((JsonValue.Obj) json).members().keySet()));
        assertEquals(
                Map.of("@type", JsonValue.text("TaskCreated"), "title", JsonValue.text("a")),
                ((JsonValue.Obj) Cos.member(json, "payload")).members());
    }
}
