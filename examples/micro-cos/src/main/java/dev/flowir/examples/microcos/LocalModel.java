package dev.flowir.examples.microcos;

import com.sun.net.httpserver.HttpExchange;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model for those who have none: a server on this machine that speaks OpenAI's {@code
 * /v1/chat/completions}, whole and streamed, and says what little it can. Faults can be ordered.
 */
public final class LocalModel implements AutoCloseable {

    private static final Pattern WISH =
            Pattern.compile(
                    "(?:remind me to|todo:|i have to|i need to) ([^.!?\\n]+)",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern DAY = Pattern.compile("\\s+on (\\d{4}-\\d{2}-\\d{2})$");
    private static final Pattern FLIGHT = Pattern.compile("(?m)^(\\S+) \\S+ (\\d+)$");

    private static final long LONGEST_PAUSE_SECONDS = 60;

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

        /**
         * A streamed answer stops for a while, and goes on.
         *
         * @param pieces how many pieces come first
         * @param until then the rest comes
         */
        record PauseAfter(int pieces, CountDownLatch until) implements Fault {}

        /** A structured answer that is none. */
        record Garbage() implements Fault {}
    }

    private final LocalServer server;
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final AtomicInteger requests = new AtomicInteger();

    private LocalModel() throws IOException {
        server = new LocalServer("/v1/chat/completions", this::serve);
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
        return server.url() + "/v1";
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
            JsonValue.Obj request = (JsonValue.Obj) LocalServer.body(exchange);
            boolean streamed =
                    request.members().get("stream") instanceof JsonValue.Bool(boolean on) && on;
            boolean structured = request.members().containsKey("response_format");
            Optional<Fault> fault = fault(streamed, structured);
            if (fault.isPresent() && fault.get() instanceof Fault.Status(int code)) {
                String type = code < 500 ? "invalid_request_error" : "server_error";
                LocalServer.reply(
                        exchange,
                        code,
                        "{\"error\":{\"message\":\"no\",\"type\":\"" + type + "\"}}");
                return;
            }
            String text = fault.isPresent() && structured ? "{\"oops" : answer(request, structured);
            if (streamed) {
                stream(exchange, pieces(text), fault);
            } else {
                LocalServer.reply(exchange, 200, whole(text));
            }
        } catch (CodecException unreadable) {
            LocalServer.reply(exchange, 400, "{\"error\":{\"message\":\"no JSON\"}}");
        }
    }

    private Optional<Fault> fault(boolean streamed, boolean structured) {
        Fault next = faults.peek();
        boolean fits =
                next instanceof Fault.Status
                        || (next instanceof Fault.CutAfter && streamed)
                        || (next instanceof Fault.PauseAfter && streamed)
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
        List<JsonValue> reminders = new ArrayList<>();
        Matcher found = WISH.matcher(text);
        while (found.find()) {
            String wish = found.group(1).strip();
            Matcher day = DAY.matcher(wish);
            JsonValue title = JsonValue.text(day.replaceFirst(""));
            titles.add(title);
            if (day.reset().find()) {
                reminders.add(
                        new JsonValue.Obj(
                                Map.of("title", title, "day", JsonValue.text(day.group(1)))));
            }
        }
        return LocalServer.text(
                new JsonValue.Obj(
                        Map.of(
                                "titles", new JsonValue.Arr(titles),
                                "reminders", new JsonValue.Arr(reminders))));
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
        return LocalServer.text(new JsonValue.Obj(Map.of("flights", new JsonValue.Arr(ranked))));
    }

    private static List<String> pieces(String text) {
        return List.of(text.split("(?<=\\s)"));
    }

    private static void stream(HttpExchange exchange, List<String> pieces, Optional<Fault> fault)
            throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        for (int i = 0; i < pieces.size(); i++) {
            if (endsBefore(i, fault)) {
                return;
            }
            out.write(event(delta(JsonValue.text(pieces.get(i)), new JsonValue.Null())));
            out.flush();
        }
        out.write(event(delta(new JsonValue.Null(), JsonValue.text("stop"))));
        out.write("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
    }

    /** Whether a streamed answer ends before a piece; waits where it has to pause. */
    private static boolean endsBefore(int piece, Optional<Fault> fault) {
        if (fault.isEmpty()) {
            return false;
        }
        return switch (fault.get()) {
            case Fault.CutAfter(int pieces) -> piece == pieces;
            case Fault.PauseAfter(int pieces, CountDownLatch until) ->
                    piece == pieces && !passed(until);
            case Fault.Status status -> false;
            case Fault.Garbage garbage -> false;
        };
    }

    private static boolean passed(CountDownLatch until) {
        try {
            return until.await(LONGEST_PAUSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static byte[] event(String data) {
        return ("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String delta(JsonValue content, JsonValue finish) {
        String part =
                content instanceof JsonValue.Null
                        ? "{}"
                        : "{\"content\":" + LocalServer.text(content) + "}";
        return "{\"id\":\"c-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"local\","
                + "\"choices\":[{\"index\":0,\"delta\":"
                + part
                + ",\"finish_reason\":"
                + LocalServer.text(finish)
                + "}]}";
    }

    private static String whole(String text) {
        return "{\"id\":\"c-1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"local\","
                + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":"
                + LocalServer.text(JsonValue.text(text))
                + "},\"finish_reason\":\"stop\"}],"
                + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2}}";
    }

    @Override
    public void close() {
        server.close();
    }
}
