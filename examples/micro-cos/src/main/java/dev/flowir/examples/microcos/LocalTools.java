package dev.flowir.examples.microcos;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Flights for those who have no such service: a server on this machine that answers {@code
 * tools/call} as MCP over HTTP has it. Faults can be ordered.
 */
public final class LocalTools implements AutoCloseable {

    private static final Pattern DESTINATION = Pattern.compile("\"destination\":\"([^\"]+)\"");
    private static final Pattern DATE = Pattern.compile("\"date\":\"([^\"]+)\"");

    private final HttpServer server;
    private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
    private final AtomicInteger requests = new AtomicInteger();

    private LocalTools() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/mcp", this::serve);
        server.start();
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
        return "http://localhost:" + server.getAddress().getPort();
    }

    /**
     * Orders a status for the next request.
     *
     * @param status instead of an answer
     */
    public void order(int status) {
        statuses.add(status);
    }

    /** {@return how many requests came} */
    public int requests() {
        return requests.get();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.incrementAndGet();
            String request =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Integer status = statuses.poll();
            if (status != null) {
                reply(exchange, status, "{}");
                return;
            }
            String place = group(DESTINATION, request);
            reply(exchange, 200, place.equals("Nowhere") ? nothing() : flights(place, request));
        }
    }

    private static String nothing() {
        return "{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"error\":{\"code\":-32602,\"message\":\"unknown"
                + " destination\"}}";
    }

    private static String flights(String place, String request) {
        String day = group(DATE, request);
        return "{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"two"
                + " flights\"}],\"structuredContent\":{\"flights\":["
                + flight("FL-100", place, day + "T07:10", 8900)
                + ","
                + flight("FL-200", place, day + "T12:40", 14_900)
                + "]},\"isError\":false}}";
    }

    private static String flight(String number, String place, String departs, int cents) {
        return "{\"flightNumber\":\""
                + number
                + "\",\"origin\":\"Berlin\",\"destination\":\""
                + place
                + "\",\"departureTime\":\""
                + departs
                + "\",\"price\":{\"currency\":\"EUR\",\"amountMinor\":"
                + cents
                + "}}";
    }

    private static String group(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? found.group(1) : "";
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
