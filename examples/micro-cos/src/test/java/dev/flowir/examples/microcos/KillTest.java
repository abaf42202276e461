package dev.flowir.examples.microcos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application as a process of its own, killed while a model speaks. */
class KillTest {

    @TempDir Path data;

    @Test
    void r4_27_aProcessThatIsKilledWhileItAnswersHasAnsweredOnceInTheEnd() throws Exception {
        try (LocalModel model = LocalModel.start();
                LocalTools tools = LocalTools.start();
                HttpClient client = HttpClient.newHttpClient()) {
            for (int i = 0; i < 2; i++) {
                model.order(new LocalModel.Fault.CutAfter(5));
            }
            Process first = start(model, tools);
            URI there = listening(first);
            try {
                HttpResponse<String> posted =
                        client.send(
                                HttpRequest.newBuilder(there.resolve("/chats/ada/messages"))
                                        .header("content-type", "application/json")
                                        .POST(
                                                BodyPublishers.ofString(
                                                        "{\"text\":\"hello\",\"eventId\":\"op\"}"))
                                        .build(),
                                BodyHandlers.ofString());
                assertEquals(202, posted.statusCode(), posted.body());
                follow(client, there, "llm.token");
            } finally {
                first.destroyForcibly().waitFor();
            }
            Process second = start(model, tools);
            try {
                URI here = listening(second);
                follow(client, here, "You said: hello I have made a note of it");
                String chat =
                        client.send(
                                        HttpRequest.newBuilder(here.resolve("/chats/ada")).build(),
                                        BodyHandlers.ofString())
                                .body();
                assertEquals(2, chat.split("\"role\":\"ASSISTANT\"", -1).length, chat);
                assertTrue(chat.contains("\"drafts\":[]"), chat);
            } finally {
                second.destroyForcibly().waitFor();
            }
        }
    }

    /** Follows the chat until a finished message or an event has a text in it. */
    private static void follow(HttpClient client, URI there, String wanted) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(there.resolve("/chats/ada/events"))
                        .header("accept", "text/event-stream")
                        .timeout(Cos.PATIENCE)
                        .build();
        HttpResponse<java.io.InputStream> answer =
                client.send(request, BodyHandlers.ofInputStream());
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null && !line.contains(wanted)) {
                line = lines.readLine();
            }
            assertTrue(line != null, "the stream ended without " + wanted);
        }
    }

    private Process start(LocalModel model, LocalTools tools) throws IOException {
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
        return builder.redirectErrorStream(true).start();
    }

    private static URI listening(Process process) throws IOException {
        BufferedReader lines = process.inputReader();
        StringBuilder said = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
            int at = line.indexOf("http://localhost:");
            if (at >= 0) {
                Thread.ofVirtual().start(() -> lines.lines().forEach(rest -> {}));
                return URI.create(line.substring(at).strip());
            }
        }
        throw new AssertionError("it did not start:\n" + said);
    }
}
