package dev.flowir.http;

import static dev.flowir.ir.NodeOption.retry;
import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.flowir.ir.Flow;
import dev.flowir.ir.HintTable;
import dev.flowir.ir.Node;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.Invocation;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.CapabilityModule;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** HTTP in flows: the flow owns the retries, and a failure says where it happened. */
class HttpFlowTest {

    private static final Node<String, String> ASK =
            Node.reads(
                            "ask",
                            String.class,
                            String.class,
                            Http.reader("service"),
                            (http, word, context) ->
                                    http.send(HttpRead.get("/words").segment(word))
                                            .orThrow()
                                            .text())
                    .with(retry(3, ofMillis(1)));

    private static final Node<String, String> TELL =
            Node.effect(
                            "tell",
                            String.class,
                            String.class,
                            Http.writer("service"),
                            (http, word, context) ->
                                    http.send(HttpWrite.post("/words").body(HttpBody.text(word)))
                                            .orThrow()
                                            .text())
                    .with(retry(3, ofMillis(1)));

    private static final Flow<String, String> ASKING =
            Flow.define("asking", "1.0.0", String.class, (g, word) -> g.then(word, ASK));

    private static final Flow<String, String> TELLING =
            Flow.define("telling", "1.0.0", String.class, (g, word) -> g.then(word, TELL));

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
    private HttpServer server;
    private HttpEndpoint endpoint;
    private Runtime runtime;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
                    Integer status = statuses.poll();
                    exchange.sendResponseHeaders(status == null ? 200 : status, 2);
                    exchange.getResponseBody().write(new byte[] {'o', 'k'});
                    exchange.close();
                });
        server.start();
        endpoint =
                HttpEndpoint.open(
                        "service",
                        "http://127.0.0.1:" + server.getAddress().getPort(),
                        HttpSettings.DEFAULT.with(Egress.own().withPrivateAddresses()));
        runtime = Runtime.builder().capabilities(Capabilities.of(endpoint)).build();
    }

    @AfterEach
    void stop() {
        runtime.close();
        endpoint.close();
        server.stop(0);
    }

    @Test
    void theFlowRepeatsWhatMayPass() {
        statuses.addAll(List.of(503, 500));
        assertEquals("ok", runtime.run(ASKING, "a b").orThrow());
        assertEquals(List.of("GET /words/a%20b", "GET /words/a%20b", "GET /words/a%20b"), asked);
        assertEquals(0, endpoint.callsOpen());
    }

    @Test
    void theFlowDoesNotRepeatWhatWillNotPass() {
        statuses.add(404);
        Failure.NodeFailed failed = failed(runtime.run(ASKING, "a"));
        assertEquals(1, failed.attempts());
        assertTrue(failed.message().contains("[CALL304] GET http://127.0.0.1"), failed.message());
        assertTrue(failed.message().contains("node 'ask' of flow 'asking'"), failed.message());
        assertTrue(failed.message().contains("HttpFlowTest.java"), failed.message());
    }

    @Test
    void theFlowDoesNotRepeatAPostThatMayHaveBeenDone() {
        statuses.add(500);
        assertEquals(1, failed(runtime.run(TELLING, "a")).attempts());
        assertEquals(List.of("POST /words"), asked);
    }

    @Test
    void theFlowRepeatsAPostThatWasRefused() {
        statuses.addAll(List.of(429, 503));
        assertEquals("ok", runtime.run(TELLING, "a").orThrow());
        assertEquals(3, asked.size());
    }

    @Test
    void withoutAnEndpointTheFlowIsRefused() {
        try (Runtime bare = Runtime.builder().build()) {
            assertEquals("CAP101", failure(bare.run(ASKING, "a")).code());
        }
    }

    @Test
    void theDeadlineOfTheRunReachesTheCall() throws Exception {
        server.removeContext("/");
        server.createContext("/", exchange -> asked.add("silence"));
        Result<String> late = runtime.run(ASKING, Invocation.of("a").within(ofMillis(300)));
        Failure failure = failure(late);
        assertTrue(List.of("TIME001", "RUN101").contains(failure.code()), failure.message());
    }

    @Test
    void theCheckerKnowsTheHints() {
        HintTable table =
                CapabilityModule.hints(HintTable.CORE, HttpFlowTest.class.getClassLoader());
        assertTrue(table.isBindable(Http.READ_HINT));
        assertTrue(table.isBindable(Http.WRITE_HINT));
        assertEquals("http", new HttpModule().capability());
    }

    private static Failure failure(Result<String> result) {
        return switch (result) {
            case Result.Failed<String> failed -> failed.failure();
            case Result.Value<String> value -> throw new AssertionError(value.value());
        };
    }

    private static Failure.NodeFailed failed(Result<String> result) {
        return assertInstanceOf(Failure.NodeFailed.class, failure(result));
    }
}
