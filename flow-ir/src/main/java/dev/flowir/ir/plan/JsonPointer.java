package dev.flowir.ir.plan;

import dev.flowir.ir.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON pointer (RFC 6901) that walks {@link JsonValue}, {@link Map} and {@link List}. Legal when
 * empty or starting with {@code /}; array indexes have no leading zeros; {@code -} finds nothing.
 */
public final class JsonPointer {

    private final String text;
    private final List<String> tokens;

    private JsonPointer(String text, List<String> tokens) {
        this.text = text;
        this.tokens = tokens;
    }

    /**
     * {@return the pointer written as {@code text}; empty when it is not one}
     *
     * @param text for example {@code /order/id}
     */
    public static Optional<JsonPointer> parse(String text) {
        if (text.isEmpty()) {
            return Optional.of(new JsonPointer(text, List.of()));
        }
        if (text.charAt(0) != '/') {
            return Optional.empty();
        }
        List<String> tokens = new ArrayList<>();
        int from = 1;
        while (true) {
            int to = text.indexOf('/', from);
            String raw = to < 0 ? text.substring(from) : text.substring(from, to);
            tokens.add(raw.replace("~1", "/").replace("~0", "~"));
            if (to < 0) {
                return Optional.of(new JsonPointer(text, List.copyOf(tokens)));
            }
            from = to + 1;
        }
    }

    /**
     * {@return the value it points to within {@code root}; empty when there is none}
     *
     * @param root a JSON value, or maps and lists
     */
    public Optional<Object> resolve(Object root) {
        Object at = root;
        for (String token : tokens) {
            Optional<Object> next = step(at, token);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            at = next.get();
        }
        return Optional.of(at);
    }

    private static Optional<Object> step(Object at, String token) {
        return switch (at) {
            case JsonValue.Obj object -> Optional.ofNullable(object.members().get(token));
            case JsonValue.Arr array -> item(array.items(), token);
            case Map<?, ?> map -> Optional.ofNullable(map.get(token));
            case List<?> list -> item(list, token);
            default -> Optional.empty();
        };
    }

    private static Optional<Object> item(List<?> items, String token) {
        int length = token.length();
        if (length == 0 || length > 9 || (length > 1 && token.charAt(0) == '0')) {
            return Optional.empty();
        }
        int index = 0;
        for (int i = 0; i < length; i++) {
            char digit = token.charAt(i);
            if (digit < '0' || digit > '9') {
                return Optional.empty();
            }
            index = index * 10 + (digit - '0');
        }
        return index < items.size() ? Optional.ofNullable(items.get(index)) : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
