package dev.flowir.ir.json;

import dev.flowir.ir.JsonValue;
import dev.flowir.ir.check.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonToken;

/**
 * Any JSON. The last of equal keys wins; keys are written sorted by code point; numbers keep their
 * text, but one that no double can hold is refused, as by the reference.
 */
final class FreeShape implements Shape<JsonValue> {

    static final Shape<JsonValue> FREE = new FreeShape();

    private FreeShape() {}

    @Override
    public JsonValue read(Cursor in) throws RefusedText {
        return switch (in.token()) {
            case START_OBJECT -> object(in);
            case START_ARRAY -> array(in);
            case VALUE_STRING -> JsonValue.text(in.text());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(in);
            case VALUE_TRUE -> JsonValue.bool(true);
            case VALUE_FALSE -> JsonValue.bool(false);
            default -> JsonValue.nil();
        };
    }

    private static JsonValue number(Cursor in) throws RefusedText {
        String text = in.number();
        if (Double.isInfinite(Double.parseDouble(text))) {
            throw in.refuse(
                    ReadCodes.NUMBER,
                    in.here() + " is " + Names.quote(text) + ", too large for a 64-bit float",
                    "write a smaller number, or text");
        }
        return new JsonValue.Num(text);
    }

    private JsonValue array(Cursor in) throws RefusedText {
        refuseDepth(in);
        List<JsonValue> items = new ArrayList<>();
        while (in.next() != JsonToken.END_ARRAY) {
            items.add(read(in));
        }
        return new JsonValue.Arr(items);
    }

    private JsonValue object(Cursor in) throws RefusedText {
        refuseDepth(in);
        Map<String, JsonValue> members = new LinkedHashMap<>();
        while (in.next() != JsonToken.END_OBJECT) {
            String key = in.text();
            in.next();
            members.put(key, read(in));
        }
        return new JsonValue.Obj(members);
    }

    private static void refuseDepth(Cursor in) throws RefusedText {
        if (in.depth() > FlowLimits.MAX_DEPTH) {
            throw in.refuse(
                    ReadCodes.LIMIT,
                    "values are nested more than " + FlowLimits.MAX_DEPTH + " deep",
                    "nest values less deep");
        }
    }

    @Override
    public JsonValue write(JsonValue value) {
        return sorted(value);
    }

    /** {@code value} with the keys of each object in the order of their code points. */
    static JsonValue sorted(JsonValue value) {
        return switch (value) {
            case JsonValue.Obj object -> {
                Map<String, JsonValue> members = new TreeMap<>(Names::compareByCodePoint);
                object.members().forEach((key, member) -> members.put(key, sorted(member)));
                yield new JsonValue.Obj(members);
            }
            case JsonValue.Arr array -> {
                List<JsonValue> items = new ArrayList<>(array.items().size());
                for (JsonValue item : array.items()) {
                    items.add(sorted(item));
                }
                yield new JsonValue.Arr(items);
            }
            default -> value;
        };
    }

    @Override
    public JsonValue schema(SchemaBook named) {
        return JsonValue.bool(true);
    }
}
