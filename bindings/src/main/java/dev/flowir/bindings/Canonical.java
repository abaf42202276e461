package dev.flowir.bindings;

import dev.flowir.ir.JsonValue;
import dev.flowir.ir.check.Names;
import dev.flowir.ir.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** The one form of a JSON value: keys of all objects in the order of their UTF-8 bytes. */
final class Canonical {

    static final Comparator<String> ORDER = Names::compareByCodePoint;

    private Canonical() {}

    /** With the keys of all objects in order; lists keep theirs. */
    static JsonValue sorted(JsonValue value) {
        return switch (value) {
            case JsonValue.Arr(var items) ->
                    new JsonValue.Arr(items.stream().map(Canonical::sorted).toList());
            case JsonValue.Obj(var members) -> {
                Map<String, JsonValue> sorted = new LinkedHashMap<>();
                members.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey(ORDER))
                        .forEach(one -> sorted.put(one.getKey(), sorted(one.getValue())));
                yield new JsonValue.Obj(sorted);
            }
            default -> value;
        };
    }

    /** For people and for version control: a member a line, ending in a line end. */
    static String pretty(JsonValue value) {
        return JsonText.pretty(sorted(value)) + "\n";
    }

    /** SHA-256, in hex, of a value without blanks, where what is not ASCII stands as it is. */
    static String hash(JsonValue value) {
        try {
            byte[] text = JsonText.compact(sorted(value)).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
