package dev.flowir.examples.taskrunner;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
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

    @TempDir Path data;

    private final Posted posted = new Posted();

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
            posted.look(client, random);
            if (!early) {
                assertTrue(posted.post(client, random), "nobody killed it, and it does not answer");
            }
            Thread killer =
                    Thread.ofVirtual()
                            .start(() -> {
                                LockSupport.parkNanos(Duration.ofMillis(life).toNanos());
                                child.kill();
                            });
            while (posted.post(client, random)) {
                // until the process is gone
            }
            killer.join();
        }
    }

    private void lastRound(Map<String, String> binding, int rounds) throws Exception {
        try (Child child = Child.start(TaskRunner.class, data, binding);
                Client client = new Client(child.url())) {
            posted.awaitEnds(client);
            assertTrue(posted.size() >= rounds / 2, "too few tasks were posted: " + posted.size());
            System.out.println(binding + ": " + rounds + " kills, " + posted);
        }
    }
}
