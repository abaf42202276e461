package dev.flowir.ir.plan;

import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Window;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Windows of flows that came as JSON. */
final class WindowJson {

    private WindowJson() {}

    /** A window as its node's body gets it. */
    static JsonValue of(Window<Object, Object> window) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put(
                "key",
                window.key() instanceof JsonValue key
                        ? key
                        : JsonValue.text(String.valueOf(window.key())));
        members.put("start_ms", JsonValue.number(window.startMillis()));
        members.put("end_ms", JsonValue.number(window.endMillis()));
        members.put("items", items(window.content()));
        members.put("count", JsonValue.number(window.count()));
        members.put("revision", JsonValue.number(window.revision()));
        return new JsonValue.Obj(members);
    }

    private static JsonValue items(Object content) {
        List<JsonValue> items = new ArrayList<>();
        for (Object item : (List<?>) content) {
            items.add(
                    item instanceof JsonValue value ? value : JsonValue.text(String.valueOf(item)));
        }
        return new JsonValue.Arr(items);
    }
}
