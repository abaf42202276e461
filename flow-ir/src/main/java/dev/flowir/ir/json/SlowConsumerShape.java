package dev.flowir.ir.json;

import dev.flowir.ir.JsonValue;
import dev.flowir.ir.SlowConsumer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What becomes of slow consumers of a node's stream. The reference does not know the field, so a
 * document that means something else by it stays readable: what has none of the known forms is
 * ignored with a note.
 */
final class SlowConsumerShape implements Shape<Optional<SlowConsumer>> {

    private static final String MAX_ITEMS = "max_items";
    private static final String MAX_MILLIS = "max_ms";

    @Override
    public Optional<SlowConsumer> read(Cursor in) throws RefusedText {
        String pointer = in.pointer();
        JsonValue value = FreeShape.FREE.read(in);
        Optional<SlowConsumer> known =
                value instanceof JsonValue.Obj object ? known(object.members()) : Optional.empty();
        if (known.isEmpty()) {
            in.note(
                    ReadCodes.SLOW_CONSUMER_IGNORED,
                    pointer,
                    "'slow_consumer' has none of the forms that there are, and is ignored",
                    ReadCodes.SLOW_CONSUMER_IGNORED.suggestion());
        }
        return known;
    }

    private static Optional<SlowConsumer> known(Map<String, JsonValue> members) {
        String kind = members.get("kind") instanceof JsonValue.Text text ? text.value() : "";
        return switch (kind) {
            case SlowConsumer.Conflate.KIND -> Optional.of(SlowConsumer.conflate());
            case SlowConsumer.Disconnect.KIND -> {
                long items = whole(members, MAX_ITEMS);
                long millis = members.containsKey(MAX_MILLIS) ? whole(members, MAX_MILLIS) : 1;
                boolean bounds = items > 0 && items <= SlowConsumer.MOST_ITEMS && millis > 0;
                yield bounds
                        ? Optional.of(
                                new SlowConsumer.Disconnect(
                                        items,
                                        members.containsKey(MAX_MILLIS)
                                                ? OptionalLong.of(millis)
                                                : OptionalLong.empty()))
                        : Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    /** A whole number; zero, which is no bound, when there is none that fits. */
    private static long whole(Map<String, JsonValue> members, String key) {
        if (members.get(key) instanceof JsonValue.Num number) {
            try {
                return Long.parseLong(number.text());
            } catch (NumberFormatException broken) {
                return 0;
            }
        }
        return 0;
    }

    @Override
    public JsonValue write(Optional<SlowConsumer> value) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        SlowConsumer how = value.orElseThrow();
        members.put("kind", JsonValue.text(how.kind()));
        switch (how) {
            case SlowConsumer.Disconnect it -> {
                members.put(MAX_ITEMS, JsonValue.number(it.maxItems()));
                it.maxMillis()
                        .ifPresent(millis -> members.put(MAX_MILLIS, JsonValue.number(millis)));
            }
            case SlowConsumer.Conflate ignored -> {} // there is no more to say
        }
        return new JsonValue.Obj(members);
    }

    @Override
    public JsonValue schema(SchemaBook named) {
        Map<String, JsonValue> properties = new LinkedHashMap<>();
        properties.put(
                "kind",
                new JsonValue.Obj(
                        Map.of(
                                "enum",
                                new JsonValue.Arr(
                                        List.of(
                                                JsonValue.text(SlowConsumer.Disconnect.KIND),
                                                JsonValue.text(SlowConsumer.Conflate.KIND))))));
        properties.put(MAX_ITEMS, positive());
        properties.put(MAX_MILLIS, positive());
        Map<String, JsonValue> schema = new LinkedHashMap<>();
        schema.put("type", JsonValue.text("object"));
        schema.put("properties", new JsonValue.Obj(properties));
        schema.put("required", new JsonValue.Arr(List.of(JsonValue.text("kind"))));
        return new JsonValue.Obj(schema);
    }

    private static JsonValue positive() {
        Map<String, JsonValue> schema = new LinkedHashMap<>();
        schema.put("type", JsonValue.text("integer"));
        schema.put("minimum", JsonValue.number(1));
        return new JsonValue.Obj(schema);
    }
}
