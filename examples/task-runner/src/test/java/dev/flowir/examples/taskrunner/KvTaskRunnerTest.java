package dev.flowir.examples.taskrunner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.examples.taskrunner.Messages.Letter;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kv.KvNamespace;
import dev.flowir.kv.KvValue;
import dev.flowir.kv.KvWriter;
import dev.flowir.kv.PutOptions;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks under keys that expire by themselves. */
class KvTaskRunnerTest extends TaskRunnerAcceptance {

    @TempDir Path data;
    private TaskRunner runner;

    @Override
    URI start() throws Exception {
        runner = TaskRunner.start(SqlTaskRunnerTest.settings(data, Map.of("STATE_STORE", "kv")));
        return runner.url();
    }

    @Override
    void stop() throws Exception {
        runner.close();
    }

    @Test
    void row0112_aTaskIsGoneAfterADay() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
        Path other = data.resolve("aging");
        Settings settings = SqlTaskRunnerTest.settings(other, Map.of("STATE_STORE", "kv"));
        try (TaskRunner aging = TaskRunner.start(settings, now::get);
                Client client = new Client(aging.url())) {
            String taskId = client.accepted("{}");
            client.awaitStatus(taskId, Duration.ofSeconds(30), "completed");
            Instant posted = now.get();
            now.set(posted.plusSeconds(86_000));
            assertEquals("completed", client.status(taskId));
            now.set(posted.plusSeconds(86_401));
            assertEquals(404, client.get("/task/" + taskId).statusCode());
        }
    }

    @Test
    void aTaskWhoseMessageWasLostInACrashIsSentAgainAtStart() throws Exception {
        String taskId = UUID.randomUUID().toString();
        leave(taskId);
        restart();
        try (Client client = new Client(runner.url())) {
            client.awaitStatus(taskId, Duration.ofSeconds(30), "completed");
        }
    }

    @Test
    void aRedriveThatWasKilledHalfwayIsFinishedAtStartAndLeavesNoLetter() throws Exception {
        String taskId = UUID.randomUUID().toString();
        leave(taskId);
        Letter letter = new Letter(taskId, "{}", 6, "an earlier failure");
        killed().put(
                        "letter:" + taskId,
                        KvValue.of(letter, JsonCodecs.strict().of(Type.of(Letter.class))),
                        PutOptions.none());
        restart();
        try (Client client = new Client(runner.url())) {
            client.awaitStatus(taskId, Duration.ofSeconds(30), "completed");
            assertEquals("{\"letters\":[]}", client.get("/dead-letters").body());
            HttpResponse<String> redrive =
                    client.send("POST", "/dead-letters/" + taskId + "/redrive", "");
            assertTrue(redrive.body().contains("\"moved\":0"), redrive::body);
            assertEquals("completed", client.status(taskId));
        }
    }

    /** Leaves a task that is pending and has no message. */
    private void leave(String taskId) throws Exception {
        long expires = Instant.now().plus(Settings.TIME_TO_LIVE).getEpochSecond();
        Task left = new Task(taskId, Task.Status.PENDING, "{}", expires, Optional.empty());
        killed().put(
                        "task:" + taskId,
                        KvValue.of(left, JsonCodecs.strict().of(Type.of(Task.class))),
                        PutOptions.none());
    }

    private KvWriter killed() {
        return KvNamespace.sqlite("task-runner-kv-dev", runner.store())
                .writer(Scope.outside("a process that was killed between two writes"));
    }

    private void restart() throws Exception {
        runner.close();
        runner = TaskRunner.start(SqlTaskRunnerTest.settings(data, Map.of("STATE_STORE", "kv")));
    }
}
