package dev.flowir.examples.taskrunner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.kernel.cap.Scope;
import dev.flowir.queue.QueueException;
import dev.flowir.queue.QueueSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The default binding: a SQL table and a queue in one store. */
class SqlTaskRunnerTest extends TaskRunnerAcceptance {

    @TempDir Path data;
    private TaskRunner runner;

    static Settings settings(Path data, Map<String, String> more) {
        Map<String, String> variables = new HashMap<>();
        variables.put("PORT", "0");
        variables.put("DATA_DIR", data.toString());
        if (!"workflow".equals(more.get("ENGINE"))) {
            variables.put("RETRY_DELAY_MS", "20");
        }
        variables.put("BATCH_TIMEOUT_MS", "20");
        variables.put("RATE_LIMIT", "100000");
        variables.putAll(more);
        return Settings.from(variables);
    }

    static QueueEngine queue(TaskRunner runner) {
        return (QueueEngine) runner.engine();
    }

    @Override
    URI start() throws Exception {
        runner = TaskRunner.start(settings(data, Map.of()));
        return runner.url();
    }

    @Override
    void stop() throws Exception {
        runner.close();
    }

    @Test
    void row0109_verifyFailsWhereNobodyAnswers() throws Exception {
        assertEquals(
                1,
                Verify.run(
                        URI.create("http://localhost:1"),
                        null,
                        new PrintStream(
                                new ByteArrayOutputStream(), true, StandardCharsets.UTF_8)));
    }

    @Test
    void row0109_verifyRefusesWhatIsNoUrl() {
        PrintStream nowhere =
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        Exception refusal =
                Assertions.assertThrows(
                        IllegalArgumentException.class,
                        () -> Verify.run(URI.create("here"), null, nowhere));
        assertTrue(refusal.getMessage().contains("http://localhost:8080"), refusal::getMessage);
    }

    @Test
    void row0109_verifySendsTheToken() throws Exception {
        Path other = data.resolve("verified");
        try (TaskRunner guarded = TaskRunner.start(settings(other, Map.of("API_TOKEN", "s3")))) {
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
            assertEquals(
                    0,
                    Verify.run(guarded.url(), "s3", out),
                    () -> said.toString(StandardCharsets.UTF_8));
        }
    }

    @Test
    void row0110_aConsumerWithoutItsDeadLetterQueueIsRefused() {
        QueueException refusal =
                Assertions.assertThrows(
                        QueueException.class,
                        () ->
                                queue(runner)
                                        .broker()
                                        .declare(
                                                "lonely",
                                                QueueSettings.defaults()
                                                        .deadLetterQueue("absent")));
        assertTrue(refusal.getMessage().contains("absent"), refusal::getMessage);
    }

    @Test
    void whatTheContainerRefusesHasTheFormOfOtherErrors() throws Exception {
        try (Client client = new Client(runner.url())) {
            HttpResponse<String> answer = client.get("/task/..%2f..%2fetc");
            assertEquals(400, answer.statusCode());
            assertEquals("HTTP400", Client.member(answer.body(), "code"), answer.body());
        }
    }

    @Test
    void row0111_theSchemaStandsAndIsAppliedOnce() throws Exception {
        List<String> names =
                runner.store()
                        .read(tx ->
                                tx.query(
                                        "SELECT name FROM sqlite_master WHERE name IN"
                                                + " ('tasks', 'idx_tasks_status') ORDER BY"
                                                + " name",
                                        row -> row.getString(1)));
        assertEquals(List.of("idx_tasks_status", "tasks"), names);
        assertEquals(List.of(), runner.store().migrate(SqlTasks.SCHEMA));
    }

    @Test
    void row0128_whatExpiredIsSweptAndNothingElse() throws Exception {
        try (Client client = new Client(runner.url())) {
            String taskId = client.accepted("{}");
            client.awaitStatus(taskId, Duration.ofSeconds(30), "completed");
            long now = Instant.now().getEpochSecond();
            assertEquals(0, runner.sweep(now + 86_000));
            assertEquals(200, client.get("/task/" + taskId).statusCode());
            assertEquals(1, runner.sweep(now + 86_401 + 60));
            assertEquals(404, client.get("/task/" + taskId).statusCode());
        }
    }

