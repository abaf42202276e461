package dev.flowir.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.wasm.build.Target;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a worker does in workerd, whatever it was compiled to. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WorkerdSuite {

    /** Long enough for any machine; a limit is only for hangs. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final String ID = "fixed-id";

    private final Target target;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Path folder;
    private Workerd workerd;
    private List<HttpResponse<String>> first = List.of();

    @SuppressWarnings("NullAway.Init") // started before the first test
    WorkerdSuite(Target target) {
        this.target = target;
    }

    @BeforeAll
    void start() throws Exception {
        folder = Workers.build(SampleWorker.class, target, "nowhere");
        Path config = folder.resolve("wrangler.json");
        String bound = Files.readString(config);
        int namespaces = bound.indexOf("\"kv_namespaces\": [") + 18;
        String rest = bound.substring(bound.indexOf("]", namespaces));
        Files.writeString(config, bound.substring(0, namespaces) + rest);
        workerd = Workerd.start(folder);
        List<CompletableFuture<HttpResponse<String>>> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.add(client.sendAsync(get("/loads").build(), BodyHandlers.ofString()));
        }
        List<HttpResponse<String>> answers = new ArrayList<>();
        for (CompletableFuture<HttpResponse<String>> each : many) {
            answers.add(each.get(LIMIT.toSeconds(), java.util.concurrent.TimeUnit.SECONDS));
        }
        first = answers;
    }

    @AfterAll
    void stop() throws IOException {
        client.close();
        workerd.close();
    }

    private URI at(String path) {
        return workerd.address().resolve(path);
    }

    private HttpRequest.Builder get(String path) {
        return HttpRequest.newBuilder(at(path)).timeout(LIMIT).header("x-request-id", ID);
    }

    private HttpRequest.Builder post(String path, String body) {
        return get(path)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    private HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private void assertAnswer(int status, String body, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        HttpResponse<String> response = send(request);
        assertEquals(body, response.body());
        assertEquals(status, response.statusCode());
        assertEquals("application/json", response.headers().firstValue("content-type").orElse(""));
        assertEquals(ID, response.headers().firstValue("x-request-id").orElse(""));
        assertEquals("nosniff", response.headers().firstValue("x-content-type-options").orElse(""));
    }

    @Test
    void ofAHundredFirstRequestsOneLoadsTheFlows() {
        assertEquals(100, first.size());
        for (HttpResponse<String> each : first) {
            assertEquals("1", each.body());
        }
    }

    @Test
    void echoGivesTheSameJson() throws Exception {
        assertAnswer(
                200,
                "{\"a\":[1,2.50,\"é😀\\n\"],\"b\":null}",
                post("/echo", " {\"a\": [1, 2.50, \"\\u00e9\\ud83d\\ude00\\n\"], \"b\" : null} "));
        assertAnswer(200, "null", post("/echo", ""));
    }

    @Test
    void aFlowOfThreeNodesRunsItsEffect() throws Exception {
        assertAnswer(
                200,
                "{\"sku\":\"x\",\"total\":42,\"receipt\":\"r-1\"}",
                post("/order", "{\"sku\":\"x\"}"));
        assertTrue(notes().contains("\"order by store\",\"over: store\""), notes());
    }

    private String notes() throws IOException, InterruptedException {
        return send(get("/notes")).body();
    }

    @Test
    void parametersOfPathAndQueryAreThePayload() throws Exception {
        assertAnswer(
                200,
                "{\"id\":\"a b\",\"q\":\"1 +\",\"r\":[\"x\",\"y\"]}",
                get("/parameters/a%20b?q=1+%2B&r=x&r=y"));
    }

    @Test
    void recordsAndSealedTypesAreReadAndWritten() throws Exception {
        assertAnswer(
                200,
                "{\"@type\":\"Said\",\"words\":[\"hello é\",\"hello é\"]}",
                post("/greet/%C3%A9", "{\"times\":2}"));
        assertAnswer(422, "{\"why\":\"too often\"}", post("/greet/x", "{\"times\":4}"));
        assertAnswer(
                400,
                "{\"error\":\"member 'times' is missing\",\"code\":\"DATA204\",\"details\":"
                        + "{\"pointer\":\"/times\",\"suggestion\":"
                        + "\"is 'time' meant to be 'times'?\"},\"requestId\":\"fixed-id\"}",
                post("/greet/x", "{\"time\":4}"));
    }

    @Test
    void rt10_brokenJsonIsRefusedWithItsPlace() throws Exception {
        HttpResponse<String> response = send(post("/echo", "{\"a\":\n [1,]}"));
        assertEquals(400, response.statusCode());
        assertTrue(response.body().contains("\"code\":\"DATA201\""), response.body());
        assertTrue(response.body().contains("\"line\":2,\"column\":5"), response.body());
    }

    @Test
    void unknownPathsAndMethodsAreRefused() throws Exception {
        assertAnswer(
                404,
                "{\"error\":\"not found\",\"code\":\"HTTP404\",\"requestId\":\"fixed-id\"}",
                get("/nothing"));
        assertAnswer(
                405,
                "{\"error\":\"method not allowed\",\"code\":\"HTTP405\",\"requestId\":\"fixed-id\"}",
                get("/echo"));
        assertEquals("OPTIONS, POST", send(get("/echo")).headers().firstValue("allow").orElse(""));
    }

    @Test
    void bodiesThatAreTooLargeOrNoJsonAreRefused() throws Exception {
        assertAnswer(200, "\"123456\"", post("/small", "\"123456\""));
        assertAnswer(
                413,
                "{\"error\":\"the body is larger than 8 bytes\",\"code\":\"HTTP413\","
                        + "\"requestId\":\"fixed-id\"}",
                post("/small", "\"1234567\""));
        assertAnswer(
                415,
                "{\"error\":\"the body must be application/json in UTF-8\",\"code\":\"HTTP415\","
                        + "\"requestId\":\"fixed-id\"}",
                get("/echo")
                        .header("content-type", "text/plain")
                        .POST(BodyPublishers.ofString("1")));
    }

    @Test
    void aFailingBodyIsToldWithoutItsSecret() throws Exception {
        assertAnswer(
                500,
                "{\"error\":\"node 'boom' failed\",\"code\":\"RUN101\","
                        + "\"details\":{\"node\":\"boom\",\"attempts\":1},"
                        + "\"requestId\":\"fixed-id\"}",
                post("/fails", "1"));
    }

    @Test
    void rt06_aNodeBeyondItsTimeIsStopped() throws Exception {
        String stopped =
                "{\"error\":\"node '%s' timed out\",\"code\":\"TIME015\","
                        + "\"details\":{\"node\":\"%s\",\"limitMs\":%d,"
                        + "\"waitingFor\":\"while '%s' was running\"},"
                        + "\"requestId\":\"fixed-id\"}";
        assertAnswer(504, stopped.formatted("waits", "waits", 50, "waits"), post("/slow", "1"));
        assertAnswer(504, stopped.formatted("spins", "spins", 50, "spins"), post("/spins", "1"));
        awaitNote("over: waits", 1);
    }

    @Test
    void rt06_theHostAnswersBeforeThePlatformsLimit() throws Exception {
        assertAnswer(
                504,
                "{\"error\":\"node 'waits' timed out\",\"code\":\"TIME015\","
                        + "\"details\":{\"node\":\"waits\",\"limitMs\":5000,"
                        + "\"waitingFor\":\"while 'waits' was running\"},"
                        + "\"requestId\":\"fixed-id\"}",
                post("/waits", "1"));
    }

    @Test
    void aClientsDeadlineIsKept() throws Exception {
        assertAnswer(
                504,
                "{\"error\":\"deadline exceeded\",\"code\":\"TIME001\","
                        + "\"details\":{\"deadlineMs\":30,"
                        + "\"waitingFor\":\"while 'waits' was running\"},"
                        + "\"requestId\":\"fixed-id\"}",
                post("/waits", "1").header("x-deadline-ms", "30"));
    }

    @Test
    void rt12_aMissingBindingIsToldBeforeAnyEffect() throws Exception {
        assertAnswer(
                500,
                "{\"error\":\"missing required capabilities\",\"code\":\"CAP101\","
                        + "\"details\":{\"hints\":"
                        + "[\"resource::kv::write (no binding 'nowhere')\"]},"
                        + "\"requestId\":\"fixed-id\"}",
                post("/unbound", "1"));
    }

    @Test
    void rt09_aStreamIsSentAsEvents() throws Exception {
        HttpResponse<String> response = send(get("/ticks"));
        assertEquals("text/event-stream", response.headers().firstValue("content-type").orElse(""));
        assertEquals("id: 1\ndata: 1\n\nid: 2\ndata: 2\n\nid: 3\ndata: 3\n\n", response.body());
        assertEquals("id: 3\ndata: 3\n\n", send(get("/ticks").header("last-event-id", "2")).body());
    }

    @Test
    void rt05_aClientThatLeavesCancelsTheRun() throws Exception {
        int before = count(notes(), "over: waits");
        try (Socket socket = new Socket(workerd.address().getHost(), workerd.address().getPort())) {
            socket.getOutputStream()
                    .write(
                            ("POST /waits HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                                            + "Content-Length: 1\r\n\r\n1")
                                    .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
        }
        awaitNote("over: waits", before + 1);
        assertFalse(notes().contains("never"), notes());
    }

    private void awaitNote(String note, int times) throws Exception {
        long giveUp = System.nanoTime() + LIMIT.toNanos();
        while (count(notes(), note) < times && System.nanoTime() < giveUp) {
            Thread.onSpinWait();
        }
        assertTrue(count(notes(), note) >= times, notes());
    }

    private static int count(String notes, String note) {
        return notes.split(note, -1).length - 1;
    }

    @Test
    void theWorkerIsSmall() throws Exception {
        long bytes = 0;
        try (Stream<Path> files = Files.list(folder.resolve("src"))) {
            for (Path file : files.toList()) {
                bytes += gzipped(file);
            }
        }
        System.out.println("edge worker " + target + ": " + bytes + " bytes gzip");
        long most = target == Target.JAVASCRIPT ? 120_000 : 172_000;
        assertTrue(bytes <= most, "the worker has " + bytes + " bytes");
    }

    private static long gzipped(Path file) throws IOException {
        java.io.ByteArrayOutputStream packed = new java.io.ByteArrayOutputStream();
        try (java.util.zip.GZIPOutputStream out = new java.util.zip.GZIPOutputStream(packed)) {
            out.write(Files.readAllBytes(file));
        }
        return packed.size();
    }
}
