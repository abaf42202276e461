package dev.flowir.bindings;

import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.json.JsonText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Instances of single flows: where {@code {flow}} or {@code {flow_id}} stands in a text of an
 * instance's settings, each flow has one of its own, with its name or id in that place.
 */
final class Derived {

    private static final String FLOW = "{flow}";
    private static final String FLOW_ID = "{flow_id}";

    private Derived() {}

    static boolean isPattern(Instance instance) {
        return has(instance, FLOW) || has(instance, FLOW_ID);
    }

    private static boolean has(Instance instance, String place) {
        return JsonText.compact(instance.json()).contains(place);
    }

    static Instance of(Instance shared, FlowDefinition flow) {
        if (!isPattern(shared)) {
            return shared;
        }
        String own = has(shared, FLOW_ID) ? flow.id() : coded(flow.name());
        String name = shared.name() + "@" + own;
        return new Instance(
                name,
                shared.providerKind(),
                shared.provides(),
                members(shared.connect(), flow),
                members(shared.config(), flow),
                shared.isolation().stream()
                        .map(it -> new Instance.Wrapper(it.kind(), members(it.config(), flow)))
                        .toList());
    }

    /** Stays within a folder and within a part of a key: no slash, and not only dots. */
    private static String coded(String name) {
        String coded = URLEncoder.encode(name, StandardCharsets.UTF_8);
        return coded.matches("\\.+") ? coded.replace(".", "%2E") : coded;
    }

    private static Map<String, JsonValue> members(
            Map<String, JsonValue> settings, FlowDefinition flow) {
        Map<String, JsonValue> own = new TreeMap<>(Canonical.ORDER);
        settings.forEach((name, value) -> own.put(name, value(value, flow)));
        return own;
    }

    private static JsonValue value(JsonValue value, FlowDefinition flow) {
        return switch (value) {
            case JsonValue.Text(String text) ->
                    JsonValue.text(
                            text.replace(FLOW, coded(flow.name())).replace(FLOW_ID, flow.id()));
            case JsonValue.Obj(var members) -> new JsonValue.Obj(members(members, flow));
            case JsonValue.Arr(List<JsonValue> items) -> {
                List<JsonValue> own = new ArrayList<>();
                items.forEach(item -> own.add(value(item, flow)));
                yield new JsonValue.Arr(own);
            }
            default -> value;
        };
    }
}
