package dev.flowir.ir.json;

import dev.flowir.ir.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Named sub-schemas of a JSON Schema, each written once. */
final class SchemaBook {

    private final Map<String, JsonValue> definitions = new LinkedHashMap<>();

    /** A reference to the schema called {@code name}, which {@code schema} gives when it is new. */
    JsonValue refer(String name, Supplier<JsonValue> schema) {
        if (!definitions.containsKey(name)) {
            definitions.put(name, JsonValue.nil());
            definitions.put(name, schema.get());
        }
        return object("$ref", JsonValue.text("#/$defs/" + name));
    }

    JsonValue definitions() {
        return new JsonValue.Obj(definitions);
    }

    /** An object of alternating keys and values. */
    static JsonValue.Obj object(String key, JsonValue value) {
        return new JsonValue.Obj(Map.of(key, value));
    }

    static JsonValue.Obj type(String type) {
        return object("type", JsonValue.text(type));
    }

    /** {@code schema} or {@code null}. */
    static JsonValue.Obj nullable(JsonValue schema) {
        return object("anyOf", new JsonValue.Arr(List.of(schema, type("null"))));
    }
}
