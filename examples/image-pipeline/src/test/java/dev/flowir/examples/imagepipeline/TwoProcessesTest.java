package dev.flowir.examples.imagepipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.testing.SharedServers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes share pictures, queue and pace on servers; tables, runs and objects are in the
 * store of each.
 */
class TwoProcessesTest {

    private static final long SEED = Long.getLong("kill.seed", System.nanoTime());

    private static SharedServers servers;

    @TempDir Path steadys;
    @TempDir Path killeds;
    private int next;

    @BeforeAll
    static void serve(@TempDir Path place) throws IOException {
        servers = SharedServers.start(place);
    }

    @AfterAll
    static void leave() {
        servers.close();
    }

    /**
     * One is killed while pictures come to both. What it had begun is in its store, and goes on
     * when it is started again; all else is done by the other meanwhile.
     */
    @Test
    void r0_02_everyPictureHasItsLabelsAtOneOfTheTwoThoughOneWasKilled() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        Map<String, String> binding = Bench.shared(servers);
        List<String> stored = new ArrayList<>();
        try (FakeModel model = FakeModel.start();
                Child steady = Child.start(steadys, model.url(), binding);
                Web there = new Web(steady.url())) {
            try (Child killed = Child.start(killeds, model.url(), binding);
                    Web here = new Web(killed.url())) {
                for (int i = 0; i < 4; i++) {
                    assertTrue(stores(here, stored) && stores(there, stored));
                }
                long lifeMillis = random.nextLong(5, 400);
                Thread killer =
                        Thread.ofVirtual()
                                .start(() -> {
                                    LockSupport.parkNanos(Duration.ofMillis(lifeMillis).toNanos());
                                    killed.process().destroyForcibly();
                                });
                while (stores(here, stored)) {
                    assertTrue(stores(there, stored));
                }
                killer.join();
            }
            String elsewhere = "/images/" + stored.getFirst() + "/p.png";
            assertEquals(200, there.get(elsewhere).statusCode(), "put there, read here");
            assertTrue(stores(there, stored), "who is left goes on");
            there.await(
                    "/organizations/" + stored.getLast() + "/classifications",
                    body -> body.contains("\"succeeded\""));
            try (Child again = Child.start(killeds, model.url(), binding);
                    Web here = new Web(again.url())) {
                for (String name : stored) {
                    awaitLabels(name, here, there);
                }
            }
            List<String> asked = model.requests().stream().map(FakeModel.Request::latin1).toList();
            for (String name : stored) {
                assertTrue(asked.contains(latin1(name)), name);
            }
            assertEquals(
                    asked.stream().distinct().count(),
                    model.paid(),
                    "one picture is paid once, also where both processes ask");
            System.out.println(
                    "two processes, one killed: "
                            + stored.size()
                            + " pictures acknowledged, all have labels, "
                            + model.requests().size()
                            + " requests");
        } catch (AssertionError | IOException failure) {
            throw new AssertionError("reproduce with -Dkill.seed=" + SEED, failure);
        }
    }

    private static String latin1(String name) {
        return new String(Bench.png(name), StandardCharsets.ISO_8859_1);
    }

    /** Stores one picture, of an organization of its own; false once nobody answers. */
    private boolean stores(Web web, List<String> stored) throws InterruptedException {
        String name = "o" + next++;
        try {
            if (web.upload(name, "p.png", Bench.png(name)).statusCode() == 201) {
                stored.add(name);
            }
            return true;
        } catch (IOException gone) {
            return false;
        }
    }

    private static boolean hasLabels(Web web, String name)
            throws IOException, InterruptedException {
        String rows = web.classifications(name);
        return rows.contains("\"succeeded\"") && rows.contains(FakeModel.best(Bench.png(name)));
    }

    private static void awaitLabels(String name, Web here, Web there)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + Bench.PATIENCE.toNanos();
        while (!hasLabels(here, name) && !hasLabels(there, name)) {
            assertTrue(System.nanoTime() < end, () -> "nobody has labels of " + name);
            LockSupport.parkNanos(20_000_000);
        }
    }

    @Test
    void aSecondProcessOnTheSameStoreIsRefusedByName() throws Exception {
        Map<String, String> binding = Bench.shared(servers);
        try (FakeModel model = FakeModel.start();
                Child first = Child.start(steadys, model.url(), binding)) {
            AssertionError refused =
                    assertThrows(
                            AssertionError.class, () -> Child.start(steadys, model.url(), binding));
            String said = String.valueOf(refused.getMessage());
            assertTrue(said.contains("image-pipeline.db"), said);
            assertTrue(first.process().isAlive());
        }
    }
}
