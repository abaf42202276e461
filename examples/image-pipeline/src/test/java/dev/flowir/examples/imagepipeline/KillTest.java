package dev.flowir.examples.imagepipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the whole process at random moments while pictures are uploaded. Every picture that was
 * acknowledged has its labels in the end, and each was paid once.
 */
class KillTest {

    private static final long SEED = Long.getLong("kill.seed", System.nanoTime());
    private static final int ROUNDS = Integer.getInteger("kill.rounds", 2);

    @TempDir Path folder;
    private final List<String> stored = new ArrayList<>();
    private int next;

    @Test
    void r0_02_everyPictureThatWasStoredHasItsLabelsWhateverIsKilled() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        try (FakeModel model = FakeModel.start()) {
            for (int round = 0; round < ROUNDS; round++) {
                killed(model, random.nextLong(20, 600));
            }
            try (Child child = Child.start(folder, model.url(), Map.of());
                    Web web = new Web(child.url())) {
                for (String name : stored) {
                    web.await(
                            "/organizations/" + name + "/classifications",
                            body -> body.contains("\"succeeded\""));
                    assertTrue(web.classifications(name).contains(best(name)), name);
                }
                web.await("/metrics", body -> body.contains("\"classifyCalls\":" + model.paid()));
            }
            long pictures =
                    model.requests().stream().map(FakeModel.Request::latin1).distinct().count();
            assertEquals(pictures, model.paid(), "one picture is paid once");
            System.out.println(
                    ROUNDS
                            + " kills, "
                            + stored.size()
                            + " pictures acknowledged, all have labels, "
                            + model.paid()
                            + " paid, "
                            + model.requests().size()
                            + " requests");
        } catch (AssertionError | IOException failure) {
            throw new AssertionError("reproduce with -Dkill.seed=" + SEED, failure);
        }
    }

    private void killed(FakeModel model, long lifeMillis) throws Exception {
        try (Child child = Child.start(folder, model.url(), Map.of());
                Web web = new Web(child.url())) {
            assertTrue(stores(web), "nobody killed it, and it stores nothing");
            Thread killer =
                    Thread.ofVirtual()
                            .start(() -> {
                                LockSupport.parkNanos(Duration.ofMillis(lifeMillis).toNanos());
                                child.process().destroyForcibly();
                            });
            while (stores(web)) {
                // until the process is gone
            }
            killer.join();
        }
    }

    /** Stores one picture, of an organization of its own; false once nobody answers. */
    private boolean stores(Web web) throws InterruptedException {
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

    private static String best(String name) {
        return FakeModel.best(Bench.png(name));
    }
}
