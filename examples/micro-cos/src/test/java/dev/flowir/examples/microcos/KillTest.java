package dev.flowir.examples.microcos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
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
            try (Child first = Child.start(data, model, tools, Map.of())) {
                HttpResponse<String> posted =
                        first.post(
                                client,
                                "/chats/ada/messages",
                                "{\"text\":\"hello\",\"eventId\":\"op\"}");
                assertEquals(202, posted.statusCode(), posted.body());
                first.follow(client, "ada", "llm.token");
            }
            try (Child second = Child.start(data, model, tools, Map.of())) {
                second.follow(client, "ada", "You said: hello I have made a note of it");
                String chat = second.chat(client, "ada");
                assertEquals(2, chat.split("\"role\":\"ASSISTANT\"", -1).length, chat);
                assertTrue(chat.contains("\"drafts\":[]"), chat);
            }
        }
    }
}
