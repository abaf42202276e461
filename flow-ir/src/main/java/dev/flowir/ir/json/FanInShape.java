package dev.flowir.ir.json;

import dev.flowir.ir.FanIn;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Losers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
            default -> Optional.empty();
        };
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
            case FanIn.Zip ignored -> {} // there is no more to say
        }
        return new JsonValue.Obj(members);
    }

    @Override
    public JsonValue schema(SchemaBook named) {
        Map<String, JsonValue> properties = new LinkedHashMap<>();
        properties.put("kind", words(FanIn.Race.KIND, FanIn.Zip.KIND));
        properties.put("losers", words(Losers.CANCEL.wire(), Losers.FINISH.wire()));
        Map<String, JsonValue> schema = new LinkedHashMap<>();
        schema.put("type", JsonValue.text("object"));
        schema.put("properties", new JsonValue.Obj(properties));
        schema.put("required", new JsonValue.Arr(List.of(JsonValue.text("kind"))));
        return new JsonValue.Obj(schema);
    }

    private static JsonValue words(String... all) {
        List<JsonValue> words = new java.util.ArrayList<>();
        for (String word : all) {
            words.add(JsonValue.text(word));
        }
        return new JsonValue.Obj(Map.of("enum", new JsonValue.Arr(words)));
    }
}
