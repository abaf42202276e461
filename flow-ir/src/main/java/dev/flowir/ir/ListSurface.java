package dev.flowir.ir;

import java.util.List;
import java.util.Map;

/** The {@code for_each} of a node that works on a list, by item or in batches. */
final class ListSurface {

    private ListSurface() {}

    static ControlSurface each(
            String source, String body, int maxInFlight, Map<String, JsonValue> more, int number) {
        if (maxInFlight < 1) {
            throw new IllegalArgumentException(
                    "each('" + body + "') needs at least one item in flight, got " + maxInFlight);
        }
        Map<String, JsonValue> config = config(source, body, maxInFlight);
        config.putAll(more);
        return surface(source, body, config, number);
    }

    static ControlSurface batches(String source, String body, Batches how, int number) {
        Map<String, JsonValue> config = config(source, body, how.maxInFlight());
        Map<String, JsonValue> most = Map.of("max_items", JsonValue.number(how.maxItems()));
        config.put("batch", new JsonValue.Obj(most));
        return surface(source, body, config, number);
    }

    private static Map<String, JsonValue> config(String source, String body, int maxInFlight) {
        Map<String, JsonValue> config = FailureDraft.versioned();
        config.put("source", JsonValue.text(source));
        config.put("items_pointer", JsonValue.text(""));
        config.put("body_entry", JsonValue.text(body));
        config.put("max_in_flight", JsonValue.number(maxInFlight));
        return config;
    }

    private static ControlSurface surface(
            String source, String body, Map<String, JsonValue> config, int number) {
        return new ControlSurface(
                "for_each:" + source + ":" + number,
                SurfaceKind.FOR_EACH,
                List.of(source, body),
                new JsonValue.Obj(config));
    }
}
