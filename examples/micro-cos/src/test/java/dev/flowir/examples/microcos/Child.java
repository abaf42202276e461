package dev.flowir.examples.microcos;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** The application as a process of its own; closing kills it. */
record Child(Process process, URI url) implements AutoCloseable {

    static Child start(Path data, LocalModel model, LocalTools tools, Map<String, String> more)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.io.tmpdir=" + data,
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MicroCos.class.getName());
        builder.environment()
                .putAll(
                        Map.of(
                                "PORT", "0",
                                "DATA_DIR", data.toString(),
                                "MODEL_URL", model.url(),
                                "TOOLS_URL", tools.url()));
        builder.environment().putAll(more);
        Process process = builder.redirectErrorStream(true).start();
        BufferedReader lines = process.inputReader();
        StringBuilder said = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
            int at = line.indexOf("http://localhost:");
            if (at >= 0) {
                Thread.ofVirtual().start(() -> lines.lines().forEach(rest -> {}));
                return new Child(process, URI.create(line.substring(at).strip()));
            }
        }
        throw new AssertionError("it did not start:\n" + said);
    }

    HttpResponse<String> post(HttpClient client, String path, String body)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(url.resolve(path))
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    String chat(HttpClient client, String user) throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(url.resolve("/chats/" + user)).build(),
                        BodyHandlers.ofString())
                .body();
    }

    /** Follows a chat until its state or an event has a text in it, and gives that line. */
    String follow(HttpClient client, String user, String wanted)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(url.resolve("/chats/" + user + "/events"))
                        .header("accept", "text/event-stream")
                        .timeout(Cos.PATIENCE)
                        .build();
        HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null && !line.contains(wanted)) {
                line = lines.readLine();
            }
            assertTrue(line != null, "the stream ended without " + wanted);
            return line;
        }
    }

    /** Kills it. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
