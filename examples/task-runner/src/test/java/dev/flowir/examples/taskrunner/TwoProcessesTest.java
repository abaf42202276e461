package dev.flowir.examples.taskrunner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes share keys, their queue and limits on a server; each has a store of its own. */
class TwoProcessesTest {

    private static final long SEED = Long.getLong("kill.seed", System.nanoTime());
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static SharedServer server;

    @TempDir Path data;

    @BeforeAll
    static void serve(@TempDir Path folder) throws Exception {
        server = SharedServer.start(folder);
    }

    @AfterAll
    static void leave() {
        server.close();
    }

    private Path folder(String name) throws IOException {
        return Files.createDirectories(data.resolve(name));
    }

    private static Map<String, String> with(Map<String, String> binding, String key, String value) {
        Map<String, String> more = new HashMap<>(binding);
        more.put(key, value);
        return more;
    }

    /** Its lease is long, so that nobody who is slow loses one that is at work. */
    @Test
    void row0104_theOtherProcessFinishesWhatAKilledOneHeldAndNothingTwice() throws Exception {
        Map<String, String> binding =
                server.binding(Map.of("STATE_STORE", "kv", "LEASE_MS", "8000"));
        List<String> ids = new ArrayList<>();
        try (Child other = Child.start(Recording.class, folder("other"), binding);
                Client there = new Client(other.url())) {
            List<String> held;
            try (Child holding =
                            Child.start(
                                    Recording.class,
                                    folder("holding"),
                                    with(binding, Recording.HOLD, "yes"));
                    Client here = new Client(holding.url())) {
                Client.await(
                        "a task to be with the one who never gets done",
                        PATIENCE,
                        () -> {
                            try {
                                ids.add(here.accepted("{}"));
                                ids.add(there.accepted("{}"));
                                return !Recording.begun(data.resolve("holding")).isEmpty();
                            } catch (IOException failure) {
                                throw new UncheckedIOException(failure);
                            } catch (InterruptedException interrupted) {
                                throw new AssertionError(interrupted);
                            }
                        });
            } // killed
            held = Recording.begun(data.resolve("holding"));
            for (String taskId : held) {
                assertEquals("processing", there.status(taskId), "nobody else has it yet");
            }
            for (String taskId : ids) {
                there.awaitStatus(taskId, PATIENCE, "completed");
            }
            List<String> done = new ArrayList<>(Recording.begun(data.resolve("other")));
            assertTrue(done.containsAll(held), "what was held is done by the other");
            Collections.sort(done);
            Collections.sort(ids);
            assertEquals(ids, done, "each task is worked on to its end once");
            assertEquals("{\"letters\":[]}", there.get("/dead-letters").body());
        }
    }

    @Test
    void row0104_everyAcknowledgedTaskEndsWhicheverProcessIsKilled() throws Exception {
        Map<String, String> binding =
                server.binding(Map.of("STATE_STORE", "kv", "LEASE_MS", "2000"));
        SplittableRandom random = new SplittableRandom(SEED);
        Posted posted = new Posted();
        try (Child steady = Child.start(TaskRunner.class, folder("steady"), binding);
                Client there = new Client(steady.url())) {
            for (int round = 0; round < 3; round++) {
                Path same = folder("killed");
                try (Child killed = Child.start(TaskRunner.class, same, binding);
                        Client here = new Client(killed.url())) {
                    posted.look(here, random);
                    for (int i = 0; i < 5; i++) {
                        assertTrue(posted.post(here, random) && posted.post(there, random));
                    }
                    long life = random.nextLong(5, 400);
                    Thread killer =
                            Thread.ofVirtual()
                                    .start(() -> {
                                        LockSupport.parkNanos(Duration.ofMillis(life).toNanos());
                                        killed.kill();
                                    });
                    while (posted.post(here, random)) {
                        assertTrue(posted.post(there, random));
                    }
                    killer.join();
                }
                if (round == 1) {
                    server.server().kill();
                    server.server().startAgain();
                    awaitAccepted(posted, there, random);
                }
                posted.look(there, random);
            }
            posted.awaitEnds(there);
            assertTrue(posted.size() >= 30, "too few tasks were posted: " + posted.size());
            System.out.println("two processes: 3 kills and one of the server, " + posted);
        } catch (AssertionError | IOException failure) {
            throw new AssertionError("reproduce with -Dkill.seed=" + SEED, failure);
        }
    }

    private static void awaitAccepted(Posted posted, Client there, SplittableRandom random) {
        int before = posted.size();
        Client.await(
                "a post to be accepted again",
                PATIENCE,
                () -> {
                    try {
                        return posted.post(there, random) && posted.size() > before;
                    } catch (InterruptedException interrupted) {
                        throw new AssertionError(interrupted);
                    }
                });
    }

    @Test
    void aSecondProcessOnTheSameStoreIsRefusedByName() throws Exception {
        Map<String, String> binding = server.binding(Map.of("STATE_STORE", "kv"));
        try (Child first = Child.start(TaskRunner.class, folder("same"), binding)) {
            AssertionError refused =
                    assertThrows(
                            AssertionError.class,
                            () -> Child.start(TaskRunner.class, folder("same"), binding));
            String said = String.valueOf(refused.getMessage());
            assertTrue(said.contains("task-runner-dev.db"), said);
            assertFalse(said.contains("\tat "), said);
            assertTrue(first.process().isAlive());
        }
    }

    @Test
    void aServerThatIsNotThereIsNamedAtStart() {
        AssertionError refused =
                assertThrows(
                        AssertionError.class,
                        () ->
                                Child.start(
                                        TaskRunner.class,
                                        folder("alone"),
                                        Map.of(
                                                "STATE_STORE", "kv",
                                                "REDIS_URL", "redis://127.0.0.1:1")));
        String said = String.valueOf(refused.getMessage());
        assertTrue(said.contains("[REDIS101]"), said);
        assertFalse(said.contains("\tat "), said);
    }
}
