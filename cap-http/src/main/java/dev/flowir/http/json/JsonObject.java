package dev.flowir.http.json;

import dev.flowir.ir.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An object in the making; its members keep the order in which they were put. */
public final class JsonObject {

    private final Map<String, JsonValue> members = new LinkedHashMap<>();

    /** An object without members. */
    public JsonObject() {}

    /**
     * Puts a member.
     *
     * @param name of the member
     * @param value what it is
     * @return this
     */
    public JsonObject put(String name, JsonValue value) {
        members.put(name, value);
        return this;
    }

    /**
     * Puts a text.
     *
     * @param name of the member
     * @param value what it is
     * @return this
     */
    public JsonObject put(String name, String value) {
        return put(name, JsonValue.text(value));
    }

    /**
     * Puts an array.
     *
     * @param name of the member
     * @param items what it holds
     * @return this
     */
    public JsonObject put(String name, List<JsonValue> items) {
        return put(name, new JsonValue.Arr(items));
    }

    /** {@return the object as it is now} */
    public JsonValue value() {
        return new JsonValue.Obj(members);
    }
}
