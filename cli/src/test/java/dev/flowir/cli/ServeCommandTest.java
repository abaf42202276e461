package dev.flowir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeCommandTest {

    /** Kept by the builds to come. */
    static final String TOOLS =
            Path.of("..", "host-wasm", "node_modules", "workerd").toAbsolutePath().toString();

    /** A flow of one node as JavaScript, packed. The goal of 40 KB is not reached. */
    private static final long MOST_BYTES = 136_000;

    @Test
    void runsAnApplicationInWorkerdUntilItIsStopped(@TempDir Path folder) throws Exception {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (PipedInputStream said = new PipedInputStream();
                PipedOutputStream out = new PipedOutputStream(said);
                HttpClient client = HttpClient.newHttpClient()) {
            Console console =
                    new Console(
                            new ByteArrayInputStream(new byte[0]),
                            Console.utf8(out),
                            Console.utf8(err),
                            false);
            FutureTask<Integer> serving =
                    new FutureTask<>(() ->
                            Main.run(
                                    console,
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
                                    folder.resolve("echo").toString()));
            Thread server = Thread.ofPlatform().daemon().start(serving);
            String address =
                    new BufferedReader(new InputStreamReader(said, StandardCharsets.UTF_8))
                            .readLine();
            HttpResponse<String> answer =
                    client.send(
                            HttpRequest.newBuilder(URI.create(address).resolve("/echo"))
                                    .header("content-type", "application/json")
                                    .POST(BodyPublishers.ofString("\"tea\""))
                                    .build(),
                            BodyHandlers.ofString());
            assertEquals("\"tea\"", answer.body());
            server.interrupt();
            server.join(TimeUnit.SECONDS.toMillis(60));
            assertTrue(serving.isDone(), err::toString);
        }
        long bytes = gzipped(folder.resolve("echo/src"));
        System.out.println("an echo at the edge: " + bytes + " bytes gzip");
        assertTrue(bytes <= MOST_BYTES, "an echo has " + bytes + " bytes");
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
    }
}
