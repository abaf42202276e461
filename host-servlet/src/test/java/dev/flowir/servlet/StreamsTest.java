package dev.flowir.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.ItemStream;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Node;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.ir.json.JsonLimits;
import dev.flowir.kernel.Result;
import dev.flowir.servlet.RequestListener.End;
import dev.flowir.servlet.RequestListener.Outcome;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

final class StreamsTest extends ServerSuite {

    record Tick(int number, String text) {}

    record From(Optional<String> after) {}

    private static final Flow<From, ItemStream<Tick>> PURE = streaming("pure");

    private static Flow<From, ItemStream<Tick>> streaming(String name) {
        Node<From, ItemStream<Tick>> body =
                Node.streams("body", From.class, Tick.class, (in, out, context) -> {});
        return Flow.define(name, "1.0.0", From.class, (graph, in) -> graph.then(in, body));
    }

    /** Items handed over one by one by the test. */
    private static final class Source implements ItemStream<Tick> {
        private final SynchronousQueue<Next<Tick>> items = new SynchronousQueue<>();
        private final CountDownLatch closed = new CountDownLatch(1);
        private final AtomicInteger pulled = new AtomicInteger();
        private final BooleanSupplier cancelled;

        Source(BooleanSupplier cancelled) {
            this.cancelled = cancelled;
        }

