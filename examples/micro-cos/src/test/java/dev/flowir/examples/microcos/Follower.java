package dev.flowir.examples.microcos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A client that follows a chat, by a WebSocket or by server-sent events. */
abstract class Follower implements AutoCloseable {

    /** What it was sent. */
    record Heard(String type, long version, JsonValue what) {

        static Heard of(String text) {
            try {
                JsonValue json =
                        JsonCodecs.strict()
                                .of(Type.of(JsonValue.class))
                                .decode(text.getBytes(StandardCharsets.UTF_8));
                String type = ((JsonValue.Text) Cos.member(json, "type")).value();
                long version = Long.parseLong(((JsonValue.Num) Cos.member(json, "version")).text());
                boolean event = type.equals("event");
                return new Heard(
                        event
                                ? ((JsonValue.Text) Cos.member(Cos.member(json, "event"), "type"))
                                        .value()
                                : type,
                        version,
                        Cos.member(json, event ? "event" : "state"));
            } catch (dev.flowir.ir.CodecException e) {
                throw new AssertionError(text, e);
            }
        }
    }

    private final List<Heard> all = new ArrayList<>();

    /** The next text that it is sent; empty when nothing follows. */
    abstract String nextOrEnd() throws IOException, InterruptedException;

    /** The next text that it is sent. */
    private String next() throws IOException, InterruptedException {
        String next = nextOrEnd();
        if (next.isEmpty()) {
            throw new AssertionError("nothing comes");
        }
        return next;
    }

    @Override
    public abstract void close();

    /** Listens until something comes. */
    List<Heard> until(Predicate<Heard> last) throws IOException, InterruptedException {
        do {
            all.add(Heard.of(next()));
        } while (!last.test(all.getLast()));
        return List.copyOf(all);
    }

    List<Heard> until(String type) throws IOException, InterruptedException {
        return until(heard -> heard.type().equals(type));
    }

    static List<Long> versions(List<Heard> heard) {
        return heard.stream().map(Heard::version).toList();
    }

    static Follower socket(Cos cos, String user, String query) {
        return new Socket(
                cos.client(),
                URI.create("ws" + cos.at("/chats/" + user + "/events").toString().substring(4)),
                query);
    }

    /** A WebSocket to any address. */
    static Follower socket(HttpClient client, URI at) {
        return new Socket(client, URI.create("ws" + at.toString().substring(4)), "");
    }

    static Follower events(Cos cos, String user, String seen) throws Exception {
        return new Events(cos.client(), cos.at("/chats/" + user + "/events"), seen);
    }

    /** Server-sent events of any address. */
    static Follower events(HttpClient client, URI at, String seen) throws Exception {
        return new Events(client, at, seen);
    }

    private static final class Socket extends Follower implements WebSocket.Listener {

        private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();
        private final WebSocket socket;

        Socket(HttpClient client, URI at, String query) {
            socket =
                    client.newWebSocketBuilder()
                            .connectTimeout(Cos.PATIENCE)
                            .buildAsync(URI.create(at + query), this)
                            .join();
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                texts.add(text.toString());
                text.setLength(0);
            }
            return WebSocket.Listener.super.onText(from, part, last);
        }

        @Override
        String nextOrEnd() throws InterruptedException {
            String next = texts.poll(Cos.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return next == null ? "" : next;
        }

        /** As a network that breaks: without a word. */
        @Override
        public void close() {
            socket.abort();
        }
    }

    private static final class Events extends Follower {

        private final BufferedReader lines;

        Events(HttpClient client, URI at, String seen) throws Exception {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(at).header("accept", "text/event-stream");
            if (!seen.isEmpty()) {
                request.header("Last-Event-ID", seen);
            }
            HttpResponse<InputStream> answer =
                    client.send(request.build(), BodyHandlers.ofInputStream());
            assertEquals(200, answer.statusCode());
            lines =
                    new BufferedReader(
                            new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
        }

        @Override
        String nextOrEnd() throws IOException {
            String line = lines.readLine();
            while (line != null && !line.startsWith("data: ")) {
                line = lines.readLine();
            }
            return line == null ? "" : line.substring("data: ".length());
        }

        @Override
        public void close() {
            try {
                lines.close();
            } catch (IOException gone) {
                throw new AssertionError(gone);
            }
        }
    }
}
