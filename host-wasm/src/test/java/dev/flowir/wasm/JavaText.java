package dev.flowir.wasm;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Writes a value as the Java expression that makes it again. It carries values that were read on
 * the JVM, with Jackson, into a program that is compiled for a place without Jackson.
 */
final class JavaText {

    private JavaText() {}

    /** The expression of a record, list, map, optional, enum, text, number or truth value. */
    static String of(Object value) {
        return switch (value) {
            case String text -> literal(text);
            case Boolean truth -> truth.toString();
            case Integer number -> number.toString();
            case Long number -> number + "L";
            case Enum<?> constant ->
                    constant.getDeclaringClass().getCanonicalName() + "." + constant.name();
            case Optional<?> optional ->
                    optional.map(v -> "java.util.Optional.of(" + of(v) + ")")
                            .orElse("java.util.Optional.empty()");
            case OptionalLong optional ->
                    optional.isEmpty()
                            ? "java.util.OptionalLong.empty()"
                            : "java.util.OptionalLong.of(" + optional.getAsLong() + "L)";
            case OptionalInt optional ->
                    optional.isEmpty()
                            ? "java.util.OptionalInt.empty()"
                            : "java.util.OptionalInt.of(" + optional.getAsInt() + ")";
            case List<?> list -> "java.util.List.of(" + all(list) + ")";
            case Map<?, ?> map -> map(map);
            case Record made -> made(made);
            default -> throw new IllegalArgumentException("no text for " + value.getClass());
        };
    }

    private static String all(List<?> values) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(of(value)));
        return String.join(", ", texts);
    }

    private static String map(Map<?, ?> map) {
        List<Object> flat = new ArrayList<>();
        map.forEach((key, value) -> {
            flat.add(key);
            flat.add(value);
        });
        return "dev.flowir.wasm.DocumentCases.map(" + all(flat) + ")";
    }

    private static String made(Record made) {
        List<String> arguments = new ArrayList<>();
        for (RecordComponent component : made.getClass().getRecordComponents()) {
            try {
                arguments.add(of(component.getAccessor().invoke(made)));
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalArgumentException("cannot read " + component, e);
            }
        }
        return "new "
                + made.getClass().getCanonicalName()
                + "("
                + String.join(", ", arguments)
                + ")";
    }

    private static String literal(String text) {
        StringBuilder literal = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                // Octal: a Unicode escape is read before the quotes are.
                literal.append("\\%03o".formatted((int) c));
            } else {
                literal.append(c < 127 ? String.valueOf(c) : "\\u%04x".formatted((int) c));
            }
        }
        return literal.append('"').toString();
    }
}
