package dev.flowir.examples.imagepipeline;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Talks to an image pipeline over HTTP only. */
final class Web implements AutoCloseable {

    private static final long LOOK_AGAIN_NANOS = 20_000_000;

    private final URI base;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Web(URI base) {
        this.base = base;
    }

    /** The same with connections of its own. */
    Web afresh() {
        return new Web(base);
    }

    HttpResponse<String> send(String method, String path, byte[] body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path))
                        .timeout(Bench.PATIENCE)
                        .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> upload(String organization, String name, byte[] bytes)
            throws IOException, InterruptedException {
        return send("PUT", "/images/" + organization + "/" + name, bytes);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path, new byte[0]);
    }

    HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return send(
                "POST",
                path,
                json.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                "content-type",
                "application/json");
    }

    String classifications(String organization) throws IOException, InterruptedException {
        return get("/organizations/" + organization + "/classifications").body();
    }

    /** Asks until the answer is as wanted, and gives it. */
    String await(String path, Predicate<String> wanted) throws IOException, InterruptedException {
        long end = System.nanoTime() + Bench.PATIENCE.toNanos();
        while (true) {
            String body = get(path).body();
            if (wanted.test(body)) {
                return body;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError(path + " is still " + body);
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    /** The lines of an event stream, as they come. */
    Lines events(String organization, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve("/organizations/" + organization + "/events"))
                        .header("accept", "text/event-stream");
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<Stream<String>> answer =
                http.send(request.build(), HttpResponse.BodyHandlers.ofLines());
        if (answer.statusCode() != 200) {
            throw new AssertionError("events are answered with " + answer.statusCode());
        }
        Lines lines = new Lines(answer.body(), new CopyOnWriteArrayList<>());
        Thread.ofVirtual().start(lines::read);
        return lines;
    }

    /** A connection in both directions. */
    Socket socket(String organization) {
        return socket(http, base, "/organizations/" + organization + "/events");
    }

    /** The same to another place. */
    static Socket socket(HttpClient http, URI base, String path) {
        CompletableFuture<Integer> closed = new CompletableFuture<>();
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        WebSocket.Listener listener =
                new WebSocket.Listener() {
                    private final StringBuilder text = new StringBuilder();

                    @Override
                    public @Nullable CompletionStage<?> onText(
                            WebSocket socket, CharSequence part, boolean last) {
                        text.append(part);
                        if (last) {
                            heard.add(text.toString());
                            text.setLength(0);
                        }
                        socket.request(1);
                        return null;
                    }

                    @Override
                    public @Nullable CompletionStage<?> onClose(
                            WebSocket socket, int code, String reason) {
                        closed.complete(code);
                        return null;
                    }
                };
        URI to = URI.create(base.resolve(path).toString().replaceFirst("http", "ws"));
        return new Socket(
                http.newWebSocketBuilder().buildAsync(to, listener).join(), heard, closed);
    }

    /** A WebSocket, what it has said, and with which code it was closed. */
    record Socket(WebSocket to, BlockingQueue<String> heard, CompletableFuture<Integer> closed)
            implements AutoCloseable {

        void say(String text) {
            to.sendText(text, true).join();
        }

        String next() throws InterruptedException {
            String text = heard.poll(Bench.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (text == null) {
                throw new AssertionError("nothing more is said");
            }
            return text;
        }

        /** Calls a method, and gives what it says. */
        String ask(String method, String argument) throws InterruptedException {
            say(
                    "{\"type\":\"call\",\"id\":\"1\",\"method\":\"%s\",\"argument\":%s}"
                            .formatted(method, argument));
            return next();
        }

        @Override
        public void close() {
            to.abort();
        }
    }

    /** What an event stream has said so far. */
    record Lines(Stream<String> from, List<String> heard) implements AutoCloseable {

        private void read() {
            try {
                from.forEach(heard::add);
            } catch (java.io.UncheckedIOException closed) {
                heard.add("closed");
            }
        }

        /** The data of events, in order. */
        List<String> data() {
            return starting("data:");
        }

        /** The ids of events, in order. */
        List<String> ids() {
            return starting("id:");
        }

        private List<String> starting(String word) {
            return heard.stream()
                    .filter(line -> line.startsWith(word))
                    .map(line -> line.substring(word.length()).strip())
                    .toList();
        }

        /** Waits until so many events were heard. */
        List<String> await(int events) {
            long end = System.nanoTime() + Bench.PATIENCE.toNanos();
            while (data().size() < events) {
                if (System.nanoTime() > end) {
                    throw new AssertionError(events + " events are expected: " + heard);
                }
                LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            }
            return data();
        }

        @Override
        public void close() {
            from.close();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
