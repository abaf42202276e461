package dev.flowir.examples.tiletar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.Timeline;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the whole process while it sends an archive. What was begun is brought to its end. */
class KillTest {

    private static final long SEED = Long.getLong("kill.seed", System.nanoTime());
    private static final int ROUNDS = Integer.getInteger("kill.rounds", 1);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir Path folder;

    private record Child(Process process, URI url, HttpClient http) implements AutoCloseable {

        static Child start(Path folder) throws IOException {
            ProcessBuilder java =
                    new ProcessBuilder(
                            ProcessHandle.current().info().command().orElse("java"),
                            "-XX:TieredStopAtLevel=1",
                            "--enable-native-access=ALL-UNNAMED",
                            "-Djava.io.tmpdir=" + folder,
                            "-cp",
                            System.getProperty("java.class.path"),
                            TileTar.class.getName());
            java.environment().put("PORT", "0");
            java.environment().put("DATA_DIR", folder.toString());
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
            URI url = URI.create(line.substring("listening on ".length()));
            return new Child(process, url, HttpClient.newHttpClient());
        }

        String send(String method, String path) throws IOException, InterruptedException {
            HttpRequest request =
                    HttpRequest.newBuilder(url.resolve(path))
                            .timeout(PATIENCE)
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
            http.shutdownNow();
        }
    }

    @Test
    void r2_01_whatAKilledProcessBeganIsBroughtToItsEnd() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            Path data = folder.resolve("round-" + round);
            byte[] expected = fill(data);
            try (Child child = Child.start(data)) {
                assertTrue(child.send("POST", "/plans/house/detections").contains("running"));
                LockSupport.parkNanos(random.nextLong(50_000_000));
            }
            try (Child child = Child.start(data)) {
                long end = System.nanoTime() + PATIENCE.toNanos();
                String state = child.send("GET", "/plans/house");
                while (!state.contains("\"status\":\"complete\"")) {
                    assertTrue(System.nanoTime() < end, "-Dkill.seed=" + SEED + ": " + state);
                    LockSupport.parkNanos(20_000_000);
                    state = child.send("GET", "/plans/house");
                }
                assertTrue(state.contains("\"number\":1,"), "it is the same job: " + state);
            }
            assertArrayEquals(
                    expected, Files.readAllBytes(data.resolve("container").resolve("house.tar")));
        }
    }

    private static byte[] fill(Path data) throws Exception {
        Settings settings = new Settings(0, data, Settings.Bounds.USUAL);
        try (Works works = new Works(settings, Timeline.system())) {
            Manifest manifest =
                    Parts.fill(
                            works.bucket().writer(Scope.outside("test")),
                            "house",
                            177,
                            new byte[20_000]);
            assertEquals(177, manifest.tiles().size());
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            works.archiver().send(manifest, 0, bytes::write, Progress.IGNORED);
            return bytes.toByteArray();
        }
    }
}
