package dev.flowir.kernel.cap;

import dev.flowir.ir.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a client asked for a connection.
 *
 * @param kind what it asked for
 * @param parameters parameters of the path
 * @param query decoded query parameters
 * @param headers values under lower-case names
 * @param user who it is, when the host knows
 */
public record WireRequest(
        Kind kind,
        Map<String, String> parameters,
        Map<String, List<String>> query,
        Map<String, List<String>> headers,
        Optional<JsonValue> user) {

    /** Digits of a number that is a long whatever they are. */
    private static final int MAX_DIGITS = 18;

    /** What a client asks for. */
    public enum Kind {
        /** A WebSocket: frames in both directions. */
        SOCKET,
        /** Server-sent events: text to the client only. */
        EVENTS,
        /** One answer: the first text that is sent; then it is over. */
        SNAPSHOT
    }

    /**
     * A parameter of the path.
     *
     * @param name its name
     * @return its value
     * @throws IllegalArgumentException when the path has none of this name
     */
    public String parameter(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "the path has no parameter '" + name + "'; it has " + parameters.keySet());
        }
        return value;
    }

    /**
     * The first value of a query parameter.
     *
     * @param name its name
     * @return the value, if there is one
     */
    public Optional<String> query(String name) {
        return first(query, name);
    }

    /**
     * The first value of a header.
     *
     * @param name in any case
     * @return the value, if there is one
     */
    public Optional<String> header(String name) {
        return first(headers, name.toLowerCase(Locale.ROOT));
    }

    /**
     * After which version the client wants to go on: the header {@code Last-Event-ID}, which a
     * browser sends by itself when it comes back, else the query parameter {@code since}.
     *
     * @return the version; empty when it says none, or none that can be, and for a snapshot
     */
    public OptionalLong since() {
        if (kind == Kind.SNAPSHOT) {
            return OptionalLong.empty();
        }
        String text = header("last-event-id").or(() -> query("since")).orElse("");
        boolean number = !text.isEmpty() && text.length() <= MAX_DIGITS;
        return number && text.chars().allMatch(c -> c >= '0' && c <= '9')
                ? OptionalLong.of(Long.parseLong(text))
                : OptionalLong.empty();
    }

    private static Optional<String> first(Map<String, List<String>> values, String name) {
        return values.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** Without query and headers, which may hold secrets. */
    @Override
    public String toString() {
        return kind + " " + parameters;
    }
}
