package dev.flowir.examples.microcos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.JsonValue;
import dev.flowir.object.log.Envelope;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Flow A: from a message to an answer, and everything around the log. */
class ChatTest extends Running {

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
    void r4_3_anIdIsOneThatARunCanBeNamedAfter() throws Exception {
        String most = "x".repeat(Inputs.MAX_ID);
        for (String id : List.of(most + "x", "a.b", "-a", "", "a b")) {
            for (String name : List.of("eventId", "requestId", "clientActionId")) {
                Cos.Reply reply =
                        cos.send(
                                "POST",
                                "/chats/bob/messages",
                                "{\"text\":\"a\",\"" + name + "\":\"" + id + "\"}");
                assertEquals(400, reply.status(), id);
                Cos.member(Cos.member(reply.json(), "fields"), name);
            }
        }
        assertEquals(List.of(), cos.events("bob"));
        String body = "{\"title\":\"Trip to Rome\",\"date\":\"2026-12-24\",";
        cos.post("/chats/bob/calendar", body + "\"eventId\":\"" + most + "\"}");
        cos.settled("bob", chat -> !chat.cards().isEmpty());
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
    void r4_12_oneEventSentAHundredTimesIsOneRow() throws Exception {
        String body = "{\"text\":\"once\",\"eventId\":\"same\"}";
        List<String> versions =
                Cos.together(100, number -> cos.post("/chats/ada/messages", body).text("version"));
        assertEquals(Collections.nCopies(100, "1"), versions);
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
    void r4_17_theModelIsAskedByThreeKindsOfEvents() throws Exception {
        cos.post("/chats/ada/messages", "{\"text\":\"I need to sleep.\",\"eventId\":\"a\"}");
        cos.settled("ada", Cos.answered(1));
        cos.post("/chats/ada/plans", "{\"kind\":\"summary\",\"clientActionId\":\"b\"}");
        cos.post("/chats/ada/plans", "{\"kind\":\"tasks\",\"clientActionId\":\"c\"}");
        cos.settle();
        assertEquals(
                List.of("model.answer a", "model.extract a", "model.summary b", "model.extract c"),
                cos.events("ada").stream()
                        .filter(event -> event.type().equals("llm.done"))
                        .sorted(Comparator.comparing(event -> event.operationId().orElseThrow()))
                        .map(event ->
                                ((Said.Called) event.payload()).name()
                                        + " "
                                        + event.operationId().orElseThrow())
                        .toList());
        assertEquals(
                List.of("sleep", "sleep"),
                cos.chat("ada").tasks().stream().map(Chat.Task::title).toList());
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
