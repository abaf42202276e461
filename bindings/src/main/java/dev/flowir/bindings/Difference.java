package dev.flowir.bindings;

import dev.flowir.ir.JsonValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Where two documents differ first, in the order of names. */
final class Difference {

    private Difference() {}

    /** A pointer; the hash is not looked at, which differs where anything does. */
    static Optional<String> first(Map<String, JsonValue> made, Map<String, JsonValue> found) {
        Map<String, JsonValue> rest = new HashMap<>(found);
        rest.remove(BindingsLock.HASH);
        Map<String, JsonValue> wanted = new HashMap<>(made);
        wanted.remove(BindingsLock.HASH);
        return members("", wanted, rest);
    }

    private static Optional<String> members(
            String pointer, Map<String, JsonValue> made, Map<String, JsonValue> found) {
        TreeSet<String> names = new TreeSet<>(Canonical.ORDER);
        names.addAll(made.keySet());
        names.addAll(found.keySet());
        return names.stream()
                .flatMap(name ->
                        value(
                                Source.step(pointer, name),
                                Optional.ofNullable(made.get(name)),
                                Optional.ofNullable(found.get(name)))
                                .stream())
                .findFirst();
    }

    private static Optional<String> value(
            String pointer, Optional<JsonValue> made, Optional<JsonValue> found) {
        if (made.equals(found)) {
            return Optional.empty();
        }
        if (made.orElse(JsonValue.nil()) instanceof JsonValue.Obj(var one)
                && found.orElse(JsonValue.nil()) instanceof JsonValue.Obj(var other)) {
            return members(pointer, one, other);
        }
        if (made.orElse(JsonValue.nil()) instanceof JsonValue.Arr(var one)
                && found.orElse(JsonValue.nil()) instanceof JsonValue.Arr(var other)) {
            return items(pointer, one, other);
        }
        return Optional.of(pointer);
    }

    private static Optional<String> items(
            String pointer, List<JsonValue> made, List<JsonValue> found) {
        for (int i = 0; i < Math.min(made.size(), found.size()); i++) {
            Optional<String> place =
                    value(pointer + "/" + i, Optional.of(made.get(i)), Optional.of(found.get(i)));
            if (place.isPresent()) {
                return place;
            }
        }
        return made.size() == found.size() ? Optional.empty() : Optional.of(pointer);
    }
}
