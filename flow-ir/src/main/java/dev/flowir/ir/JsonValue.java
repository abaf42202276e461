package dev.flowir.ir;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON value. What free-form config holds, and what the nodes of a flow without Java types pass
 * on. Immutable; objects keep the order of their members.
 */
public sealed interface JsonValue {

    /** {@code null}. */
    record Null() implements JsonValue {}

    /**
     * {@code true} or {@code false}.
     *
     * @param value which one
     */
    record Bool(boolean value) implements JsonValue {}

    /**
     * A number, kept as its JSON text so that nothing is lost.
     *
     * @param text the number as written, for example {@code 1}, {@code 1.0} or {@code 3e5}
     */
    record Num(String text) implements JsonValue {}

    /**
     * A string.
     *
     * @param value its characters, unescaped
     */
    record Text(String value) implements JsonValue {}

    /**
     * An array.
     *
     * @param items its items in order
     */
    record Arr(List<JsonValue> items) implements JsonValue {
        /** Copies the list. */
        public Arr {
            items = List.copyOf(items);
        }
    }

    /**
     * An object.
     *
     * @param members its members; iteration order is the order of the document
     */
    record Obj(Map<String, JsonValue> members) implements JsonValue {
        /** Copies the map, keeping its order. */
        public Obj {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }
    }

    /** {@return JSON {@code null}} */
    static JsonValue nil() {
        return new Null();
    }

    /**
     * {@return a JSON string}
     *
     * @param value its value
     */
    static JsonValue text(String value) {
        return new Text(value);
    }

    /**
     * {@return a JSON integer}
     *
     * @param value its value
     */
    static JsonValue number(long value) {
        return new Num(Long.toString(value));
    }

    /**
     * {@return a JSON boolean}
     *
     * @param value its value
     */
    static JsonValue bool(boolean value) {
        return new Bool(value);
    }
}
