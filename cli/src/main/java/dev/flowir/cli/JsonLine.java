package dev.flowir.cli;

import dev.flowir.ir.JsonValue;
import dev.flowir.ir.json.JsonText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One JSON object on a line, member by member; what is not there is left out. */
final class JsonLine {

    private final Map<String, JsonValue> members = new LinkedHashMap<>();

    JsonLine with(String name, String text) {
        members.put(name, JsonValue.text(text));
        return this;
    }

    JsonLine with(String name, long number) {
        members.put(name, JsonValue.number(number));
        return this;
    }

    JsonLine with(String name, Optional<?> value) {
        value.ifPresent(it -> with(name, it.toString()));
        return this;
    }

    JsonLine with(String name, List<String> texts) {
        members.put(name, new JsonValue.Arr(texts.stream().map(JsonValue::text).toList()));
        return this;
    }

    @Override
    public String toString() {
        return JsonText.compact(new JsonValue.Obj(members));
    }
}
