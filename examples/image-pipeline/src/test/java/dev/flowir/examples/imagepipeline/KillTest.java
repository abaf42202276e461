package dev.flowir.examples.imagepipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
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

    /** The image pipeline as a process of its own. */
    private record Child(Process process, URI url) implements AutoCloseable {

        static Child start(Path folder, URI models) throws IOException {
            ProcessBuilder java =
                    new ProcessBuilder(
                            ProcessHandle.current().info().command().orElse("java"),
                            "-XX:TieredStopAtLevel=1",
                            "--enable-native-access=ALL-UNNAMED",
                            "-Djava.io.tmpdir=" + folder,
                            "-cp",
                            System.getProperty("java.class.path"),
                            ImagePipeline.class.getName());
            java.environment()
                    .putAll(
                            Map.of(
                                    "PORT",
                                    "0",
                                    "DATA_DIR",
                                    folder.toString(),
                                    "BATCH_TIMEOUT_MS",
                                    "20",
                                    "CLASSIFIER_URL",
                                    models.toString()));
            Process process = java.redirectErrorStream(true).start();
            BufferedReader says = process.inputReader();
            StringBuilder said = new StringBuilder();
            String line = says.readLine();
            while (line != null && !line.startsWith("listening on ")) {
                said.append(line).append('\n');
                line = says.readLine();
            }
            if (line == null) {
                throw new AssertionError("it did not start:\n" + said);
            }
            Thread.ofVirtual().start(() -> says.lines().forEach(rest -> {}));
            return new Child(process, URI.create(line.substring("listening on ".length())));
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }

    @Test
    void r0_02_everyPictureThatWasStoredHasItsLabelsWhateverIsKilled() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        try (FakeModel model = FakeModel.start()) {
            for (int round = 0; round < ROUNDS; round++) {
                killed(model, random.nextLong(20, 600));
            }
            try (Child child = Child.start(folder, model.url());
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
        try (Child child = Child.start(folder, model.url());
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
