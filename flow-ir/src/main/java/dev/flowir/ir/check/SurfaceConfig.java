package dev.flowir.ir.check;

import dev.flowir.ir.ControlSurface;
import dev.flowir.ir.JsonValue;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The config of one surface with its place in the document, read part by part. */
final class SurfaceConfig {

    private static final String MAX_UNSIGNED = "18446744073709551615";

    private final String pointer;
    private final Map<String, JsonValue> members;

    private SurfaceConfig(String pointer, Map<String, JsonValue> members) {
        this.pointer = pointer;
        this.members = members;
    }

    /** The config of surface {@code index}; empty unless it is an object. */
    static Optional<SurfaceConfig> of(ControlSurface surface, int index) {
        return surface.config() instanceof JsonValue.Obj object
                ? Optional.of(
                        new SurfaceConfig(
                                "/control_surfaces/" + index + "/config", object.members()))
                : Optional.empty();
    }

    /** Pointer to the config itself. */
    String pointer() {
        return pointer;
    }

    /** Pointer to member {@code key}, or to the config when there is no such member. */
    String pointer(String key) {
        return members.containsKey(key) ? pointer + "/" + escape(key) : pointer;
    }

    boolean has(String key) {
        return members.containsKey(key);
    }

    /** Whether {@code v} is the JSON integer 1. */
    boolean isVersionOne() {
        return members.get("v") instanceof JsonValue.Num number && number.text().equals("1");
    }

    Optional<String> text(String key) {
        return members.get(key) instanceof JsonValue.Text text
                ? Optional.of(text.value())
                : Optional.empty();
    }

    Optional<JsonValue.Arr> array(String key) {
        return members.get(key) instanceof JsonValue.Arr array
                ? Optional.of(array)
                : Optional.empty();
    }

    Optional<SurfaceConfig> object(String key) {
        return members.get(key) instanceof JsonValue.Obj object
                ? Optional.of(new SurfaceConfig(pointer + "/" + escape(key), object.members()))
                : Optional.empty();
    }

    /** Members in the order of their keys' code points. */
    Map<String, JsonValue> sorted() {
        Map<String, JsonValue> sorted = new TreeMap<>(Names::compareByCodePoint);
        sorted.putAll(members);
        return sorted;
    }

    /** Whether {@code key} is an unsigned 64-bit integer, written as JSON writes integers. */
    boolean isUnsigned(String key) {
        return members.get(key) instanceof JsonValue.Num number && isUnsigned(number);
    }

    /** Whether {@code key} is an unsigned 64-bit integer above zero. */
    boolean isPositive(String key) {
        return members.get(key) instanceof JsonValue.Num number
                && isUnsigned(number)
                && !number.text().equals("0");
    }

    private static boolean isUnsigned(JsonValue.Num number) {
        String text = number.text();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty()
                && (text.length() < MAX_UNSIGNED.length()
                        || (text.length() == MAX_UNSIGNED.length()
                                && text.compareTo(MAX_UNSIGNED) <= 0));
    }

    private static String escape(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }
}
