package dev.flowir.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.wasm.build.LocalWorker;
import dev.flowir.wasm.build.Target;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Sockets of objects in an isolate: the platform holds them while their object sleeps. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EdgeSocketSuite {

    private static final long PATIENCE_SECONDS = 60;

    private static final CompletionStage<Boolean> TAKEN = CompletableFuture.completedStage(true);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Target target;
    private LocalWorker workerd;

    @SuppressWarnings("NullAway.Init") // started before the first test
    EdgeSocketSuite(Target target) {
        this.target = target;
    }

    @BeforeAll
    void start() throws Exception {
        workerd = Workers.run(Workers.build(SocketWorker.class, target));
    }

    @AfterAll
    void stop() throws IOException {
        client.shutdownNow(); // guests may still be there
        workerd.close();
    }

    /** A client; what comes is a text, or {@code bytes 3: …}, or {@code closed 1000: …}. */
    private final class Guest implements WebSocket.Listener {
        private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        private final StringBuilder part = new StringBuilder();
        private final WebSocket socket;

        Guest(String room, String query) {
            URI address = workerd.address().resolve("/rooms/" + room + query);
            socket =
                    client.newWebSocketBuilder()
                            .header("x-who", "a guest")
                            .header("flow-ir-parameters", "%7B%22room%22%3A%22stolen%22%7D")
                            .buildAsync(URI.create("ws" + address.toString().substring(4)), this)
                            .join();
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                seen.add(part.toString());
                part.setLength(0);
            }
            from.request(1);
            return TAKEN;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            seen.add("bytes " + java.util.HexFormat.of().formatHex(bytes));
            from.request(1);
            return TAKEN;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            seen.add("closed " + code + " " + reason);
            return TAKEN;
        }

        String next() throws InterruptedException {
            String next = seen.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertTrue(next != null, "nothing came");
            return next;
        }

        String ask(String text) throws InterruptedException {
            socket.sendText(text, true).join();
            return next();
        }

        /** Nothing is on its way before what a message is answered with. */
        void isSilent() throws InterruptedException {
            assertEquals("pong", ask("ping"));
        }

        void leave(int code, String reason) {
            socket.sendClose(code, reason).join();
        }
    }

    private Guest guest(String room, String query) throws InterruptedException {
        Guest guest = new Guest(room, query);
        assertEquals("in " + room + ", a guest", guest.next());
        return guest;
    }

    @Test
    void do29_tagsFindSockets() throws Exception {
        Guest one = guest("tags", "?tags=a");
        Guest two = guest("tags", "?tags=a,b");
        Guest three = guest("tags", "");
        assertEquals("2 of 3", one.ask("count a"));
        assertEquals("1 of 3", three.ask("count b"));
        assertEquals("1 nobody [a, b]", two.ask("who"));
        assertEquals("told b", two.ask("tell b"));
        one.isSilent();
        three.isSilent();
        two.leave(1000, "");
        assertEquals("0 of 2", awaited(one, "count b", "0 of 2"));
    }

    private static String awaited(Guest guest, String ask, String wanted) throws Exception {
        String seen = guest.ask(ask);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!seen.equals(wanted) && System.nanoTime() < end) {
            LockSupport.parkNanos(20_000_000);
            seen = guest.ask(ask);
        }
        return seen;
    }

    @Test
    void do30_limitsAreMetOnBothSides() throws Exception {
        String ten = "1,2,3,4,5,6,7,8,9,10";
        guest("limits", "?tags=" + ten).isSilent();
        assertEquals("closed 1011 not opened", new Guest("limits", "?tags=" + ten + ",11").next());
        guest("limits", "?tags=" + "t".repeat(256)).isSilent();
        assertEquals(
                "closed 1011 not opened", new Guest("limits", "?tags=" + "t".repeat(257)).next());
        Guest guest = guest("limits", "");
        // Its JSON has two quotes more.
        assertEquals("attached", guest.ask("attach " + (EdgeSocket.MOST_ATTACHED - 2)));
        assertEquals("ATTACHMENT_TOO_LARGE", guest.ask("attach " + (EdgeSocket.MOST_ATTACHED - 1)));
    }

    @Test
    void do31_do32_aSocketOutlivesItsObject_andAPingDoesNotWakeIt() throws Exception {
        Guest guest = guest("sleeps", "?name=ann&tags=t");
        assertEquals("1 ann [t]", guest.ask("who"));
        // The platform lets an object go that nobody has asked for ten seconds.
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(14);
        while (System.nanoTime() < end) {
            assertEquals("pong", guest.ask("ping"));
            LockSupport.parkNanos(10_000_000);
        }
        assertEquals("2 ann [t]", guest.ask("who"));
    }

    @Test
    void whatFailsSendsNothingAndTheClientIsToldSo() throws Exception {
        Guest guest = guest("fails", "?name=bob");
        assertEquals("not handled: fail", guest.ask("fail"));
        assertEquals("2 bob []", guest.ask("who"));
        // What was sent before it went outside was kept, and left.
        assertEquals("kept", guest.ask("outside"));
        assertEquals("at once", guest.next());
        assertEquals("not handled: outside", guest.next());
        assertEquals("not handled: misuse", guest.ask("misuse"));
        assertEquals("what is ''?", guest.ask(""));
    }

    @Test
    void bytesComeAndGo() throws Exception {
        Guest guest = guest("bytes", "");
        guest.socket.sendBinary(ByteBuffer.wrap(new byte[] {1, 2, -1}), true).join();
        assertEquals("bytes ff0201", guest.next());
        String large = "y".repeat(100_000);
        assertEquals("what is '" + large + "'?", guest.ask(large));
    }

    @Test
    void endsAreToldWithTheirCodes() throws Exception {
        Guest stays = guest("ends", "");
        Guest leaves = guest("ends", "?name=cid");
        leaves.leave(4002, "by its own will");
        assertEquals(
                "4002 by its own will cid;", awaited(stays, "ends", "4002 by its own will cid;"));
        Guest thrown = guest("ends", "?name=dan");
        assertEquals("closed 4000 enough", thrown.ask("close enough"));
        // miniflare does not say the reason again when the client agrees to the end.
        String both = "4002 by its own will cid;4000  dan;";
        assertEquals(both, awaited(stays, "ends", both));
    }

    @Test
    void whoIsNotWelcomeIsToldSo() throws Exception {
        assertEquals("closed 1011 not opened", new Guest("door", "?name=refused").next());
        assertEquals("closed 4001 not today", new Guest("door", "?name=closed").next());
        HttpResponse<String> plain =
                client.send(
                        HttpRequest.newBuilder(workerd.address().resolve("/rooms/door")).build(),
                        BodyHandlers.ofString());
        assertEquals(426, plain.statusCode(), plain::body);
    }

    private HttpResponse<InputStream> listen(String room, String query) throws Exception {
        HttpResponse<InputStream> events =
                client.send(
                        HttpRequest.newBuilder(workerd.address().resolve("/rooms/" + room + query))
                                .header("accept", "text/event-stream")
                                .header("flow-ir-parameters", "%7B%22room%22%3A%22stolen%22%7D")
                                .build(),
                        BodyHandlers.ofInputStream());
        assertEquals(200, events.statusCode());
        assertEquals("text/event-stream", events.headers().firstValue("content-type").get());
        return events;
    }

    /** Lines up to the empty one. */
    private static String event(BufferedReader lines) throws IOException {
        StringBuilder event = new StringBuilder();
        for (String line = lines.readLine();
                line != null && !line.isEmpty();
                line = lines.readLine()) {
            event.append(line).append('\n');
        }
        return event.toString();
    }

    @Test
    void whoListensToEventsIsASocketOfTheObject() throws Exception {
        Guest guest = guest("events", "");
        try (BufferedReader events =
                new BufferedReader(
                        new InputStreamReader(listen("events", "?tags=e").body(), UTF_8))) {
            assertEquals("data: in events, nobody, listening\n", event(events));
            assertEquals("1 of 2", guest.ask("count e"));
            assertEquals("one\ntwo", guest.ask("lines 7"));
            assertEquals("id: 7\ndata: one\ndata: two\n", event(events));
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(14);
            while (System.nanoTime() < end) {
                assertEquals("pong", guest.ask("ping"));
                LockSupport.parkNanos(10_000_000);
            }
            assertEquals("2 nobody []", guest.ask("who")); // it slept meanwhile
            assertEquals("one\ntwo", guest.ask("lines 8"));
            String next = event(events);
            while (next.equals(": keep-alive\n")) {
                next = event(events);
            }
            assertEquals("id: 8\ndata: one\ndata: two\n", next);
            guest.socket.sendText("end e", true).join();
            assertEquals(
                    "event: close\ndata: {\"code\":4000,\"reason\":\"over\"}\n", event(events));
            assertEquals("", event(events));
        }
        assertEquals("0 of 1", awaited(guest, "count e", "0 of 1"));
    }

    @Test
    void whoNoLongerListensIsNoSocketAnyMore() throws Exception {
        Guest guest = guest("leaves", "");
        InputStream events = listen("leaves", "?tags=e").body();
        assertEquals("1 of 2", awaited(guest, "count e", "1 of 2"));
        events.close();
        assertEquals("0 of 1", awaited(guest, "count e", "0 of 1"));
        try (BufferedReader refused =
                new BufferedReader(
                        new InputStreamReader(listen("leaves", "?name=refused").body(), UTF_8))) {
            assertEquals(
                    "event: close\ndata: {\"code\":1011,\"reason\":\"not opened\"}\n",
                    event(refused));
        }
        try (BufferedReader text =
                new BufferedReader(
                        new InputStreamReader(listen("leaves", "?tags=b").body(), UTF_8))) {
            assertEquals("data: in leaves, nobody, listening\n", event(text));
            guest.socket.sendText("bytes b", true).join();
            assertTrue(event(text).startsWith("event: close\ndata: {\"code\":4003,"));
        }
    }

    @Test
    void whoListensAndDoesNotReadIsEnded() throws Exception {
        Guest guest = guest("slow", "");
        InputStream events = listen("slow", "?tags=e").body();
        assertEquals("1 of 2", awaited(guest, "count e", "1 of 2"));
        String seen = "1 of 2";
        for (int megabytes = 0; megabytes < 100 && !seen.equals("0 of 1"); megabytes++) {
            guest.socket.sendText("large e", true).join();
            seen = guest.ask("count e");
        }
        assertEquals("0 of 1", awaited(guest, "count e", "0 of 1"));
        events.close();
    }

    @Test
    void oneMessageAfterTheOtherInTheOrderTheyWereSent() throws Exception {
        Guest guest = guest("order", "");
        for (int i = 0; i < 100; i++) {
            guest.socket.sendText("m" + i, true).join();
        }
        for (int i = 0; i < 100; i++) {
            assertEquals("what is 'm" + i + "'?", guest.next());
        }
    }
}
