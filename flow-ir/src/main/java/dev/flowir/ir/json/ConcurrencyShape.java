package dev.flowir.ir.json;

import dev.flowir.ir.Concurrency;
import dev.flowir.ir.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How many bodies of a node run at a time. The reference does not know the field, so a document
 * that means something else by it stays readable: what names no whole number is ignored with a
 * note.
 */
final class ConcurrencyShape implements Shape<Optional<Concurrency>> {

    @Override
    public Optional<Concurrency> read(Cursor in) throws RefusedText {
        String pointer = in.pointer();
        Optional<Concurrency> known = known(FreeShape.FREE.read(in));
        if (known.isEmpty()) {
            in.note(
                    ReadCodes.CONCURRENCY_IGNORED,
                    pointer,
                    "'concurrency' names no limit, and is ignored",
                    ReadCodes.CONCURRENCY_IGNORED.suggestion());
        }
        return known;
    }

    private static Optional<Concurrency> known(JsonValue value) {
        return value instanceof JsonValue.Obj object
                        && object.members().get("limit") instanceof JsonValue.Num limit
                ? whole(limit.text()).map(Concurrency::new)
                : Optional.empty();
    }

    private static Optional<Long> whole(String text) {
        try {
            return Optional.of(Long.valueOf(text));
        } catch (NumberFormatException notWhole) { // or more than anybody counts: ignored, and told
            return Optional.empty();
        }
    }

    @Override
    public JsonValue write(Optional<Concurrency> value) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("limit", JsonValue.number(value.orElseThrow().limit()));
        return new JsonValue.Obj(members);
    }

    @Override
    public JsonValue schema(SchemaBook named) {
        Map<String, JsonValue> limit = new LinkedHashMap<>();
        limit.put("type", JsonValue.text("integer"));
        limit.put("minimum", JsonValue.number(1));
        limit.put("maximum", JsonValue.number(Concurrency.MAX));
        Map<String, JsonValue> schema = new LinkedHashMap<>();
        schema.put("type", JsonValue.text("object"));
        schema.put("properties", new JsonValue.Obj(Map.of("limit", new JsonValue.Obj(limit))));
        schema.put("required", new JsonValue.Arr(List.of(JsonValue.text("limit"))));
        return new JsonValue.Obj(schema);
    }
}
