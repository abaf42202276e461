package dev.flowir.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.http.HttpEndpoint;
import dev.flowir.ir.Codec;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.testing.HttpBench;
import dev.flowir.testing.HttpContract;
import dev.flowir.testing.WireServer;
import dev.flowir.wasm.FetchCalls.Told;
import dev.flowir.wasm.FetchCalls.Whole;
import dev.flowir.wasm.build.LocalWorker;
import dev.flowir.wasm.build.Target;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * HTTP at the edge: every request of the contract's rules is made by the isolate, below the checks
 * that run on the JVM as in the isolate; and whole calls by handles of the isolate.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EdgeHttpSuite {

    /** Rules that do not hold as they stand, and the first thing that is seen then. */
    private static final Map<String, String> DEVIATIONS =
            Map.of(
                    // What goes wrong below is told by the platform as an error of its own.
                    "HTTP-32",
                    "5 MB of headers are refused while they come: [CALL210]",
                    // A refused connection and a lost one have the same words.
                    "HTTP-40",
                    "is CONNECTION_LOST, expected CONNECT_FAILED",
                    "HTTP-44",
                    "is CONNECTION_LOST, expected UNKNOWN_HOST");

    private final Target target;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Codec<Whole> calls = JsonCodecs.strict().of(Type.of(Whole.class));
    private final Codec<Told> answers = JsonCodecs.strict().of(Type.of(Told.class));
    private LocalWorker workerd;

    @SuppressWarnings("NullAway.Init") // started before the first test
    EdgeHttpSuite(Target target) {
        this.target = target;
    }

    @BeforeAll
    void start() throws Exception {
        workerd = Workers.run(Workers.build(FetchWorker.class, target));
    }

    @AfterAll
    void stop() throws IOException {
        client.close();
        workerd.close();
    }

    @Test
    void rulesOfTheContractHoldButForThoseThatAreNamed() {
        RelayedFetch fetch = new RelayedFetch(workerd.address());
        AtTheEdge.holds(
                HttpContract.rules()
                        .verify(clock ->
                                HttpBench.of(
                                        (binding, base, settings) ->
                                                HttpEndpoint.over(
                                                        "http.edge",
                                                        binding,
                                                        base,
                                                        settings,
                                                        fetch),
                                        clock)),
                DEVIATIONS,
                Set.of());
    }

    private HttpRequest request(Whole call) throws Exception {
        URI address = workerd.address().resolve("/whole");
        return HttpRequest.newBuilder(address)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofByteArray(calls.encode(call)))
                .build();
    }

    private Told told(Whole call) throws Exception {
        HttpResponse<byte[]> response = client.send(request(call), BodyHandlers.ofByteArray());
        assertEquals(200, response.statusCode(), () -> new String(response.body(), UTF_8));
        return answers.decode(response.body());
    }

    @Test
    void http02_anotherWorkerIsAskedByItsBinding() throws Exception {
        Told same = new Told(7, "x", "ä");
        String text = new String(answers.encode(same), UTF_8);
        Told answer = told(new Whole("service", "", "", text));
        assertEquals(200, answer.status(), answer::toString);
        assertEquals(same, answers.decode(answer.text().getBytes(UTF_8)));
    }

    @Test
    void http03_http13_http30_http50_checksOfTheIsolateAreThoseOfTheJvm() throws Exception {
        try (WireServer server = WireServer.start()) {
            server.then((request, wire) -> wire.reply(302, "location: /there?x=1\r\n", ""))
                    .then(200, "hello from there");
            String base = server.address();
            assertEquals(
                    new Told(200, "", "hello from there"), told(new Whole("get", base, "/", "")));
            assertEquals("/there?x=1", server.requests().get(1).target());
            Told large = told(new Whole("small", base, "/", ""));
            assertEquals("REPLY_TOO_LARGE", large.fault(), large::toString);
            Told outside = told(new Whole("outside", base, "/", ""));
            assertEquals("PRIVATE_ADDRESS", outside.fault(), outside::toString);
            Told elsewhere = told(new Whole("get", base, "https://example.org/x", ""));
            assertEquals("EGRESS_REFUSED", elsewhere.fault(), elsewhere::toString);
            Told climbing = told(new Whole("get", base, "/a/../b", ""));
            assertEquals("BAD_TARGET", climbing.fault(), climbing::toString);
            assertEquals(3, server.requests().size());
            server.forget().then(503, "busy");
            Told busy = told(new Whole("get", base, "/", ""));
            assertEquals(new Told(503, "STATUS", busy.text()), busy);
            assertTrue(busy.text().contains("node 'whole' of flow 'whole'"), busy::text);
        }
    }

    @Test
    void http20_http21_theIsolateGivesUpWhatIsSlow() throws Exception {
        try (WireServer server = WireServer.start()) {
            server.then((request, wire) -> wire.silence())
                    .then((request, wire) -> {
                        wire.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
                        wire.silence();
                    });
            Told slow = told(new Whole("slow", server.address(), "/", ""));
            assertEquals("FIRST_BYTE_TIMEOUT", slow.fault(), slow::toString);
            server.awaitClientLeft();
            Told silent = told(new Whole("slow", server.address(), "/", ""));
            assertEquals("IDLE_TIMEOUT", silent.fault(), silent::toString);
            server.awaitClientLeft();
        }
    }

    @Test
    void rt05_http24_whoeverLeavesOrIsLateEndsTheCallInside() throws Exception {
        try (WireServer server = WireServer.start()) {
            CompletableFuture<Boolean> asked = new CompletableFuture<>();
            server.then(
                            (request, wire) -> {
                                asked.complete(true);
                                wire.silence();
                            })
                    .then((request, wire) -> wire.silence());
            Whole call = new Whole("wait", server.address(), "/", "");
            try (ResetClient leaving =
                    ResetClient.post(workerd.address().resolve("/whole"), calls.encode(call))) {
                asked.join();
                leaving.leave();
                long left = System.nanoTime();
                server.awaitClientLeft();
                // Else it was the end of the request's time that ended the call.
                assertTrue(
                        System.nanoTime() - left < EdgeLimits.DEFAULT.budget().toNanos() / 2,
                        "it was not given up");
            }
            HttpRequest late =
                    HttpRequest.newBuilder(request(call), (name, value) -> true)
                            .header("x-deadline-ms", "300")
                            .build();
            HttpResponse<String> answer = client.send(late, BodyHandlers.ofString());
            assertTrue(
                    answer.statusCode() == 504 || answer.body().contains("DEADLINE"), answer::body);
            server.awaitClientLeft();
        }
    }

    @Test
    void http31_http33_bodiesPassPieceByPieceBothWays() throws Exception {
        for (String form : new String[] {"known", "unknown"}) {
            try (WireServer server = WireServer.start()) {
                server.then((request, wire) ->
                        wire.reply(200, "", "y".repeat(FetchWorker.STREAMED_BYTES)));
                Told told = told(new Whole("stream", server.address(), "/up", form));
                assertEquals(new Told(200, "", String.valueOf(FetchWorker.STREAMED_BYTES)), told);
                assertEquals(
                        FetchWorker.STREAMED_BYTES, server.requests().get(0).body().length, form);
            }
        }
    }
}
