package dev.flowir.ir.plan;

import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Selector;
import java.util.Optional;

/** Selects by a JSON pointer: a boolean for {@code if}, a text for {@code switch}; no coercion. */
record PointerSelector(JsonPointer pointer, boolean wantsBoolean) implements Selector {

    @Override
    public Selection select(Object item) {
        Optional<Object> found = pointer.resolve(item);
        if (found.isEmpty()) {
            return new Unusable("nothing at '" + pointer + "' in " + kindOf(item));
        }
        Object value = found.get();
        if (wantsBoolean) {
            if (value instanceof JsonValue.Bool flag) {
                return new Key(flag.value() ? "true" : "false");
            }
            if (value instanceof Boolean flag) {
                return new Key(flag ? "true" : "false");
            }
        } else {
            if (value instanceof JsonValue.Text text) {
                return new Key(text.value());
            }
            if (value instanceof String text) {
                return new Key(text);
            }
        }
        return new Unusable(
                "'"
                        + pointer
                        + "' holds "
                        + kindOf(value)
                        + ", not "
                        + (wantsBoolean ? "a boolean" : "a text"));
    }

    private static String kindOf(Object value) {
        return switch (value) {
            case JsonValue.Null ignored -> "null";
            case JsonValue.Bool ignored -> "a boolean";
            case JsonValue.Num ignored -> "a number";
            case JsonValue.Text ignored -> "a text";
            case JsonValue.Arr ignored -> "an array";
            case JsonValue.Obj ignored -> "an object";
            default -> "a " + value.getClass().getSimpleName();
        };
    }
}
