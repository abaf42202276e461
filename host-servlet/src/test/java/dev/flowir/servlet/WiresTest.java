package dev.flowir.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.cap.Frame;
import dev.flowir.kernel.cap.Wire;
import dev.flowir.kernel.cap.WireEnd;
import dev.flowir.kernel.cap.WireEnds;
import dev.flowir.kernel.cap.WireRequest;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Connections through real containers: WebSockets, server-sent events, and one answer. */
final class WiresTest extends ServerSuite {

    /** Sends one frame after the other, as a wire wants it. */
    private static final class Line {

        private final Wire wire;
        private CompletableFuture<Boolean> last = CompletableFuture.completedFuture(true);

        Line(Wire wire) {
            this.wire = wire;
        }

        synchronized void say(Frame frame) {
            last =
                    last.thenCompose(before -> {
                        CompletableFuture<Boolean> next = new CompletableFuture<>();
                        wire.send(frame, sent -> next.complete(sent.isEmpty()));
                        return next;
                    });
        }
    }

    /** Greets, repeats what it is told, and does what a few words say. */
    private static final class Echo implements WireEnds {

        private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
        private final BlockingQueue<Wire> wires = new LinkedBlockingQueue<>();

        @Override
        public WireEnd open(WireRequest request, Wire wire) {
            wires.add(wire);
            Line line = new Line(wire);
            line.say(
                    new Frame.Text(
                            "\"" + request + " " + request.query("q").orElse("") + "\"", "7"));
            return new WireEnd() {
                @Override
                public void text(String text) {
                    line.say(Frame.text("you said " + text));
                }

                @Override
                public void bytes(byte[] bytes) {
                    line.say(new Frame.Bytes(bytes));
                }

                @Override
                public void failed(Throwable failure) {
                    // closed() follows, and containers differ in what they take for a failure
                }

                @Override
                public void closed(int code, String reason) {
                    told.add(code + " " + reason);
                }
            };
        }

        String told() throws InterruptedException {
            return next(told);
        }

