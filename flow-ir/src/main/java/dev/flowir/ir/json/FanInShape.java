package dev.flowir.ir.json;

import dev.flowir.ir.FanIn;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Losers;
import dev.flowir.ir.Outer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How items meet at a node. The reference does not know the field, so a document that means
 * something else by it stays readable: what has none of the known forms is ignored with a note.
 */
final class FanInShape implements Shape<Optional<FanIn>> {

    @Override
    public Optional<FanIn> read(Cursor in) throws RefusedText {
        String pointer = in.pointer();
        JsonValue value = FreeShape.FREE.read(in);
        Optional<FanIn> known =
                value instanceof JsonValue.Obj object ? known(object.members()) : Optional.empty();
        if (known.isEmpty()) {
            in.note(
                    ReadCodes.FAN_IN_IGNORED,
                    pointer,
                    "'fan_in' has none of the forms that there are, and is ignored",
                    ReadCodes.FAN_IN_IGNORED.suggestion());
        }
        return known;
    }

    private static Optional<FanIn> known(Map<String, JsonValue> members) {
        return switch (text(members, "kind").orElse("")) {
            case FanIn.Race.KIND ->
                    (members.containsKey("losers")
                                    ? text(members, "losers").flatMap(Losers::ofWire)
                                    : Optional.of(Losers.CANCEL))
                            .map(FanIn.Race::new);
            case FanIn.Zip.KIND -> Optional.of(new FanIn.Zip());
            case FanIn.Keyed.KIND -> keyed(members);
            default -> Optional.empty();
        };
    }

    private static Optional<FanIn> keyed(Map<String, JsonValue> members) {
        List<String> keys = new ArrayList<>();
        List<JsonValue> items =
                members.get("keys") instanceof JsonValue.Arr list ? list.items() : List.of();
        for (JsonValue item : items) {
            if (!(item instanceof JsonValue.Text key)) {
                return Optional.empty();
            }
            keys.add(key.value());
        }
        Optional<Outer> outer =
                members.containsKey("outer")
                        ? text(members, "outer").flatMap(Outer::ofWire)
                        : Optional.of(Outer.NONE);
        int most = maxPairs(members.get("max_pairs"));
        return most < 1 || keys.isEmpty()
                ? Optional.empty()
                : outer.map(it -> new FanIn.Keyed(keys, it, most));
    }

    /** The bound; 0 for what is none. */
    private static int maxPairs(@Nullable JsonValue value) {
        if (value == null) {
            return FanIn.Keyed.DEFAULT_MAX_PAIRS;
        }
        String digits = value instanceof JsonValue.Num number ? number.text() : "";
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9 || sum > (Integer.MAX_VALUE - digit) / 10) {
                return 0;
            }
            sum = sum * 10 + digit;
        }
        return sum;
    }

    private static Optional<String> text(Map<String, JsonValue> members, String key) {
        return members.get(key) instanceof JsonValue.Text text
                ? Optional.of(text.value())
                : Optional.empty();
    }

    @Override
    public JsonValue write(Optional<FanIn> value) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        FanIn how = value.orElseThrow();
        members.put("kind", JsonValue.text(how.kind()));
        switch (how) {
            case FanIn.Race race -> {
                if (race.losers() != Losers.CANCEL) {
                    members.put("losers", JsonValue.text(race.losers().wire()));
                }
            }
            case FanIn.Keyed keyed -> {
                List<JsonValue> keys = new ArrayList<>();
                keyed.keys().forEach(key -> keys.add(JsonValue.text(key)));
                members.put("keys", new JsonValue.Arr(keys));
                if (keyed.outer() != Outer.NONE) {
                    members.put("outer", JsonValue.text(keyed.outer().wire()));
                }
                if (keyed.maxPairs() != FanIn.Keyed.DEFAULT_MAX_PAIRS) {
                    members.put("max_pairs", JsonValue.number(keyed.maxPairs()));
                }
            }
            case FanIn.Zip ignored -> {} // there is no more to say
        }
        return new JsonValue.Obj(members);
    }

    @Override
    public JsonValue schema(SchemaBook named) {
        Map<String, JsonValue> properties = new LinkedHashMap<>();
        properties.put("kind", words(FanIn.Race.KIND, FanIn.Zip.KIND, FanIn.Keyed.KIND));
        properties.put("losers", words(Losers.CANCEL.wire(), Losers.FINISH.wire()));
        Map<String, JsonValue> keys = new LinkedHashMap<>();
        keys.put("type", JsonValue.text("array"));
        keys.put("items", Shapes.TEXT.schema(named));
        properties.put("keys", new JsonValue.Obj(keys));
        properties.put(
                "outer",
                words(Outer.NONE.wire(), Outer.LEFT.wire(), Outer.RIGHT.wire(), Outer.FULL.wire()));
        Map<String, JsonValue> most = new LinkedHashMap<>();
        most.put("type", JsonValue.text("integer"));
        most.put("minimum", JsonValue.number(1));
        most.put("maximum", JsonValue.number(Integer.MAX_VALUE));
        properties.put("max_pairs", new JsonValue.Obj(most));
        Map<String, JsonValue> schema = new LinkedHashMap<>();
        schema.put("type", JsonValue.text("object"));
        schema.put("properties", new JsonValue.Obj(properties));
        schema.put("required", new JsonValue.Arr(List.of(JsonValue.text("kind"))));
        return new JsonValue.Obj(schema);
    }

    private static JsonValue words(String... all) {
        List<JsonValue> words = new ArrayList<>();
        for (String word : all) {
            words.add(JsonValue.text(word));
        }
        return new JsonValue.Obj(Map.of("enum", new JsonValue.Arr(words)));
    }
}
