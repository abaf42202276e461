package dev.flowir.ir.plan;

import dev.flowir.ir.ControlSurface;
import dev.flowir.ir.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the config of one surface; what is not as it must be becomes a refusal. */
final class ConfigReader {

    private final ControlSurface surface;
    private final Map<String, JsonValue> members;

    ConfigReader(ControlSurface surface) throws RefusedException {
        this.surface = surface;
        if (!(surface.config() instanceof JsonValue.Obj object)) {
            throw invalid("config must be an object");
        }
        this.members = object.members();
        if (!(members.get("v") instanceof JsonValue.Num v) || !v.text().equals("1")) {
            throw invalid("config.v must be 1");
        }
    }

    String surface() {
        return surface.id();
    }

    boolean has(String key) {
        return members.containsKey(key);
    }

    String text(String key) throws RefusedException {
        if (members.get(key) instanceof JsonValue.Text text) {
            return text.value();
        }
        throw invalid("config." + key + " must be a text");
    }

    Optional<String> textIfPresent(String key) throws RefusedException {
        return members.containsKey(key) ? Optional.of(text(key)) : Optional.empty();
    }

    boolean flag(String key, boolean otherwise) throws RefusedException {
        JsonValue value = members.get(key);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof JsonValue.Bool flag) {
            return flag.value();
        }
        throw invalid("config." + key + " must be true or false");
    }

    JsonPointer pointer(String key) throws RefusedException {
        String text = text(key);
        Optional<JsonPointer> pointer = JsonPointer.parse(text);
        if (pointer.isEmpty()) {
            throw invalid("config." + key + " must be empty or start with '/', got '" + text + "'");
        }
        return pointer.get();
    }

    Map<String, JsonValue> object(String key) throws RefusedException {
        if (members.get(key) instanceof JsonValue.Obj object) {
            return object.members();
        }
        throw invalid("config." + key + " must be an object");
    }

    List<String> texts(JsonValue array, String what) throws RefusedException {
        if (!(array instanceof JsonValue.Arr list)) {
            throw invalid(what + " must be an array");
        }
        List<String> all = new ArrayList<>();
        for (JsonValue item : list.items()) {
            if (!(item instanceof JsonValue.Text text)) {
                throw invalid(what + " must hold texts");
            }
            all.add(text.value());
        }
        return all;
    }

    /** An unsigned integer; what does not fit a long is as good as unlimited. */
    OptionalLong unsigned(String key) throws RefusedException {
        JsonValue value = members.get(key);
        if (value == null) {
            return OptionalLong.empty();
        }
        String digits = value instanceof JsonValue.Num number ? number.text() : "";
        if (digits.isEmpty()) {
            throw invalid("config." + key + " must be an unsigned integer");
        }
        long sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw invalid("config." + key + " must be an unsigned integer, got " + digits);
            }
            sum =
                    sum > (Long.MAX_VALUE - digit) / 10
                            ? Long.MAX_VALUE
                            : Math.max(sum, sum * 10 + digit);
        }
        return OptionalLong.of(sum);
    }

    RefusedException invalid(String reason) {
        return new RefusedException(
                new Refusal.InvalidSurface(surface.id(), surface.kind().wire(), reason));
    }
}
