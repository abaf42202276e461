package dev.flowir.examples.microcos;

import com.sun.net.httpserver.HttpExchange;
import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Flights and hotels for those who have no such service: a server on this machine that speaks the
 * Model Context Protocol over HTTP. It knows nothing of a place called Nowhere. Faults can be
 * ordered.
 */
public final class LocalTools implements AutoCloseable {

    private static final String VERSION = "2025-06-18";
    private static final int NO_SUCH_TOOL = -32_602;
    private static final long LONGEST_HANG_SECONDS = 60;

    private static final JsonCodecs JSON = JsonCodecs.strict();
    private static final Codec<Flights> FLIGHTS = JSON.of(Type.of(Flights.class));
    private static final Codec<Hotels> HOTELS = JSON.of(Type.of(Hotels.class));

    /** What goes wrong with one call of a tool. */
    public sealed interface Fault {

        /**
         * A status instead of an answer.
         *
         * @param code the status
         */
        record Status(int code) implements Fault {}

        /**
         * No answer for a while.
         *
         * @param until then it comes
         */
        record Hangs(CountDownLatch until) implements Fault {}

        /** The server says that it has no such tool. */
        record Unknown() implements Fault {}
    }

    private final LocalServer server;
    private final Map<String, Queue<Fault>> faults = new ConcurrentHashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();

    private LocalTools() throws IOException {
        server = new LocalServer("/mcp", this::serve);
    }

    /**
     * Starts one on a free port.
     *
     * @return the server
     * @throws IOException when there is no port
     */
    public static LocalTools start() throws IOException {
        return new LocalTools();
    }

    /** {@return the base of its address} */
    public String url() {
        return server.url();
    }

    /**
     * Orders a fault for the next call of a tool.
     *
     * @param tool which
     * @param fault what goes wrong
     */
    public void order(String tool, Fault fault) {
        faults.computeIfAbsent(tool, any -> new ConcurrentLinkedQueue<>()).add(fault);
    }

    /**
     * Calls of a tool that came.
     *
     * @param tool which
     * @return how many
     */
    public int calls(String tool) {
        return (int) calls.stream().filter(tool::equals).count();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("POST")) {
                boolean over = exchange.getRequestMethod().equals("DELETE");
                exchange.sendResponseHeaders(over ? 204 : 405, -1);
                return;
            }
            JsonValue request = LocalServer.body(exchange);
            switch (LocalServer.word(request, "method")) {
                case "initialize" -> {
                    exchange.getResponseHeaders().set("Mcp-Session-Id", "local");
                    result(exchange, request, hello());
                }
                case "tools/list" -> result(exchange, request, offered());
                case "tools/call" -> call(exchange, request);
                default -> exchange.sendResponseHeaders(202, -1); // a notification
            }
        } catch (CodecException unreadable) {
            LocalServer.reply(exchange, 400, "{}");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void call(HttpExchange exchange, JsonValue request)
            throws IOException, CodecException, InterruptedException {
        JsonValue params = LocalServer.member(request, "params").orElseThrow();
        String tool = LocalServer.word(params, "name");
        calls.add(tool);
        Optional<Fault> fault = Optional.ofNullable(faults.get(tool)).map(Queue::poll);
        if (fault.isPresent()) {
            switch (fault.get()) {
                case Fault.Status(int code) -> {
                    LocalServer.reply(exchange, code, "{}");
                    return;
                }
                case Fault.Unknown unknown -> {
                    unknown(exchange, request);
                    return;
                }
                case Fault.Hangs(CountDownLatch until) -> {
                    if (!until.await(LONGEST_HANG_SECONDS, TimeUnit.SECONDS)) {
                        return;
                    }
                }
            }
        }
        JsonValue arguments = LocalServer.member(params, "arguments").orElseThrow();
        switch (tool) {
            case Search.FLIGHTS_SEARCH -> result(exchange, request, flights(arguments));
            case Search.HOTEL_SEARCH -> result(exchange, request, hotels(arguments));
            default -> unknown(exchange, request);
        }
    }

    private static void result(HttpExchange exchange, JsonValue request, String result)
            throws IOException {
        LocalServer.reply(
                exchange,
                200,
                "{\"jsonrpc\":\"2.0\",\"id\":" + id(request) + ",\"result\":" + result + "}");
    }

    private static void unknown(HttpExchange exchange, JsonValue request) throws IOException {
        LocalServer.reply(
                exchange,
                200,
                "{\"jsonrpc\":\"2.0\",\"id\":"
                        + id(request)
                        + ",\"error\":{\"code\":"
                        + NO_SUCH_TOOL
                        + ",\"message\":\"Unknown tool\"}}");
    }

    private static String id(JsonValue request) {
        return LocalServer.text(LocalServer.member(request, "id").orElse(new JsonValue.Null()));
    }

    private static String hello() {
        return "{\"protocolVersion\":\""
                + VERSION
                + "\",\"capabilities\":{\"tools\":{}},"
                + "\"serverInfo\":{\"name\":\"local\",\"version\":\"1\"}}";
    }

    private static String offered() {
        List<String> tools = new ArrayList<>();
        for (String tool : List.of(Search.FLIGHTS_SEARCH, Search.HOTEL_SEARCH)) {
            tools.add("{\"name\":\"" + tool + "\",\"inputSchema\":{\"type\":\"object\"}}");
        }
        return "{\"tools\":[" + String.join(",", tools) + "]}";
    }

    /** Flights, as this tool says it. */
    record Flights(List<Flight> flights) {}

    /** A flight. */
    record Flight(
            String flightNumber,
            String origin,
            String destination,
            String departureTime,
            Price price) {}

    /** Hotels. */
    record Hotels(List<Hotel> hotels) {}

    /** A hotel. */
    record Hotel(String hotelId, String hotelName, String city, int stars, Price pricePerNight) {}

    /** In the smallest coin there is. */
    record Price(String currency, long amountMinor) {}

    private static String flights(JsonValue arguments) throws CodecException {
        String to = LocalServer.word(arguments, "destination");
        String day = LocalServer.word(arguments, "date");
        Flights there =
                new Flights(
                        List.of(
                                flight("FL-100", to, day + "T07:10", 8900),
                                flight("FL-200", to, day + "T12:40", 14_900)));
        return to.equals("Nowhere") ? failed() : done(FLIGHTS.encode(there));
    }

    private static Flight flight(String number, String to, String departs, long cents) {
        return new Flight(number, "Berlin", to, departs, new Price("EUR", cents));
    }

    private static String hotels(JsonValue arguments) throws CodecException {
        String city = LocalServer.word(arguments, "city");
        Hotels there =
                new Hotels(
                        List.of(
                                new Hotel(
                                        "HO-1", "Hotel Central", city, 3, new Price("EUR", 9900))));
        return city.equals("Nowhere") ? failed() : done(HOTELS.encode(there));
    }

    private static String done(byte[] structured) {
        return "{\"content\":[{\"type\":\"text\",\"text\":\"see the structured content\"}],"
                + "\"structuredContent\":"
                + new String(structured, StandardCharsets.UTF_8)
                + ",\"isError\":false}";
    }

    private static String failed() {
        return "{\"content\":[{\"type\":\"text\",\"text\":\"no such place\"}],\"isError\":true}";
    }

    @Override
    public void close() {
        server.close();
    }
}
