package dev.flowir.ir.json;

import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Precedence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which of what waits for a node goes first. The reference does not know the field, so a document
 * that means something else by it stays readable: what has no pointer, or no whole numbers, is
 * ignored with a note.
 */
final class PrecedenceShape implements Shape<Optional<Precedence>> {

    private static final String POINTER = "pointer";
    private static final String OTHERWISE = "default";
    private static final String OLDEST_EVERY = "oldest_every";

    @Override
    public Optional<Precedence> read(Cursor in) throws RefusedText {
        String pointer = in.pointer();
        Optional<Precedence> known = known(FreeShape.FREE.read(in));
        if (known.isEmpty()) {
            in.note(
                    ReadCodes.PRIORITY_IGNORED,
                    pointer,
                    "'priority' names no pointer and levels, and is ignored",
                    ReadCodes.PRIORITY_IGNORED.suggestion());
        }
        return known;
    }

    private static Optional<Precedence> known(JsonValue value) {
        if (!(value instanceof JsonValue.Obj object)
                || !(object.members().get(POINTER) instanceof JsonValue.Text pointer)) {
            return Optional.empty();
        }
        Optional<Long> otherwise =
                whole(object.members().get(OTHERWISE), (long) Precedence.DEFAULT);
        Optional<Long> every =
                whole(object.members().get(OLDEST_EVERY), (long) Precedence.DEFAULT_EVERY);
        return otherwise.isPresent() && every.isPresent()
                ? Optional.of(new Precedence(pointer.value(), otherwise.get(), every.get()))
                : Optional.empty();
    }

    private static Optional<Long> whole(@Nullable JsonValue value, long missing) {
        if (value == null) {
            return Optional.of(missing);
        }
        try {
            return value instanceof JsonValue.Num number
                    ? Optional.of(Long.valueOf(number.text()))
                    : Optional.empty();
        } catch (NumberFormatException notWhole) { // or beyond any level: ignored, and told
            return Optional.empty();
        }
    }

    @Override
    public JsonValue write(Optional<Precedence> value) {
        Precedence precedence = value.orElseThrow();
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put(POINTER, JsonValue.text(precedence.pointer()));
        members.put(OTHERWISE, JsonValue.number(precedence.otherwise()));
        members.put(OLDEST_EVERY, JsonValue.number(precedence.oldestEvery()));
        return new JsonValue.Obj(members);
    }

    @Override
    public JsonValue schema(SchemaBook named) {
        Map<String, JsonValue> pointer = new LinkedHashMap<>();
        pointer.put("type", JsonValue.text("string"));
        Map<String, JsonValue> properties = new LinkedHashMap<>();
        properties.put(POINTER, new JsonValue.Obj(pointer));
        properties.put(OTHERWISE, integer(Precedence.FIRST, Precedence.LAST));
        properties.put(OLDEST_EVERY, integer(Precedence.LEAST_EVERY, Precedence.MOST_EVERY));
        Map<String, JsonValue> schema = new LinkedHashMap<>();
        schema.put("type", JsonValue.text("object"));
        schema.put("properties", new JsonValue.Obj(properties));
        schema.put("required", new JsonValue.Arr(List.of(JsonValue.text(POINTER))));
        return new JsonValue.Obj(schema);
    }

    private static JsonValue integer(int least, int most) {
        Map<String, JsonValue> schema = new LinkedHashMap<>();
        schema.put("type", JsonValue.text("integer"));
        schema.put("minimum", JsonValue.number(least));
        schema.put("maximum", JsonValue.number(most));
        return new JsonValue.Obj(schema);
    }
}
