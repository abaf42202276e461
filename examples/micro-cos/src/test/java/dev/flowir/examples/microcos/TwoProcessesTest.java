package dev.flowir.examples.microcos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.testing.SharedServers;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes that share Redis and S3, by variables alone, and one of them is killed. */
class TwoProcessesTest {

    private static final String PARIS = "{\"title\":\"Trip to Paris\",\"date\":\"2026-12-24\"}";

    private static SharedServers servers;

    @BeforeAll
    static void serve(@TempDir Path place) throws IOException {
        servers = SharedServers.start(place);
    }

    @AfterAll
    static void leave() {
        servers.close();
    }

    private static Map<String, String> binding(Map<String, String> more) throws IOException {
        Map<String, String> variables = new HashMap<>(servers.variables());
        variables.putAll(more);
        return variables;
    }

    private static void accepted(HttpResponse<String> reply) {
        assertEquals(202, reply.statusCode(), reply.body());
    }

    @Test
    void r4_25_aToolThatOneProcessGaveUpIsLeftAloneByTheOtherWhichHasWhatThatOneFound(
            @TempDir Path here, @TempDir Path there) throws Exception {
        Map<String, String> binding = binding(Map.of("CIRCUIT_OPEN_MS", "3600000"));
        try (LocalModel model = LocalModel.start();
                LocalTools tools = LocalTools.start();
                HttpClient client = HttpClient.newHttpClient();
                Child other = Child.start(there, model, tools, binding)) {
            try (Child one = Child.start(here, model, tools, binding)) {
                accepted(one.post(client, "/chats/ada/calendar", PARIS));
                one.follow(client, "ada", "Flights found for Paris trip");
                // two calls of a session and one of the tool went well: three more make half
                for (int i = 0; i < 3; i++) {
                    tools.order(Search.FLIGHTS_SEARCH, new LocalTools.Fault.Status(500));
                }
                accepted(one.post(client, "/chats/amy/calendar", PARIS));
                one.follow(client, "amy", "flights: unavailable, found before");
                accepted(one.post(client, "/chats/ann/messages", "{\"text\":\"hello\"}"));
            }
            assertEquals(4, tools.calls(Search.FLIGHTS_SEARCH));
            accepted(other.post(client, "/chats/bob/calendar", PARIS));
            String card = other.follow(client, "bob", "flights: circuit_open, found before");
            assertTrue(card.contains("Flights found for Paris trip"), card);
            assertTrue(card.contains("FL-200"), card);
            try (Child again = Child.start(here, model, tools, binding)) {
                again.follow(client, "ann", "You said: hello I have made a note of it");
                accepted(again.post(client, "/chats/art/calendar", PARIS));
                again.follow(client, "art", "flights: circuit_open, found before");
            }
            assertEquals(4, tools.calls(Search.FLIGHTS_SEARCH), "nobody asked again");
        }
    }

    /** A bucket of one action that fills in a minute: who acts at once elsewhere is refused. */
    @Test
    void actionsAreCountedForAllProcessesTogether(@TempDir Path here, @TempDir Path there)
            throws Exception {
        Map<String, String> binding = binding(Map.of("ACTIONS_PER_MINUTE", "1"));
        try (LocalModel model = LocalModel.start();
                LocalTools tools = LocalTools.start();
                HttpClient client = HttpClient.newHttpClient();
                Child one = Child.start(here, model, tools, binding);
                Child other = Child.start(there, model, tools, binding)) {
            long startNanos = System.nanoTime();
            accepted(one.post(client, "/chats/ada/tasks", "{\"title\":\"one\"}"));
            HttpResponse<String> refused =
                    other.post(client, "/chats/ada/tasks", "{\"title\":\"two\"}");
            long secondsBetween = (System.nanoTime() - startNanos) / 1_000_000_000;
            // where the two lie a minute apart, both are allowed
            assertTrue(refused.statusCode() == 429 || secondsBetween >= 60, refused::body);
            accepted(other.post(client, "/chats/bob/tasks", "{\"title\":\"three\"}"));
        }
    }

    /** Processes have a name each, and keep it: their archives never mix. */
    @Test
    void r4_15_chatsOfOneNameInTwoProcessesHaveArchivesOfTheirOwn(
            @TempDir Path here, @TempDir Path there) throws Exception {
        Map<String, String> binding = binding(Map.of());
        try (Cos one = Cos.in(here, binding, same -> same);
                Cos other = Cos.in(there, binding, same -> same)) {
            one.running().archive().put("chat/ada", new byte[] {1});
            other.running().archive().put("chat/ada", new byte[] {2});
            one.restart();
            assertEquals(1, one.running().archive().get("chat/ada").orElseThrow()[0]);
            assertEquals(2, other.running().archive().get("chat/ada").orElseThrow()[0]);
            assertTrue(Files.size(here.resolve("name")) > 0);
        }
    }
}
