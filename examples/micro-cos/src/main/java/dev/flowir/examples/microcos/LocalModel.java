package dev.flowir.examples.microcos;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model for those who have none: a server on this machine that speaks OpenAI's {@code
 * /v1/chat/completions}, whole and streamed, and says what little it can. Faults can be ordered.
 */
public final class LocalModel implements AutoCloseable {

    private static final Codec<JsonValue> JSON = JsonCodecs.strict().of(Type.of(JsonValue.class));
    private static final Pattern WISH =
            Pattern.compile(
                    "(?:remind me to|todo:|i have to|i need to) ([^.!?\\n]+)",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern FLIGHT = Pattern.compile("(?m)^(\\S+) \\S+ (\\d+)$");

    /** What goes wrong with one request. */
    public sealed interface Fault {

        /**
         * A status instead of an answer.
         *
         * @param code the status
         */
        record Status(int code) implements Fault {}

        /**
         * The connection ends in the middle of a streamed answer.
         *
         * @param pieces how many pieces come first
         */
        record CutAfter(int pieces) implements Fault {}

        /** A structured answer that is none. */
        record Garbage() implements Fault {}
    }

    private final HttpServer server;
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final AtomicInteger requests = new AtomicInteger();

    private LocalModel() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/chat/completions", this::serve);
        server.start();
    }

    /**
     * Starts one on a free port.
     *
     * @return the server
     * @throws IOException when there is no port
     */
    public static LocalModel start() throws IOException {
        return new LocalModel();
    }

    /** {@return the base of its address} */
    public String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/v1";
    }

    /**
     * Orders a fault for the next request that can have it.
     *
     * @param fault what goes wrong
     */
    public void order(Fault fault) {
        faults.add(fault);
    }

    /** {@return how many requests came} */
    public int requests() {
        return requests.get();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.incrementAndGet();
            JsonValue.Obj request =
                    (JsonValue.Obj) JSON.decode(exchange.getRequestBody().readAllBytes());
            boolean streamed =
                    request.members().get("stream") instanceof JsonValue.Bool(boolean on) && on;
            boolean structured = request.members().containsKey("response_format");
            Optional<Fault> fault = fault(streamed, structured);
            if (fault.isPresent() && fault.get() instanceof Fault.Status(int code)) {
                String type = code < 500 ? "invalid_request_error" : "server_error";
                reply(exchange, code, "{\"error\":{\"message\":\"no\",\"type\":\"" + type + "\"}}");
                return;
            }
            String text = fault.isPresent() && structured ? "{\"oops" : answer(request, structured);
            if (streamed) {
                int most =
                        fault.isPresent() && fault.get() instanceof Fault.CutAfter(int pieces)
                                ? pieces
                                : Integer.MAX_VALUE;
                stream(exchange, pieces(text), most);
            } else {
                reply(exchange, 200, whole(text));
            }
        } catch (CodecException unreadable) {
            reply(exchange, 400, "{\"error\":{\"message\":\"no JSON\"}}");
        }
    }

    private Optional<Fault> fault(boolean streamed, boolean structured) {
        Fault next = faults.peek();
        boolean fits =
                next instanceof Fault.Status
                        || (next instanceof Fault.CutAfter && streamed)
                        || (next instanceof Fault.Garbage && structured);
        return fits ? Optional.ofNullable(faults.poll()) : Optional.empty();
    }

    private static String answer(JsonValue.Obj request, boolean structured) {
        List<String> said = new ArrayList<>();
        String instruction = "";
        if (request.members().get("messages") instanceof JsonValue.Arr(List<JsonValue> messages)) {
            for (JsonValue message : messages) {
                Map<String, JsonValue> members = ((JsonValue.Obj) message).members();
                String content =
                        members.get("content") instanceof JsonValue.Text(String text) ? text : "";
                if (members.get("role") instanceof JsonValue.Text(String role)
                        && role.equals("system")) {
                    instruction = content;
                } else {
                    said.add(content);
                }
            }
        }
        String last = said.isEmpty() ? "" : said.getLast();
        if (!structured) {
            return "You said: " + last + " I have made a note of it, and will see to it.";
        }
        String asked = said.isEmpty() ? "" : said.getFirst();
        return instruction.startsWith("Rank") ? ranking(asked) : titles(asked);
    }

    private static String titles(String text) {
        List<JsonValue> titles = new ArrayList<>();
        Matcher found = WISH.matcher(text);
        while (found.find()) {
            titles.add(JsonValue.text(found.group(1).strip()));
        }
        return text(new JsonValue.Obj(Map.of("titles", new JsonValue.Arr(titles))));
    }

    private static String ranking(String text) {
        List<JsonValue> ranked = new ArrayList<>();
        Matcher found = FLIGHT.matcher(text);
        while (found.find()) {
            ranked.addFirst(
                    new JsonValue.Obj(
                            Map.of(
                                    "id",
                                    JsonValue.text(found.group(1)),
                                    "reason",
                                    JsonValue.text("suits you, at " + found.group(2)))));
        }
        return text(new JsonValue.Obj(Map.of("flights", new JsonValue.Arr(ranked))));
    }

    private static List<String> pieces(String text) {
        return List.of(text.split("(?<=\\s)"));
    }

    private static void stream(HttpExchange exchange, List<String> pieces, int most)
            throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        for (int i = 0; i < pieces.size() && i < most; i++) {
            out.write(event(delta(JsonValue.text(pieces.get(i)), new JsonValue.Null())));
            out.flush();
        }
        if (most < pieces.size()) {
            return;
        }
        out.write(event(delta(new JsonValue.Null(), JsonValue.text("stop"))));
        out.write("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] event(String data) {
        return ("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String delta(JsonValue content, JsonValue finish) {
        String part =
                content instanceof JsonValue.Null ? "{}" : "{\"content\":" + text(content) + "}";
        return "{\"id\":\"c-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"local\","
                + "\"choices\":[{\"index\":0,\"delta\":"
                + part
                + ",\"finish_reason\":"
                + text(finish)
                + "}]}";
    }

    private static String whole(String text) {
        return "{\"id\":\"c-1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"local\","
                + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":"
                + text(JsonValue.text(text))
                + "},\"finish_reason\":\"stop\"}],"
                + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2}}";
    }

    private static String text(JsonValue value) {
        try {
            return new String(JSON.encode(value), StandardCharsets.UTF_8);
        } catch (CodecException e) {
            throw new IllegalStateException("JSON is JSON", e);
        }
    }

    private static void reply(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
