package dev.flowir.servlet;

import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.kernel.host.PathTemplate;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Parameters, which are text, as the JSON that a payload type expects: numbers for numeric
 * components, arrays for lists. Text that is no number stays text, so that the codec refuses it in
 * its own words. Query parameters that the type does not have are left to the metadata.
 */
final class ParameterObject {

    private static final Pattern NUMBER =
            Pattern.compile("-?(0|[1-9][0-9]{0,63})(\\.[0-9]{1,64})?([eE][+-]?[0-9]{1,4})?");

    private static final Set<Class<?>> NUMERIC_PRIMITIVES =
            Set.of(int.class, long.class, short.class, byte.class, double.class, float.class);

    private static final Set<Class<?>> NUMERIC_OPTIONALS =
            Set.of(OptionalInt.class, OptionalLong.class, OptionalDouble.class);

    /** How text becomes JSON. */
    private enum Shape {
        TEXT,
        NUMBER,
        BOOLEAN
    }

    private record Component(Shape shape, boolean isList) {}

    private final Optional<Map<String, Component>> components;

    ParameterObject(Class<?> raw) {
        this.components = raw.isRecord() ? Optional.of(componentsOf(raw)) : Optional.empty();
    }

    private static Map<String, Component> componentsOf(Class<?> raw) {
        Map<String, Component> all = new LinkedHashMap<>();
        for (RecordComponent component : raw.getRecordComponents()) {
            all.put(component.getName(), component(component.getGenericType()));
        }
        return all;
    }

    private static Component component(java.lang.reflect.Type type) {
        if (type instanceof ParameterizedType generic
                && generic.getRawType() instanceof Class<?> raw
                && generic.getActualTypeArguments().length == 1) {
            Component inner = component(generic.getActualTypeArguments()[0]);
            if (Collection.class.isAssignableFrom(raw)) {
                return new Component(inner.shape(), true);
            }
            return raw == Optional.class ? inner : new Component(Shape.TEXT, false);
        }
        if (!(type instanceof Class<?> raw)) {
            return new Component(Shape.TEXT, false);
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return new Component(Shape.BOOLEAN, false);
        }
        boolean number =
                NUMERIC_PRIMITIVES.contains(raw)
                        || NUMERIC_OPTIONALS.contains(raw)
                        || Number.class.isAssignableFrom(raw);
        return new Component(number ? Shape.NUMBER : Shape.TEXT, false);
    }

    /** Refuses, when routes are made, parameters of a path that the flow has no place for. */
    void refuseStrangers(PathTemplate path, Type<?> input) {
        if (components.isEmpty()) {
            return;
        }
        for (String name : path.parameters()) {
            if (!components.get().containsKey(name)) {
                throw new IllegalArgumentException(
                        "path '"
                                + path
                                + "' has a parameter '"
                                + name
                                + "', but "
                                + input
                                + " has only "
                                + components.get().keySet());
            }
        }
    }

    JsonValue.Obj object(Map<String, String> single, Map<String, List<String>> repeated) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        single.forEach((name, value) -> put(members, name, List.of(value)));
        repeated.forEach((name, values) -> {
            boolean wanted = components.isEmpty() || components.get().containsKey(name);
            if (wanted && !members.containsKey(name)) {
                put(members, name, values);
            }
        });
        return new JsonValue.Obj(members);
    }

    private void put(Map<String, JsonValue> members, String name, List<String> values) {
        Component component =
                components
                        .map(all -> all.getOrDefault(name, new Component(Shape.TEXT, false)))
                        .orElseGet(() -> new Component(Shape.TEXT, values.size() > 1));
        JsonValue[] items =
                values.stream()
                        .map(value -> scalar(component.shape(), value))
                        .toArray(JsonValue[]::new);
        boolean asArray = component.isList() || items.length > 1;
        members.put(name, asArray ? new JsonValue.Arr(Arrays.asList(items)) : items[0]);
    }

    private static JsonValue scalar(Shape shape, String text) {
        return switch (shape) {
            case NUMBER ->
                    NUMBER.matcher(text).matches() ? new JsonValue.Num(text) : JsonValue.text(text);
            case BOOLEAN ->
                    text.equals("true") || text.equals("false")
                            ? JsonValue.bool(text.equals("true"))
                            : JsonValue.text(text);
            case TEXT -> JsonValue.text(text);
        };
    }
}
