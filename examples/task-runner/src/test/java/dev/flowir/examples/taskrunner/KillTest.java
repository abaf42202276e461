package dev.flowir.examples.taskrunner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Kills the whole process at random moments while tasks are posted. Every task that was
 * acknowledged ends, none is lost, none goes backwards.
 */
class KillTest {

    private static final long SEED = Long.getLong("kill.seed", System.nanoTime());
    private static final List<String> ORDER =
            List.of("pending", "processing", "completed", "failed");

    @TempDir Path data;

    private final Map<String, String> seen = new LinkedHashMap<>();
    private final List<String> poison = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "d1, queue, 15",
        "kv, queue, 5",
        "durable-object, queue, 3",
        "d1, workflow, 10",
        "kv, workflow, 3",
        "durable-object, workflow, 3"
    })
    void everyAcknowledgedTaskEndsWhateverIsKilled(String store, String engine, int usual)
            throws Exception {
        int rounds = Integer.getInteger("kill.rounds", usual);
        SplittableRandom random = new SplittableRandom(SEED);
        try {
            for (int round = 0; round < rounds; round++) {
                killedRound(Map.of("STATE_STORE", store, "ENGINE", engine), random, round % 5 == 0);
            }
            lastRound(Map.of("STATE_STORE", store, "ENGINE", engine), rounds);
        } catch (AssertionError | IOException failure) {
            throw new AssertionError("reproduce with -Dkill.seed=" + SEED, failure);
        }
    }

    /** Most processes live until they have acknowledged a task, however slow the machine is. */
    private void killedRound(Map<String, String> binding, SplittableRandom random, boolean early)
            throws Exception {
        long life = random.nextLong(5, 400);
        try (Child child = Child.start(TaskRunner.class, data, binding);
                Client client = new Client(child.url())) {
            look(client, random);
            if (!early) {
                assertTrue(post(client, random), "nobody killed it, and it does not answer");
            }
            Thread killer =
                    Thread.ofVirtual()
                            .start(() -> {
                                LockSupport.parkNanos(Duration.ofMillis(life).toNanos());
                                child.kill();
                            });
            while (post(client, random)) {
                // until the process is gone
            }
            killer.join();
        }
    }

    /** Posts one task and remembers it when it was acknowledged; false once nobody answers. */
    private boolean post(Client client, SplittableRandom random) throws InterruptedException {
        boolean bad = random.nextInt(10) == 0;
        try {
            HttpResponse<String> answer =
                    client.post(bad ? "{\"work\":\"poison\"}" : "{\"work\":\"demo\"}");
            if (answer.statusCode() == 200) {
                String taskId = Client.member(answer.body(), "taskId");
                seen.put(taskId, "pending");
                if (bad) {
                    poison.add(taskId);
                }
            }
            return true;
        } catch (IOException gone) {
            return false;
        }
    }

    /** Looks at some tasks right after a restart: each is there, and none went backwards. */
    private void look(Client client, SplittableRandom random) throws Exception {
        List<String> ids = new ArrayList<>(seen.keySet());
        for (int i = 0; i < Math.min(20, ids.size()); i++) {
            String taskId = ids.get(random.nextInt(ids.size()));
            compare(taskId, client.status(taskId));
        }
    }

    private void compare(String taskId, String now) {
        String before = seen.get(taskId);
        assertTrue(
                ORDER.contains(now), () -> taskId + " was acknowledged and is lost: '" + now + "'");
        assertTrue(
                ORDER.indexOf(now) >= ORDER.indexOf(before)
                        && !(before.equals("completed") && now.equals("failed")),
                () -> taskId + " went from " + before + " back to " + now);
        seen.put(taskId, now);
    }

    private void lastRound(Map<String, String> binding, int rounds) throws Exception {
        try (Child child = Child.start(TaskRunner.class, data, binding);
                Client client = new Client(child.url())) {
            for (String taskId : List.copyOf(seen.keySet())) {
                client.awaitStatus(taskId, Duration.ofMinutes(2), "completed", "failed");
                compare(taskId, client.status(taskId));
            }
            for (String taskId : seen.keySet()) {
                assertEquals(
                        poison.contains(taskId) ? "failed" : "completed", seen.get(taskId), taskId);
            }
            assertTrue(seen.size() >= rounds / 2, "too few tasks were posted: " + seen.size());
            System.out.println(
                    binding
                            + ": "
                            + rounds
                            + " kills, "
                            + seen.size()
                            + " tasks acknowledged, all ended, "
                            + poison.size()
                            + " of them as dead letters");
        }
    }
}
