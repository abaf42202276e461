package dev.flowir.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.queue.Queues;
import dev.flowir.testing.HostNotes;
import dev.flowir.wasm.build.LocalWorker;
import dev.flowir.wasm.build.Target;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Messages and schedules in miniflare, with the configuration that packaging writes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EdgeEventsSuite {

    /** Long enough for any machine; a limit is only for hangs. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Target target;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private LocalWorker workerd;

    @SuppressWarnings("NullAway.Init") // started before the first test
    EdgeEventsSuite(Target target) {
        this.target = target;
    }

    @BeforeAll
    void start() throws Exception {
        workerd = Workers.run(Workers.build(EventWorker.class, target), log::add);
    }

    @AfterAll
    void stop() throws IOException {
        client.close();
        workerd.close();
    }

    private URI at(String path) {
        return workerd.address().resolve(path);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(at(path)).timeout(LIMIT).build(), BodyHandlers.ofString());
    }

    private String send(String sending) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(at("/send"))
                        .timeout(LIMIT)
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString(sending))
                        .build();
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        assertEquals(200, response.statusCode(), response::body);
        return response.body();
    }

    /** Lines with {@code word} in them, once there are as many as wanted. */
    private List<String> notes(String word, int times) throws Exception {
        long giveUp = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            String all = get("/notes").body();
            List<String> found =
                    Stream.of(all.substring(2, Math.max(2, all.length() - 2)).split("\",\"", -1))
                            .filter(line -> line.contains(word))
                            .toList();
            if (found.size() >= times) {
                return found;
            }
            assertTrue(System.nanoTime() < giveUp, all);
        }
    }

    @Test
    void q04_q05_q11_q15_eachMessageIsSettledByItselfAndPoisonDiesAfterItsRetries()
            throws Exception {
        assertEquals(
                "{\"fault\":\"\"}",
                send(
                        """
                        {"bodies": ["{\\"sku\\":\\"good-1\\",\\"amount\\":1}",
                                    "{\\"sku\\":\\"poison\\",\\"amount\\":2}",
                                    "{\\"sku\\":\\"good-2\\",\\"amount\\":3}"]}
                        """));
        assertEquals(1, notes("dead {\\\"sku\\\":\\\"poison\\\",\\\"amount\\\":2}", 1).size());
        List<String> poison = notes("poison 2 as take/", 3);
        assertEquals(3, poison.size());
        // The id of the run is that of the message, so its effects have one key for all deliveries.
        assertEquals(1, new TreeSet<>(poison).size(), poison::toString);
        assertEquals(1, notes("good-1", 1).size());
        assertEquals(1, notes("good-2", 1).size());
    }

    @Test
    void q10_theWaitBeforeARetryGrowsWithTheDeliveriesUpToItsLongest() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(at("/grown"))
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString("1"))
                        .build();
        assertEquals(200, client.send(request, BodyHandlers.ofString()).statusCode());
        List<Long> times =
                notes("grown at ", 4).stream()
                        .map(line -> Long.parseLong(line.substring("grown at ".length())))
                        .toList();
        assertEquals(4, times.size());
        for (int i = 1; i < 4; i++) { // after 1, 2 and 3 s; the platform may be later
            long waited = times.get(i) - times.get(i - 1);
            assertTrue(waited >= 1000L * i - 50, times::toString);
        }
        for (int attempt = 1; attempt <= 4; attempt++) {
            JsonValue.Obj line = logged("failed at attempt " + attempt + ": ", "grow");
            assertEquals("grow", text(line, "flow"));
            assertEquals("grow", text(line, "node"));
            assertEquals("RUN101", text(line, "code"));
            assertEquals("grown", text(line, "queue"));
            assertEquals(32, text(line, "lf.event_id").length(), line::toString);
            assertEquals(
                    String.join(",", new TreeSet<>(HostNotes.TOKEN.effectHints())),
                    text(line, "hints"));
        }
    }

    @Test
    void ob03_aLineAboutARunSaysFlowRequestNodeItsHintsAndTheKindOfTheFault() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(at("/grown"))
                        .header("content-type", "application/json")
                        .header("x-request-id", "too-large")
                        .POST(BodyPublishers.ofString("\"" + "x".repeat(200_000) + "\""))
                        .build();
        assertEquals(500, client.send(request, BodyHandlers.ofString()).statusCode());
        JsonValue.Obj line = logged("run failed: ", "too-large");
        assertEquals("send-grown", text(line, "flow"));
        assertEquals("send-grown", text(line, "node"));
        assertEquals("RUN101", text(line, "code"));
        assertEquals("too-large", text(line, "lf.request_id"));
        assertEquals("TOO_LARGE", text(line, "fault"));
        assertEquals(
                String.join(",", new TreeSet<>(Queues.publisher("GROWN").effectHints())),
                text(line, "hints"));
    }

    /** The line of the log with these words, when it has come. */
    private JsonValue.Obj logged(String... words) throws Exception {
        long giveUp = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            for (String line : log) {
                if (Stream.of(words).allMatch(line::contains)) {
                    return (JsonValue.Obj)
                            JsonCodecs.strict()
                                    .of(Type.of(JsonValue.class))
                                    .decode(line.getBytes(UTF_8));
                }
            }
            assertTrue(System.nanoTime() < giveUp, log::toString);
            get("/notes");
        }
    }

    private static String text(JsonValue.Obj line, String name) {
        JsonValue value = line.members().get(name);
        assertTrue(value instanceof JsonValue.Text, () -> name + " in " + line);
        return ((JsonValue.Text) value).value();
    }

    @Test
    void aMessageThatIsNoInputDiesWithoutARun() throws Exception {
        send("{\"bodies\": [\"{\\\"wrong\\\":1}\"]}");
        assertEquals(1, notes("dead {\\\"wrong\\\":1}", 1).size());
    }

    @Test
    void rt06_aRunBeyondTheEventBudgetIsStoppedAndItsMessageComesAgain() throws Exception {
        send("{\"bodies\": [\"{\\\"sku\\\":\\\"slow\\\",\\\"amount\\\":9}\"]}");
        assertEquals(3, notes("slow 9 as", 3).size());
        assertEquals(1, notes("dead {\\\"sku\\\":\\\"slow\\\"", 1).size());
    }

    @Test
    void q19_q20_whatBreaksALimitIsRefusedBeforeItLeaves() throws Exception {
        String order = "\"{\\\"sku\\\":\\\"none\\\",\\\"amount\\\":1}\"";
        assertEquals(
                "{\"fault\":\"BAD_DELAY\"}",
                send("{\"delaySeconds\": 86401, \"bodies\": [" + order + "]}"));
        assertEquals(
                "{\"fault\":\"TOO_MANY_IN_BATCH\"}",
                send("{\"times\": 101, \"bodies\": [" + order + "]}"));
        assertEquals(
                "{\"fault\":\"MESSAGE_TOO_LARGE\"}",
                send("{\"bodies\": [\"\\\"" + "x".repeat(128_001) + "\\\"\"]}"));
        assertEquals("{\"fault\":\"EMPTY_BATCH\"}", send("{\"bodies\": []}"));
        assertEquals("{\"fault\":\"BODY_NOT_JSON\"}", send("{\"bodies\": [\"{\"]}"));
        send("{\"bodies\": [\"{\\\"sku\\\":\\\"last\\\",\\\"amount\\\":1}\"]}");
        notes("last", 1);
        assertEquals(List.of(), notes("none", 0));
    }

    private HttpResponse<String> fire(String cron, long millis) throws Exception {
        return get(
                "/cdn-cgi/handler/scheduled?time="
                        + millis
                        + "&cron="
                        + URLEncoder.encode(cron, StandardCharsets.UTF_8));
    }

    @Test
    void cr05_cr09_aMomentRunsItsFlowUnderAnIdOfItsOwn() throws Exception {
        assertEquals("ok", fire(EventWorker.HOURLY, 1_800_000_000_000L).body());
        assertEquals("ok", fire(EventWorker.HOURLY, 1_800_000_000_000L).body());
        List<String> ticks = notes("tick 2027", 2);
        assertEquals(
                List.of(
                        "tick 2027-01-15T08:00:00Z in tick@1800000000000",
                        "tick 2027-01-15T08:00:00Z in tick@1800000000000"),
                ticks);
    }

    @Test
    void aMomentWhoseFlowFailsOrThatNoFlowWantsFails() throws Exception {
        assertEquals("exception", fire(EventWorker.BROKEN, 1).body());
        assertEquals("exception", fire("1 1 1 1 1", 1).body());
    }
}
