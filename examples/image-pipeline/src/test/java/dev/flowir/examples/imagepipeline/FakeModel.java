package dev.flowir.examples.imagepipeline;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * A classifier that speaks Workers AI's HTTP and whose answer follows from the picture, for tests
 * with faults. It counts what would be paid for: each idempotency key once.
 */
final class FakeModel implements AutoCloseable {

    /** What the platform says when it has no room; it passes. */
    static final Reply NO_CAPACITY = Reply.error(429, 3040, "Capacity temporarily exceeded");

    /** What it says when there is no such model; it does not pass. */
    static final Reply NO_MODEL = Reply.error(400, 5007, "No such model");

    /** A status and a body. */
    record Reply(int status, String body) {

        static Reply error(int status, int code, String message) {
            return new Reply(
                    status,
                    "{\"result\":null,\"success\":false,\"errors\":[{\"code\":%d,\"message\":\"%s\"}],\"messages\":[]}"
                            .formatted(code, message));
        }

        static Reply of(String result) {
            return new Reply(
                    200,
                    "{\"result\":" + result + ",\"success\":true,\"errors\":[],\"messages\":[]}");
        }
    }

    /** A request as it came. */
    record Request(String path, String contentType, String key, String latin1) {

        byte[] body() {
            return latin1.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    /** How it answers. */
    interface Script {
        Reply answer(Request request) throws InterruptedException;
    }

    private final HttpServer server;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Set<String> paid = ConcurrentHashMap.newKeySet();
    private volatile Script script = request -> Reply.of(labels(request.body()));

    private FakeModel(HttpServer server) {
        this.server = server;
    }

    static FakeModel start() throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        FakeModel model = new FakeModel(server);
        server.createContext("/client/v4/accounts/local/ai/run/", model::serve);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return model;
    }

    /** Labels that tell the picture: their name has its checksum. */
    static String labels(byte[] picture) {
        return "[{\"label\":\"other\",\"score\":0.25},{\"label\":\"%s\",\"score\":0.75}]"
                .formatted(best(picture));
    }

    static String best(byte[] picture) {
        return "sum-" + java.util.Arrays.hashCode(picture);
    }

    URI url() {
        return URI.create(
                "http://127.0.0.1:" + server.getAddress().getPort() + "/client/v4/accounts/local");
    }

    /** Answers otherwise from now on. */
    FakeModel answering(Script other) {
        script = other;
        return this;
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Keys that an answer was given for. */
    int paid() {
        return paid.size();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Request request =
                    new Request(
                            exchange.getRequestURI().getPath(),
                            exchange.getRequestHeaders().getFirst("content-type"),
                            exchange.getRequestHeaders().getFirst("idempotency-key"),
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.ISO_8859_1));
            requests.add(request);
            Reply reply = script.answer(request);
            if (reply.status() == 200) {
                paid.add(request.key());
            }
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("content-type", "application/json");
            exchange.sendResponseHeaders(reply.status(), body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