        void put(Next<Tick> next) throws InterruptedException {
            if (!items.offer(next, PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("nobody pulls");
            }
        }

        @Override
        public Next<Tick> next() throws InterruptedException {
            while (true) {
                Next<Tick> next = items.poll(5, TimeUnit.MILLISECONDS);
                if (next != null) {
                    pulled.incrementAndGet();
                    return next;
                }
                if (cancelled.getAsBoolean()) {
                    close();
                }
                if (closed.getCount() == 0) {
                    return new ItemStream.End<>();
                }
            }
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    private Source source() {
        Source source = new Source(() -> !runtime.cancelled.isEmpty());
        runtime.on(PURE, in -> new Result.Value<>(source));
        return source;
    }

    @Test
    void case25_rt09_itemsAreEventsInOrderFlushedOneByOne() throws Exception {
        Source source = source();
        FlowServlet servlet = serve(routes -> routes.get("/ticks", PURE));

        HttpResponse<InputStream> response =
                client.send(to("/ticks").build(), BodyHandlers.ofInputStream());
        assertEquals(200, response.statusCode());
        assertEquals("text/event-stream", header(response, "content-type"));
        assertEquals("no-cache", header(response, "cache-control"));
        assertEquals("nosniff", header(response, "x-content-type-options"));
        assertEquals(1, servlet.openStreams());
        assertEquals(0, servlet.inFlight());
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            source.put(new ItemStream.Item<>(new Tick(1, "a\nb ü")));
            assertEquals("id: 1", lines.readLine());
            assertEquals("data: {\"number\":1,\"text\":\"a\\nb ü\"}", lines.readLine());
            assertEquals("", lines.readLine());
            source.put(new ItemStream.Item<>(new Tick(2, "")));
            assertEquals("id: 2", lines.readLine());
            assertEquals("data: {\"number\":2,\"text\":\"\"}", lines.readLine());
            assertEquals("", lines.readLine());
            source.put(new ItemStream.End<>());
            assertEquals(null, lines.readLine());
        }
        assertEquals(Outcome.STREAMED, end().outcome());
        await("the stream is over", () -> servlet.openStreams() == 0);
    }

    @Test
    void rt09_aRepeatableStreamGoesOnAfterTheLastEventSeen() throws Exception {
        Source source = source();
        serve(routes -> routes.get("/ticks", PURE));
        var answer =
                client.sendAsync(
                        to("/ticks").header("Last-Event-ID", "2").build(), BodyHandlers.ofString());

        for (int i = 1; i <= 3; i++) {
            source.put(new ItemStream.Item<>(new Tick(i, "")));
        }
        source.put(new ItemStream.End<>());

        assertEquals("id: 3\ndata: {\"number\":3,\"text\":\"\"}\n\n", answer.get().body());
    }

    @Test
    void rt09_aRouteMayTakeIdsFromItemsAndResumeByPayload() throws Exception {
        Source source = source();
        serve(routes ->
                routes.get(
                        "/ticks",
                        PURE,
                        r -> r.resumable("after", Tick.class, tick -> "t" + tick.number())));
        var answer =
                client.sendAsync(
                        to("/ticks").header("Last-Event-ID", "t6").build(),
                        BodyHandlers.ofString());

        source.put(new ItemStream.Item<>(new Tick(7, "")));
        source.put(new ItemStream.End<>());

        assertEquals("id: t7\ndata: {\"number\":7,\"text\":\"\"}\n\n", answer.get().body());
        assertEquals(new From(Optional.of("t6")), taken(runtime.seen).input());
    }

    @Test
    void rt02_aBrokenProducerIsAnErrorEventAndNeverATruncatedSuccess() throws Exception {
        Source source = source();
        serve(routes -> routes.get("/ticks", PURE));
        var answer = client.sendAsync(to("/ticks").build(), BodyHandlers.ofString());

        source.put(new ItemStream.Item<>(new Tick(1, "")));
        source.put(new ItemStream.Broken<>("TIME001", "deadline of 5 ms exceeded"));

        String body = answer.get().body();
        assertTrue(
                body.contains(
                        "event: error\ndata: {\"error\":\"deadline of 5 ms exceeded\","
                                + "\"code\":\"TIME001\""),
                body);
        assertEquals("TIME001", end().code());
    }

    @Test
    void whatTheProducerThrewStaysInTheLog() throws Exception {
        Source source = source();
        serve(routes -> routes.get("/ticks", PURE));
        var answer = client.sendAsync(to("/ticks").build(), BodyHandlers.ofString());

        source.put(new ItemStream.Broken<>("RUN101", "node 'x' failed: password=hunter2"));

        String body = answer.get().body();
        assertTrue(body.contains("\"code\":\"RUN101\""), body);
        assertFalse(body.contains("hunter2"), body);
    }

    @Test
    void anItemWithoutJsonEndsTheStreamWithAnErrorEvent() throws Exception {
        Source source = source();
        serve(routes ->
                routes.codecs(JsonCodecs.strict().with(JsonLimits.DEFAULT.withMaxBytes(100)))
                        .get("/ticks", PURE));
        var answer = client.sendAsync(to("/ticks").build(), BodyHandlers.ofString());

        source.put(new ItemStream.Item<>(new Tick(1, "x".repeat(200))));

        assertTrue(answer.get().body().contains("event: error\ndata: "));
        assertTrue(source.closed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }

    @Test
    void rt05_aClientThatHangsUpCancelsTheRun() throws Exception {
        Source source = source();
        FlowServlet servlet = serve(routes -> routes.get("/ticks", PURE));
        try (RawClient raw = new RawClient(port())) {
            raw.say("GET /ticks HTTP/1.1\r\nHost: x\r\n\r\n");
            source.put(new ItemStream.Item<>(new Tick(1, "")));
            source.put(new ItemStream.Item<>(new Tick(2, "")));
            raw.hearUntil("id: 2");
        }
        int taken = 2;
        while (source.closed.getCount() > 0 && taken < 20_000) {
            Tick next = new Tick(taken + 1, "x".repeat(1000));
            boolean pulled =
                    source.items.offer(new ItemStream.Item<>(next), 20, TimeUnit.MILLISECONDS);
            taken += pulled ? 1 : 0;
        }

        await("the stream is over", () -> servlet.openStreams() == 0);
        assertEquals(Outcome.DISCONNECTED, end().outcome());
        assertTrue(taken < 20_000, "not noticed after 20 MB");
    }

    @Test
    void rt05_silenceIsBrokenByCommentsWhichFindOutThatTheClientLeft() throws Exception {
        Source source = source();
        FlowServlet servlet =
                serve(routes ->
                        routes.limits(HostLimits.DEFAULT.withKeepAlive(Duration.ofMillis(20)))
                                .get("/ticks", PURE));
        try (RawClient raw = new RawClient(port())) {
            raw.say("GET /ticks HTTP/1.1\r\nHost: x\r\n\r\n");
            raw.hearUntil(": keep-alive\n\n");
            source.put(new ItemStream.Item<>(new Tick(1, "")));
            raw.hearUntil("id: 1\ndata: {");
        }

        assertTrue(source.closed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        await("the stream is over", () -> servlet.openStreams() == 0);
        assertEquals(Outcome.DISCONNECTED, end().outcome());
    }

    @Test
    void rt04_aSlowClientSlowsItsProducer() throws Exception {
        Source source = source();
        serve(routes -> routes.get("/ticks", PURE));
        String big = "x".repeat(100_000);
        int offered = 0;
        try (RawClient raw = new RawClient(port())) {
            raw.say("GET /ticks HTTP/1.1\r\nHost: x\r\n\r\n");
            raw.hearUntil("\r\n\r\n");
            while (source.items.offer(
                    new ItemStream.Item<>(new Tick(++offered, big)), 500, TimeUnit.MILLISECONDS)) {
                assertTrue(offered < 1_000, "100 MB are buffered somewhere");
            }
            int parked = source.pulled.get();
            raw.hearUntil("id: " + parked + "\n");
            source.put(new ItemStream.Item<>(new Tick(offered, "")));
        }
    }

    @Test
    void streamsAreBounded() throws Exception {
        Source source = source();
        FlowServlet servlet =
                serve(routes ->
                        routes.limits(HostLimits.DEFAULT.withMaxStreams(1)).get("/ticks", PURE));
        try (RawClient raw = new RawClient(port())) {
            raw.say("GET /ticks HTTP/1.1\r\nHost: x\r\n\r\n");
            raw.hearUntil("\r\n\r\n");
            assertEquals(1, servlet.openStreams());

            HttpResponse<String> second = get("/ticks");

            assertEquals(503, second.statusCode());
            assertEquals("1", header(second, "retry-after"));
            assertEquals(
                    json("{'error':'too many open streams','code':'HTTP503'}"), envelope(second));
            await("closed", () -> source.closed.getCount() == 0);
        }
    }

    @Test
    void headOfAStreamHasNoBodyAndLeavesNothingOpen() throws Exception {
        Source source = source();
        FlowServlet servlet = serve(routes -> routes.get("/ticks", PURE));

        HttpResponse<String> head = send(to("/ticks").HEAD());

        assertEquals("text/event-stream", header(head, "content-type"));
        assertTrue(source.closed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        await("the stream is over", () -> servlet.openStreams() == 0);
    }

    /**
     * Jetty forgets a reset that comes before its own thread has left the servlet; the client then
     * tries again.
     */
    @Test
    void aRunWhoseClientResetsItsHttp2StreamIsCancelled() throws Exception {
        SynchronousQueue<CountDownLatch> started = new SynchronousQueue<>();
        runtime.on(
                ECHO,
                in -> {
                    CountDownLatch over = new CountDownLatch(1);
                    started.put(over);
                    over.await();
                    return new Result.Value<>(JsonValue.nil());
                });
        FlowServlet servlet = serve(routes -> routes.get("/echo", ECHO));
        URI echo = to("/echo").build().uri();
        try (Socket socket = new Socket(echo.getHost(), echo.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(Http2.preface());
            String reason = null;
            for (int stream = 1; reason == null && stream < 20; stream += 2) {
                out.write(Http2.get(stream, echo));
                out.flush();
                CountDownLatch over = taken(started);
                out.write(Http2.reset(stream));
                out.flush();
                reason = runtime.cancelled.poll(5, TimeUnit.SECONDS);
                over.countDown();
                await("nobody is in", () -> servlet.inFlight() == 0);
                End end = end();
                assertTrue(reason == null || end.outcome() == Outcome.DISCONNECTED, end.toString());
            }
            assertEquals(Exchange.CLIENT_LEFT, reason);
        }
    }
}
