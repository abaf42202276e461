package dev.flowir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.wasm.EdgeApplication;
import dev.flowir.wasm.EdgeRoutes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeCommandTest {

    /** Kept by the builds to come. */
    static final String TOOLS =
            Path.of("..", "host-wasm", "node_modules", "workerd").toAbsolutePath().toString();

    /** A flow of one node as JavaScript, packed. */
    private static final long MOST_BYTES = 40_000;

    @Test
    void runsAnApplicationInWorkerdUntilItIsStopped(@TempDir Path folder) throws Exception {
        try (Serving worker =
                new Serving(
                        "serve",
                        "--edge",
                        "--class",
                        PackageCommandTest.Echo.class.getName(),
                        "--target",
                        "javascript",
                        "--port",
                        "0",
                        "--tools",
                        TOOLS,
                        "-o",
                        folder.resolve("echo").toString())) {
            assertEquals("\"tea\"", worker.post("/echo", "\"tea\"").body());
        }
        long bytes = gzipped(folder.resolve("echo/src"));
        System.out.println("an echo at the edge: " + bytes + " bytes gzip");
        assertTrue(bytes <= MOST_BYTES, "an echo has " + bytes + " bytes");
    }

    /** A flow that fails. */
    public static final class Broken implements EdgeApplication {

        /** For packaging. */
        public Broken() {}

        @Override
        public EdgeRoutes routes() {
            return EdgeRoutes.none()
                    .post(
                            "/broken",
                            Flow.define(
                                    "broken",
                                    "1.0.0",
                                    String.class,
                                    (g, in) ->
                                            g.then(
                                                    in,
                                                    Node.pure(
                                                            "parse",
                                                            String.class,
                                                            Integer.class,
                                                            Integer::parseInt))));
        }
    }

    @Test
    void saysOnTheTerminalWhatTheWorkerLogs(@TempDir Path folder) throws Exception {
        String[] arguments = {
            "serve",
            "--edge",
            "--class",
            Broken.class.getName(),
            "--target",
            "javascript",
            "--port",
            "0",
            "--tools",
            TOOLS,
            "-o",
            folder.resolve("broken").toString()
        };
        Serving worker = new Serving(arguments);
        try (worker) {
            assertEquals(500, worker.post("/broken", "\"tea\"").statusCode());
        }
        assertTrue(worker.err().contains("RUN101"), worker::err);
        assertTrue(worker.err().contains("NumberFormatException"), worker::err);
    }

    private static long gzipped(Path folder) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                ByteArrayOutputStream packed = new ByteArrayOutputStream();
                try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
                    Files.copy(file, out);
                }
                bytes += packed.size();
            }
        }
        return bytes;
    }

    @Test
    void refusesWhatWouldNotRun(@TempDir Path folder) {
        Path project = folder.resolve("echo");
        Shell named =
                Shell.flow(
                        "serve",
                        "--edge",
                        "--class",
                        PackageCommandTest.Echo.class.getName(),
                        "--name",
                        "No Name",
                        "-o",
                        project.toString());
        assertEquals(ExitCode.INVALID, named.exitCode());
        assertTrue(named.err().startsWith("EDGE101: "), named.err());
        Shell plain = Shell.flow("serve", "--class", PackageCommandTest.Echo.class.getName());
        assertEquals(ExitCode.UNREADABLE, plain.exitCode());
        assertTrue(plain.err().contains("--edge"), plain.err());
        String echo = PackageCommandTest.Echo.class.getName();
        Shell here = Shell.flow("serve", echo, "--service", "model=http://localhost:1");
        assertEquals(ExitCode.UNREADABLE, here.exitCode());
        assertTrue(here.err().contains("say --edge"), here.err());
        Shell nowhere = Shell.flow("serve", "--edge", "--class", echo, "--service", "model=a");
        assertEquals(ExitCode.UNREADABLE, nowhere.exitCode());
        assertTrue(nowhere.err().contains("worker 'model'"), nowhere.err());
    }
}
