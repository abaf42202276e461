package dev.flowir.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.testing.HostBench;
import dev.flowir.testing.HostContractTest;
import dev.flowir.testing.HostSite;
import dev.flowir.testing.TestClock;
import dev.flowir.wasm.build.LocalWorker;
import dev.flowir.wasm.build.Target;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
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

/**
 * What a worker does in workerd, whatever it was compiled to: the contract of hosts, and what only
 * isolates have.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WorkerdSuite extends HostContractTest {

    /** Long enough for any machine; a limit is only for hangs. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final String ID = "fixed-id";

    private final Target target;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Path folder;
    private LocalWorker workerd;
    private List<HttpResponse<String>> first = List.of();

    @SuppressWarnings("NullAway.Init") // started before the first test
    WorkerdSuite(Target target) {
        this.target = target;
    }

    @BeforeAll
    void start() throws Exception {
        folder = Workers.build(SampleWorker.class, target);
        Path config = folder.resolve("wrangler.json");
        String bound = Files.readString(config);
        int namespaces = bound.indexOf("\"kv_namespaces\": [") + 18;
        String rest = bound.substring(bound.indexOf("]", namespaces));
        Files.writeString(config, bound.substring(0, namespaces) + rest);
        workerd = Workers.run(folder);
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

    /** The project that was built. */
    final Path folder() {
        return folder;
    }

    @Override
    protected HostBench open(TestClock clock) {
        return new HostSite(workerd.address());
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
    void rt06_theHostAnswersBeforeThePlatformsLimit() throws Exception {
        assertAnswer(
                504,
                "{\"error\":\"node 'waits' timed out\",\"code\":\"TIME015\","
                        + "\"details\":{\"node\":\"waits\",\"limitMs\":5000,"
                        + "\"waitingFor\":\"while 'waits' was running\"},"
                        + "\"requestId\":\"fixed-id\"}",
                post("/waits", "1"));
    }

    /** Texts cross in pieces of four and of sixteen characters. */
    @Test
    void textsOfEveryLengthComeBackAsTheyWere() throws Exception {
        for (String letters :
                List.of("abc", "z\u00e9", "\u20ac\ud83d\ude00", "abcdefghijklmnop\uffff")) {
            for (int length = 0; length <= 35; length++) {
                String text = letters.repeat(length / letters.length() + 1);
                int end =
                        text.offsetByCodePoints(
                                0, Math.min(length, text.codePointCount(0, text.length())));
                String json = '"' + text.substring(0, end) + '"';
                assertAnswer(200, json, post("/echo", json));
            }
        }
    }

    /** As one does that asks for leave to send, which workerd does not give, and waits a second. */
    @Test
    void aClientThatSendsLateHearsWhyItIsRefused() throws Exception {
        byte[] late = new byte[2 << 20];
        try (Socket socket = new Socket(workerd.address().getHost(), workerd.address().getPort())) {
            String head =
                    "POST /small HTTP/1.1\r\nhost: localhost\r\nexpect: 100-continue\r\n"
                            + "content-type: application/json\r\ncontent-length: "
                            + late.length
                            + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(UTF_8));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            socket.setSoTimeout(1_500);
            assertThrows(SocketTimeoutException.class, in::readLine);
            socket.setSoTimeout((int) LIMIT.toMillis());
            socket.getOutputStream().write(late);
            assertEquals("HTTP/1.1 413 Payload Too Large", in.readLine());
        }
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
        // measured, to the next 500: 186,655 as WebAssembly, 128,976 as JavaScript
        long most = target == Target.JAVASCRIPT ? 129_600 : 187_000;
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
