package dev.flowir.examples.taskrunner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each task a durable object, which holds its status and sends its message in one transaction. */
class ObjectTaskRunnerTest extends TaskRunnerAcceptance {

    private static final Map<String, String> BINDING = Map.of("STATE_STORE", "durable-object");

    @TempDir Path data;
    private TaskRunner runner;

    @Override
    URI start() throws Exception {
        runner = TaskRunner.start(SqlTaskRunnerTest.settings(data, BINDING));
        return runner.url();
    }

    @Override
    void stop() throws Exception {
        runner.close();
    }

    @Test
    void row0112_aTaskIsGoneAfterADay() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
        Settings settings = SqlTaskRunnerTest.settings(data.resolve("aging"), BINDING);
        String taskId;
        try (TaskRunner aging = TaskRunner.start(settings, now::get);
                Client client = new Client(aging.url())) {
            taskId = client.accepted("{}");
            client.awaitStatus(taskId, Duration.ofSeconds(30), "completed");
            now.set(now.get().plusSeconds(86_401));
            assertEquals(404, client.get("/task/" + taskId).statusCode());
        }
        // Its alarm was missed, and rings at the next start: nothing is left of it.
        try (TaskRunner later = TaskRunner.start(settings, now::get)) {
            Client.await(
                    "the alarm of the task to empty it",
                    Duration.ofSeconds(30),
                    () -> entries(later, "task") == 0);
        }
    }

    @Test
    void row0113_aTaskAndItsMessageAreThereTogetherAfterARestart() throws Exception {
        String taskId;
        try (Client client = new Client(runner.url())) {
            taskId = client.accepted("{\"work\":\"poison\"}");
            client.awaitStatus(taskId, Duration.ofSeconds(30), "failed");
        }
        runner.close();
        runner = TaskRunner.start(SqlTaskRunnerTest.settings(data, BINDING));
        try (Client client = new Client(runner.url())) {
            assertEquals("failed", client.status(taskId));
            String letters = client.get("/dead-letters").body();
            assertTrue(letters.contains(taskId), letters);
        }
    }

    private static long entries(TaskRunner runner, String key) {
        return runner.store()
                .read(tx ->
                        tx.first(
                                        "SELECT count(*) FROM flowir_object_entries WHERE key = ?",
                                        row -> row.getLong(1),
                                        key.getBytes(StandardCharsets.UTF_8))
                                .orElseThrow());
    }
}
