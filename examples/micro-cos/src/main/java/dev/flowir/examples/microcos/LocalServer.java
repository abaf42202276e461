package dev.flowir.examples.microcos;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;

/** A server on a free port of this machine, for those who have no such service. */
final class LocalServer implements AutoCloseable {

    private static final Codec<JsonValue> JSON = JsonCodecs.strict().of(Type.of(JsonValue.class));

    private final HttpServer server;

    LocalServer(String path, HttpHandler handler) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(path, handler);
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** What was sent. */
    static JsonValue body(HttpExchange exchange) throws IOException, CodecException {
        return JSON.decode(exchange.getRequestBody().readAllBytes());
    }

    static void reply(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    static String text(JsonValue value) {
        try {
            return new String(JSON.encode(value), StandardCharsets.UTF_8);
        } catch (CodecException e) {
            throw new IllegalStateException("JSON is JSON", e);
        }
    }

    static Optional<JsonValue> member(JsonValue value, String name) {
        return value instanceof JsonValue.Obj(Map<String, JsonValue> members)
                ? Optional.ofNullable(members.get(name))
                : Optional.empty();
    }

    static String word(JsonValue value, String name) {
        return member(value, name).orElse(JsonValue.text("")) instanceof JsonValue.Text(String text)
                ? text
                : "";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