        Wire wire() throws InterruptedException {
            return next(wires);
        }
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing comes");
        }
        return next;
    }

    /** What a client of a WebSocket hears. */
    private static final class Heard implements WebSocket.Listener {

        private final BlockingQueue<String> all = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                all.add(text.toString());
                text.setLength(0);
            }
            return WebSocket.Listener.super.onText(socket, part, last);
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer part, boolean last) {
            all.add(part.remaining() + " bytes");
            return WebSocket.Listener.super.onBinary(socket, part, last);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            all.add(code + " " + reason);
            return WebSocket.Listener.super.onClose(socket, code, reason);
        }

        String next() throws InterruptedException {
            return WiresTest.next(all);
        }
    }

    private final Echo echo = new Echo();
    private final Heard heard = new Heard();

    private FlowServlet serveWires(UnaryOperator<RouteOptions> options) throws Exception {
        return serve(routes -> routes.wires("/rooms/{name}", echo, options));
    }

    private WebSocket connect(String path) {
        return client.newWebSocketBuilder()
                .connectTimeout(PATIENCE)
                .buildAsync(URI.create("ws://127.0.0.1:" + port() + path), heard)
                .join();
    }

    @Test
    void aWebSocketGoesBothWays() throws Exception {
        FlowServlet servlet = serveWires(options -> options);
        WebSocket socket = connect("/rooms/tea?q=1");
        assertEquals("\"SOCKET {name=tea} 1\"", heard.next());
        assertEquals(1, servlet.openSockets());
        socket.sendText("hel", false).join();
        socket.sendText("lo", true).join();
        assertEquals("you said hello", heard.next());
        socket.sendBinary(ByteBuffer.wrap(new byte[3]), true).join();
        assertEquals("3 bytes", heard.next());
        socket.sendClose(4001, "enough").join();
        assertEquals("4001 enough", echo.told());
        await("the count goes down", () -> servlet.openSockets() == 0);
    }

    @Test
    void theServerClosesWithItsOwnCode() throws Exception {
        serveWires(options -> options);
        WebSocket unused = connect("/rooms/tea");
        heard.next();
        echo.wire().close(4003, "not yours");
        assertEquals("4003 not yours", heard.next());
        // Jetty tells what the client answers, and clients need not repeat the reason
        assertEquals("4003 ", echo.told().substring(0, 5));
    }

    @Test
    void whoClosesWhileItOpensIsToldTheEnd() throws Exception {
        CountDownLatch clientKnows = new CountDownLatch(1);
        WireEnds hasty =
                (request, wire) -> {
                    WireEnd end = echo.open(request, wire);
                    wire.close(4003, "at once");
                    try {
                        clientKnows.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    }
                    return end;
                };
        FlowServlet servlet = serve(routes -> routes.wires("/rooms/{name}", hasty));
        WebSocket unused = connect("/rooms/tea");
        String last = heard.next();
        while (!last.startsWith("4003")) { // what it said first may come or not
            last = heard.next();
        }
        clientKnows.countDown();
        assertEquals("4003 ", echo.told().substring(0, 5));
        await("the count goes down", () -> servlet.openSockets() == 0);
    }

    @Test
    void aMessageIsAsLargeAsTheRouteSays() throws Exception {
        serveWires(options -> options.maxBody(20_000));
        WebSocket socket = connect("/rooms/tea");
        heard.next();
        socket.sendText("x".repeat(20_000), true).join();
        assertEquals("you said ".length() + 20_000, heard.next().length());
        socket.sendText("x".repeat(20_001), true).join();
        assertEquals("1009 too big", heard.next());
    }

    @Test
    void whoMayNotIsRefusedBeforeTheHandshake() throws Exception {
        serveWires(options -> options.authorizeIf(head -> head.query().containsKey("q")));
        CompletionException refused =
                assertThrows(CompletionException.class, () -> connect("/rooms/tea"));
        assertTrue(
                refused.getCause() instanceof WebSocketHandshakeException handshake
                        && handshake.getResponse().statusCode() == 401,
                String.valueOf(refused.getCause()));
        WebSocket unused = connect("/rooms/tea?q=1");
        assertEquals("\"SOCKET {name=tea} 1\"", heard.next());
    }

    @Test
    void oneSocketTooManyIsRefused() throws Exception {
        serve(routes ->
                routes.limits(HostLimits.DEFAULT.withMaxStreams(1)).wires("/rooms/{name}", echo));
        WebSocket first = connect("/rooms/tea");
        heard.next();
        CompletionException refused =
                assertThrows(CompletionException.class, () -> connect("/rooms/tea"));
        assertTrue(
                refused.getCause() instanceof WebSocketHandshakeException handshake
                        && handshake.getResponse().statusCode() == 503,
                String.valueOf(refused.getCause()));
        first.sendClose(1000, "").join();
        echo.told();
    }

    @Test
    void aDrainClosesSockets() throws Exception {
        FlowServlet servlet = serveWires(options -> options);
        WebSocket unused = connect("/rooms/tea");
        heard.next();
        servlet.drain(Duration.ZERO);
        assertEquals("1001 going away", heard.next());
        assertEquals(503, get("/rooms/tea").statusCode());
    }

    @Test
    void eventsCarryTheirIds() throws Exception {
        FlowServlet servlet = serveWires(options -> options);
        HttpResponse<InputStream> response =
                client.send(
                        to("/rooms/tea").header("Accept", "text/event-stream").build(),
                        BodyHandlers.ofInputStream());
        assertEquals(
                Optional.of("text/event-stream"),
                response.headers().firstValue("Content-Type").map(type -> type.split(";", -1)[0]));
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            assertEquals("id: 7", lines.readLine());
            assertEquals("data: \"EVENTS {name=tea} \"", lines.readLine());
            assertEquals("", lines.readLine());
            assertEquals(1, servlet.openStreams());
            Wire wire = echo.wire();
            BlockingQueue<String> sent = new LinkedBlockingQueue<>();
            wire.send(Frame.text("two\nlines"), failure -> sent.add("text " + failure.isEmpty()));
            assertEquals("text true", next(sent));
            assertEquals("data: two", lines.readLine());
            assertEquals("data: lines", lines.readLine());
            assertEquals("", lines.readLine());
            wire.send(
                    new Frame.Bytes(new byte[1]),
                    failure -> sent.add("bytes " + failure.isEmpty()));
            assertEquals("bytes false", next(sent));
            wire.close(4003, "enough");
            assertEquals("event: close", lines.readLine());
            assertEquals("data: {\"code\":4003,\"reason\":\"enough\"}", lines.readLine());
            assertEquals("", lines.readLine());
            assertEquals(null, lines.readLine());
        }
        assertEquals("4003 enough", echo.told());
        await("the count goes down", () -> servlet.openStreams() == 0);
    }

    @Test
    void aClientOfEventsThatLeavesIsNoticedByTheNextComment() throws Exception {
        FlowServlet servlet =
                serve(routes ->
                        routes.limits(HostLimits.DEFAULT.withKeepAlive(Duration.ofMillis(50)))
                                .wires("/rooms/{name}", echo));
        HttpResponse<InputStream> response =
                client.send(
                        to("/rooms/tea").header("Accept", "text/event-stream").build(),
                        BodyHandlers.ofInputStream());
        response.body().close();
        assertEquals("1006 ", echo.told());
        await("the count goes down", () -> servlet.openStreams() == 0);
    }

    @Test
    void aDrainEndsEvents() throws Exception {
        FlowServlet servlet = serveWires(options -> options);
        HttpResponse<InputStream> response =
                client.send(
                        to("/rooms/tea").header("Accept", "text/event-stream").build(),
                        BodyHandlers.ofInputStream());
        servlet.drain(Duration.ZERO);
        String all = new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(all.endsWith("data: {\"code\":1001,\"reason\":\"going away\"}\n\n"), all);
        assertEquals("1001 going away", echo.told());
    }

    @Test
    void anyoneElseGetsTheFirstMessage() throws Exception {
        FlowServlet servlet = serveWires(options -> options);
        HttpResponse<String> response = get("/rooms/tea?q=1");
        assertEquals(200, response.statusCode());
        assertEquals(JsonValue.text("SNAPSHOT {name=tea} 1"), parsed(response.body()));
        assertEquals("1000 ", echo.told());
        await("the count goes down", () -> servlet.inFlight() == 0);
    }
}
