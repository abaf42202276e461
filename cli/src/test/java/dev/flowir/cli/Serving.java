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
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** A {@code flow serve} that runs, in this process, until it is closed; then it has ended well. */
final class Serving implements AutoCloseable {

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final HttpClient client = HttpClient.newHttpClient();
    private final PipedInputStream said = new PipedInputStream();
    private final FutureTask<Integer> ending;
    private final Thread thread;
    private final URI address;

    /**
     * Starts it, and waits for its address.
     *
     * @param arguments after {@code flow}
     */
    Serving(String... arguments) throws IOException {
        Console console =
                new Console(
                        new ByteArrayInputStream(new byte[0]),
                        Console.utf8(new PipedOutputStream(said)),
                        Console.utf8(err),
                        false);
        ending = new FutureTask<>(() -> Main.run(console, arguments));
        thread = Thread.ofPlatform().daemon().start(ending);
        String line =
                new BufferedReader(new InputStreamReader(said, StandardCharsets.UTF_8)).readLine();
        address = URI.create(String.valueOf(line));
    }

    /** Posts JSON. */
    HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(address.resolve(path))
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.ofString());
    }

    /** What it said beside its address, all of it once it is closed. */
    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        client.shutdownNow();
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(60));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        said.close();
        assertTrue(ending.isDone(), err::toString);
        assertEquals(0, ending.resultNow(), err::toString);
    }
}
