package dev.flowir.examples.taskrunner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.kernel.cap.Scope;
import dev.flowir.kv.KvEntry;
import dev.flowir.redis.Redis;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys, their queue and limits on a Redis server: by one variable, with the flows as they are. */
class RedisTaskRunnerTest extends TaskRunnerAcceptance {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static SharedServer server;

    @TempDir Path data;
    private Map<String, String> binding;
    private TaskRunner runner;

    @BeforeAll
    static void serve(@TempDir Path folder) throws Exception {
        server = SharedServer.start(folder);
    }

    @AfterAll
    static void leave() {
        server.close();
    }

    private Settings settings(String folder, Map<String, String> more) {
        Map<String, String> variables = new java.util.HashMap<>(binding);
        variables.putAll(more);
        return SqlTaskRunnerTest.settings(data.resolve(folder), variables);
    }

    @Override
    URI start() throws Exception {
        binding = server.binding(Map.of("STATE_STORE", "kv"));
        runner = TaskRunner.start(settings("one", Map.of()));
        return runner.url();
    }

    @Override
    void stop() throws Exception {
        runner.close();
    }

    @Test
    void row0112_aTaskExpiresByItselfAfterADay() throws Exception {
        try (Client client = new Client(runner.url());
                Redis redis = Redis.connect(settings("one", Map.of()).redis().orElseThrow())) {
            long before = Instant.now().getEpochSecond();
            String taskId = client.accepted("{}");
            client.awaitStatus(taskId, PATIENCE, "completed");
            long after = Instant.now().getEpochSecond();
            KvEntry entry =
                    redis.kv("task-runner-kv-dev")
                            .writer(Scope.outside("a test"))
                            .getWithMetadata("task:" + taskId)
                            .orElseThrow();
            long expires = entry.expiresAt().orElseThrow().getEpochSecond();
            assertTrue(before + 86_400 <= expires && expires <= after + 86_400);
        }
    }

    @Test
    void row0123_tuningLosesNothing() throws Exception {
        try (Client client = new Client(runner.url())) {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                ids.add(client.accepted("{}"));
                if (i % 20 == 0) {
                    String size = Integer.toString(i + 1);
                    SqlTaskRunnerTest.queue(runner)
                            .tune(settings("one", Map.of("BATCH_SIZE", size)));
                }
            }
            for (String taskId : ids) {
                client.awaitStatus(taskId, PATIENCE, "completed");
            }
        }
    }

    /** A bucket of one post that fills in ten seconds: who posts at once elsewhere is refused. */
    @Test
    void row0129_theLimitIsOneForAllProcesses() throws Exception {
        Map<String, String> one = Map.of("RATE_LIMIT", "1", "ENV", "stg");
        try (TaskRunner first = TaskRunner.start(settings("first", one));
                TaskRunner second = TaskRunner.start(settings("second", one));
                Client here = new Client(first.url());
                Client there = new Client(second.url())) {
            long startNanos = System.nanoTime();
            assertEquals(200, here.post("{}").statusCode());
            var refused = there.post("{}");
            long secondsBetween = (System.nanoTime() - startNanos) / 1_000_000_000;
            // where the two posts lie ten seconds apart, both are allowed
            assertTrue(refused.statusCode() == 429 || secondsBetween >= 10, refused::body);
            if (refused.statusCode() == 429) {
                int wait =
                        Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow());
                assertTrue(wait >= 1 && wait <= 10, () -> "Retry-After: " + wait);
            }
        }
    }

    @Test
    void whatOneProcessAcceptsTheOtherShows() throws Exception {
        try (TaskRunner other = TaskRunner.start(settings("other", Map.of()));
                Client here = new Client(runner.url());
                Client there = new Client(other.url())) {
            String poison = here.accepted("{\"work\":\"poison\"}");
            there.awaitStatus(poison, PATIENCE, "failed");
            assertTrue(there.get("/dead-letters").body().contains(poison));
            var moved = there.send("POST", "/dead-letters/" + poison + "/redrive", "");
            assertTrue(moved.body().contains("\"moved\":1"), moved::body);
            here.awaitStatus(poison, PATIENCE, "failed");
        }
    }
}