    @Test
    void row0123_tuningLosesNothing() throws Exception {
        try (Client client = new Client(runner.url())) {
            List<String> ids = new java.util.ArrayList<>();
            for (int i = 0; i < 60; i++) {
                ids.add(client.accepted("{}"));
                if (i % 20 == 0) {
                    queue(runner)
                            .tune(settings(data, Map.of("BATCH_SIZE", Integer.toString(i + 1))));
                }
            }
            for (String taskId : ids) {
                client.awaitStatus(taskId, Duration.ofSeconds(30), "completed");
            }
        }
    }

    @Test
    void row0115_aTaskIsKeptForADayWithItsPayload() throws Exception {
        try (Client client = new Client(runner.url())) {
            String empty = client.accepted("");
            String full = client.accepted("{ \"work\" : \"demo\" }");
            long now = Instant.now().getEpochSecond();
            for (String[] pair :
                    List.of(
                            new String[] {empty, "{}"},
                            new String[] {full, "{\"work\":\"demo\"}"})) {
                var row =
                        runner.store()
                                .read(tx ->
                                        tx.first(
                                                "SELECT payload, expires_at FROM tasks"
                                                        + " WHERE taskId = ?",
                                                found ->
                                                        Map.entry(
                                                                found.getString(1),
                                                                found.getLong(2)),
                                                pair[0]))
                                .orElseThrow();
                assertEquals(pair[1], row.getKey());
                assertTrue(Math.abs(now + 86_400 - row.getValue()) <= 60);
            }
        }
    }

    @Test
    void aDuplicateDeliveryMovesNothingBack() throws Exception {
        try (Client client = new Client(runner.url())) {
            client.record();
            String taskId = client.accepted("{}");
            client.awaitStatus(taskId, Duration.ofSeconds(30), "completed");
            queue(runner)
                    .broker()
                    .sender("task-runner-queue-dev", Scope.outside("a duplicate"))
                    .send(Steps.body(taskId, "{}"));
            String after = client.accepted("{}");
            client.awaitStatus(after, Duration.ofSeconds(30), "completed");
            assertEquals("completed", client.status(taskId));
            assertEquals(List.of("pending", "processing", "completed"), client.way(taskId));
        }
    }

    @Test
    void row0129_postingIsLimitedPerClientAndSaysWhenToTryAgain() throws Exception {
        Path other = data.resolve("limited");
        try (TaskRunner limited = TaskRunner.start(settings(other, Map.of("RATE_LIMIT", "3")));
                Client client = new Client(limited.url())) {
            HttpResponse<String> refused = client.post("{}");
            for (int i = 0; refused.statusCode() == 200 && i < 10; i++) {
                refused = client.post("{}");
            }
            assertEquals(429, refused.statusCode());
            int wait = Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow());
            assertTrue(wait >= 1 && wait <= 10, () -> "Retry-After: " + wait);
            assertEquals(404, client.get("/task/" + UUID.randomUUID()).statusCode());
        }
    }

    @Test
    void row0129_aTokenIsAskedForWhenThereIsOne() throws Exception {
        Path other = data.resolve("guarded");
        try (TaskRunner guarded = TaskRunner.start(settings(other, Map.of("API_TOKEN", "s3cret")));
                Client client = new Client(guarded.url())) {
            assertEquals(401, client.post("{}").statusCode());
            assertEquals(
                    200,
                    client.send(
                                    "POST",
                                    "/task",
                                    "{}",
                                    "Content-Type",
                                    "application/json",
                                    "Authorization",
                                    "Bearer s3cret")
                            .statusCode());
        }
    }

    @Test
    void row0120_pollingEachSecondSeesItDoneWithABatchTimeoutOfFiveSeconds() throws Exception {
        Path other = data.resolve("slow");
        try (TaskRunner slow =
                        TaskRunner.start(settings(other, Map.of("BATCH_TIMEOUT_MS", "5000")));
                Client client = new Client(slow.url())) {
            String taskId = client.accepted("{\"work\":\"demo\"}");
            client.awaitStatus(taskId, Duration.ofSeconds(10), "completed");
        }
    }

    @Test
    void aSecondProcessOnOneStoreIsRefusedByName() {
        Exception refusal =
                Assertions.assertThrows(
                        Exception.class, () -> TaskRunner.start(settings(data, Map.of())).close());
        assertTrue(refusal.getMessage().contains("task-runner-dev.db"), refusal::getMessage);
    }
}
