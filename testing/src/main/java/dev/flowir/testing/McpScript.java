package dev.flowir.testing;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server's side of the Model Context Protocol, byte for byte. */
final class McpScript {

    /** The session that servers here begin. */
    static final String SESSION = "session-1";

    private static final Pattern METHOD = Pattern.compile("\"method\":\"([^\"]+)\"");
    private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");
    private static final Pattern CANCELLED = Pattern.compile("\"requestId\":(\\d+)");

    /** How what is asked in a session is answered. */
    @FunctionalInterface
    interface Answer {
        void answer(WireRequest request, Wire wire) throws IOException;
    }

    private McpScript() {}

    static String method(WireRequest request) {
        return request.method().equals("POST") ? found(METHOD, request) : request.method();
    }

    static String id(WireRequest request) {
        return found(ID, request);
    }

    static String cancelled(WireRequest request) {
        return found(CANCELLED, request);
    }

    private static String found(Pattern pattern, WireRequest request) {
        Matcher matcher = pattern.matcher(request.text());
        return matcher.find() ? matcher.group(1) : "";
    }

    /** A result, as a text. */
    static String result(WireRequest request, String result) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id(request) + ",\"result\":" + result + "}";
    }

    /** An error, as a text. */
    static String error(WireRequest request, int code, String message) {
        return "{\"jsonrpc\":\"2.0\",\"id\":"
                + id(request)
                + ",\"error\":{\"code\":"
                + code
                + ",\"message\":\""
                + message
                + "\"}}";
    }

    /** What a tool gives, as a text. */
    static String content(String text) {
        return "{\"content\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}";
    }

    static void json(Wire wire, String body) throws IOException {
        wire.reply(200, "Content-Type: application/json\r\n", body);
    }

    static void hello(WireRequest request, Wire wire, String version, String session)
            throws IOException {
        wire.reply(
                200,
                "Content-Type: application/json\r\n"
                        + (session.isEmpty() ? "" : "Mcp-Session-Id: " + session + "\r\n"),
                result(
                        request,
                        "{\"protocolVersion\":\""
                                + version
                                + "\",\"capabilities\":{\"tools\":{}},"
                                + "\"serverInfo\":{\"name\":\"s\",\"version\":\"1\"}}"));
    }

    static WireServer.Script serving(Answer answer) {
        return (request, wire) -> {
            switch (method(request)) {
                case "initialize" -> hello(request, wire, "2025-06-18", SESSION);
                case "notifications/initialized", "notifications/cancelled", "" ->
                        wire.reply(202, "", "");
                case "DELETE" -> wire.reply(204, "", "");
                default -> answer.answer(request, wire);
            }
        };
    }
}
