package dev.flowir.examples.taskrunner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a task runner does, over HTTP only: every binding passes the same class. A binding extends
 * it and says how it is started. Rule numbers are the rows of the intent.
 */
abstract class TaskRunnerAcceptance {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Client client;

    /** Starts the binding with no tasks in it, a retry delay of at most 100 ms and 5 retries. */
    abstract URI start() throws Exception;

    /** Stops it. */
    abstract void stop() throws Exception;

    @BeforeEach
    void open() throws Exception {
        client = new Client(start());
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        stop();
    }

    @Test
    void row0101_postAnswersIdAndPending() throws Exception {
        HttpResponse<String> answer = client.post("{\"work\":\"demo\"}");
        assertEquals(200, answer.statusCode());
        String taskId = Client.member(answer.body(), "taskId");
        assertEquals(UUID.fromString(taskId).toString(), taskId);
        assertEquals("{\"taskId\":\"" + taskId + "\",\"status\":\"pending\"}", answer.body());
    }

    @Test
    void row0102_statesComeInOrderAndNoOther() throws Exception {
        client.record();
        String taskId = client.accepted("{\"work\":\"demo\"}");
        client.awaitStatus(taskId, PATIENCE, "completed");
        assertEquals(
                "{\"taskId\":\"" + taskId + "\",\"status\":\"completed\"}",
                client.get("/task/" + taskId).body());
        Client.await("three changes", PATIENCE, () -> client.way(taskId).size() >= 3);
        assertEquals(List.of("pending", "processing", "completed"), client.way(taskId));
    }

    @Test
    void row0103_poisonDiesOnceAfterSixDeliveriesAndNeighboursLive() throws Exception {
        List<String> good = new ArrayList<>();
        String poison = "";
        for (int i = 0; i < 10; i++) {
            if (i == 4) {
                poison = client.accepted("{\"work\":\"poison\"}");
            } else {
                good.add(client.accepted("{\"work\":\"demo\"}"));
            }
        }
        for (String taskId : good) {
            client.awaitStatus(taskId, PATIENCE, "completed");
        }
        client.awaitStatus(poison, PATIENCE, "failed");
        String letters = client.get("/dead-letters").body();
        assertEquals(1, occurrences(letters, poison), letters);
        assertTrue(letters.contains("\"deliveries\":6"), letters);
        for (String taskId : good) {
            assertEquals(0, occurrences(letters, taskId), letters);
        }
    }

    @Test
    void row0127_redriveRunsADeadTaskAgainAndASecondMovesNothing() throws Exception {
        String poison = client.accepted("{\"work\":\"poison\"}");
        client.awaitStatus(poison, PATIENCE, "failed");
        client.record();
        HttpResponse<String> first =
                client.send("POST", "/dead-letters/" + poison + "/redrive", "");
        assertEquals(200, first.statusCode(), first.body());
        assertTrue(first.body().contains("\"moved\":1"), first.body());
        HttpResponse<String> second =
                client.send("POST", "/dead-letters/" + poison + "/redrive", "");
        assertTrue(second.body().contains("\"moved\":0"), second.body());
        Client.await(
                "the task to be worked on again",
                PATIENCE,
                () -> client.way(poison).contains("processing"));
        client.awaitStatus(poison, PATIENCE, "failed");
    }

    @Test
    void row0127_ofRedrivesAtOnceEachMoveIsTheOnlyOne() throws Exception {
        String poison = client.accepted("{\"work\":\"poison\"}");
        client.awaitStatus(poison, PATIENCE, "failed");
        client.record();
        // a slow one may find the task dead again and rightly move it again
        int moves = redrivenAtOnce(poison);
        Client.await("a move per redrive that says so", PATIENCE, () -> pendings(poison) == moves);
        client.awaitStatus(poison, PATIENCE, "failed");
        assertEquals(1, occurrences(client.get("/dead-letters").body(), poison));
        assertEquals(moves, pendings(poison));
    }

    final Client client() {
        return client;
    }

    /** How many of eight redrives say that they moved a task. */
    final int redrivenAtOnce(String poison) throws Exception {
        String path = "/dead-letters/" + poison + "/redrive";
        List<FutureTask<String>> redrives = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            FutureTask<String> redrive =
                    new FutureTask<>(() -> client.send("POST", path, "").body());
            redrives.add(redrive);
            Thread.ofVirtual().start(redrive);
        }
        int moved = 0;
        for (FutureTask<String> redrive : redrives) {
            moved += redrive.get().contains("\"moved\":1") ? 1 : 0;
        }
        return moved;
    }

    @Test
    void row0115_anEmptyBodyIsAnEmptyObject() throws Exception {
        String taskId = client.accepted("");
        client.awaitStatus(taskId, PATIENCE, "completed");
    }

    @Test
    void row0116_anUnknownIdIsNotFound() throws Exception {
        for (String id : List.of(UUID.randomUUID().toString(), "no-uuid", "%F0%9F%98%80")) {
            HttpResponse<String> answer = client.get("/task/" + id);
            assertEquals(404, answer.statusCode(), id);
            assertEquals("{\"error\":\"not found\"}", answer.body(), id);
        }
    }

    @Test
    void row0117_anythingElseIsNotAllowed() throws Exception {
        for (String[] other :
                List.of(
                        new String[] {"DELETE", "/task"},
                        new String[] {"PUT", "/task/1"},
                        new String[] {"GET", "/nowhere"},
                        new String[] {"POST", "/nowhere"})) {
            HttpResponse<String> answer = client.send(other[0], other[1], "");
            assertEquals(405, answer.statusCode(), other[1]);
            assertEquals("{\"error\":\"method not allowed\"}", answer.body(), other[1]);
        }
    }

    @Test
    void row0109_verifyPrintsItsFiveRows() throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        int code = Verify.run(client.base(), null, out);
        List<String> lines = said.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(0, code, () -> String.join("\n", lines));
        assertEquals("checking " + client.base(), lines.getFirst());
        assertEquals(6, lines.size());
        assertTrue(lines.stream().skip(1).allMatch(line -> line.startsWith("ok")));
    }

    @Test
    void badInputIsCodedAndLocatedAndNothingIsAccepted() throws Exception {
        HttpResponse<String> answer = client.post("{\"work\": demo}");
        assertEquals(400, answer.statusCode());
        assertTrue(!Client.member(answer.body(), "code").isEmpty(), answer.body());
        HttpResponse<String> large = client.post("\"" + "x".repeat(100_000) + "\"");
        assertEquals(413, large.statusCode());
        HttpResponse<String> text =
                client.send("POST", "/task", "work", "Content-Type", "text/plain");
        assertEquals(415, text.statusCode());
    }

    @Test
    void manyTasksAllEnd() throws Exception {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            ids.add(client.accepted("{\"n\":" + i + "}"));
        }
        assertEquals(100, Set.copyOf(ids).size());
        for (String taskId : ids) {
            client.awaitStatus(taskId, PATIENCE, "completed");
        }
    }

    private long pendings(String taskId) {
        return client.way(taskId).stream().filter("pending"::equals).count();
    }

    static int occurrences(String text, String part) {
        int count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            count++;
        }
        return count;
    }
}
