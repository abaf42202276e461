package dev.flowir.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.wasm.build.LocalWorker;
import dev.flowir.wasm.build.Target;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A worker without coroutines answers as one that has them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EdgeStillSuite {

    private static final String JSON = "application/json";

    /** Headers that the platform sets by itself, each time otherwise. */
    private static final Set<String> OF_PLATFORM = Set.of("date", "connection", "keep-alive");

    private final Target target;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private LocalWorker still;
    private LocalWorker waiting;

    @SuppressWarnings("NullAway.Init") // started before the first test
    EdgeStillSuite(Target target) {
        this.target = target;
    }

    @BeforeAll
    void start() throws Exception {
        still = Workers.run(Workers.build(StillWorker.class, target));
        waiting = Workers.run(Workers.build(NappingWorker.class, target));
    }

    @AfterAll
    void stop() throws IOException {
        client.close();
        still.close();
        waiting.close();
    }

    @Test
    void whatOnlyComputesIsBuiltWithoutCoroutines() {
        Set<String> features =
                EdgeContents.of(new StillWorker().routes(), Capabilities.none()).features();
        assertTrue(features.contains(Features.STILL), features::toString);
        assertFalse(features.contains(Features.WAITING), features::toString);
        assertFalse(features.contains(Features.VALUES), features::toString);
    }

    /** That it waits is found when it is compiled; without its coroutine it would break. */
    @Test
    void aBodyThatWaitsAllTheSameHasItsCoroutine() throws Exception {
        HttpResponse<String> answer =
                send(waiting, "POST", "/nap", Map.of("content-type", JSON), text("\"zzz\""));
        assertEquals("\"zzz\"", answer.body());
        assertEquals(200, answer.statusCode());
    }

    @Test
    void bothAnswerTheSame() throws Exception {
        Map<String, String> json = Map.of("content-type", JSON);
        String item = "{\"name\":\"tea\",\"cents\":250}";
        String basket = "{\"items\":[" + item + "," + item + "],\"paid\":7}";
        List<String> all = new ArrayList<>();
        all.add(both(200, "POST", "/echo", json, text("\"tea\"")));
        all.add(both(200, "POST", "/echo", json, text("\"t\\u00e9 \\\"\\n\"")));
        all.add(both(200, "POST", "/bill", json, text(basket)));
        all.add(both(200, "POST", "/bill?x=1&y=%20", json, text(basket)));
        all.add(both(200, "POST", "/bill", json, chunked(basket.getBytes(UTF_8))));
        all.add(both(400, "POST", "/bill?" + "x=1&".repeat(101), json, text(basket)));
        all.add(both(400, "POST", "/bill", json, text(basket.replace("250", "2.5"))));
        all.add(both(400, "POST", "/bill", json, text(basket.replace("\"paid\"", "\"paids\""))));
        all.add(both(400, "POST", "/bill", json, text(basket.replace("cents\":250", "name\":1"))));
        all.add(both(400, "POST", "/bill", json, text(basket.substring(3))));
        all.add(both(400, "POST", "/echo", json, text("")));
        all.add(both(400, "POST", "/echo", json, text("[{\"a\":[1,{}]},null]")));
        all.add(both(400, "POST", "/echo", json, bytes(new byte[] {'"', (byte) 0xff, '"'})));
        all.add(both(500, "POST", "/fails", json, text("\"x\"")));
        all.add(both(413, "POST", "/small", json, text("\"0123456789\"")));
        all.add(both(413, "POST", "/small", json, chunked("\"0123456789\"".getBytes(UTF_8))));
        all.add(both(415, "POST", "/echo", Map.of("content-type", "text/plain"), text("\"x\"")));
        all.add(
                both(
                        415,
                        "POST",
                        "/echo",
                        Map.of("content-type", JSON, "content-encoding", "gzip"),
                        text("\"x\"")));
        all.add(both(405, "GET", "/echo", Map.of(), BodyPublishers.noBody()));
        all.add(both(204, "OPTIONS", "/echo", Map.of(), BodyPublishers.noBody()));
        all.add(both(404, "POST", "/nowhere", json, text("\"x\"")));
        all.add(
                both(
                        504,
                        "POST",
                        "/echo",
                        Map.of("content-type", JSON, "x-deadline-ms", "0"),
                        text("\"x\"")));
        all.add(
                both(
                        400,
                        "POST",
                        "/echo",
                        Map.of("content-type", JSON, "x-deadline-ms", "soon"),
                        text("\"x\"")));
        Map<String, String> many = new TreeMap<>(json);
        for (int i = 0; i < 100; i++) {
            many.put("x-more-" + i, "1");
        }
        all.add(both(431, "POST", "/echo", many, text("\"x\"")));
        assertTrue(all.get(2).contains("{\"cents\":493,\"names\":[\"tea\",\"tea\"]}"), all.get(2));
        assertTrue(all.get(6).contains("\"DATA202\""), all.get(6));
        assertTrue(all.get(7).contains("is 'paids' meant to be 'paid'?"), all.get(7));
    }

    private String both(
            int status, String method, String path, Map<String, String> headers, BodyPublisher body)
            throws IOException, InterruptedException {
        String one = told(send(still, method, path, headers, body));
        String other = told(send(waiting, method, path, headers, body));
        assertEquals(other, one);
        assertTrue(one.startsWith(status + " "), method + " " + path + ": " + one);
        return one;
    }

    private HttpResponse<String> send(
            LocalWorker worker,
            String method,
            String path,
            Map<String, String> headers,
            BodyPublisher body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(worker.address().resolve(path))
                        .timeout(Duration.ofSeconds(60))
                        .header("x-request-id", "fixed")
                        .method(method, body);
        headers.forEach(request::header);
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static String told(HttpResponse<String> answer) {
        Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
        headers.keySet().removeIf(OF_PLATFORM::contains);
        return answer.statusCode() + " " + headers + " " + answer.body();
    }

    private static BodyPublisher text(String text) {
        return BodyPublishers.ofString(text);
    }

    private static BodyPublisher bytes(byte[] bytes) {
        return BodyPublishers.ofByteArray(bytes);
    }

    /** Without an announced length. */
    private static BodyPublisher chunked(byte[] bytes) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes));
    }
}
