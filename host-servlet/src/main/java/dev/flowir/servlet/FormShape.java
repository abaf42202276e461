package dev.flowir.servlet;

import dev.flowir.ir.Type;
import dev.flowir.kernel.cap.UploadedFile;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The fields that a form may have: the components of the input's record. */
final class FormShape {

    /** What a field takes. */
    record Field(boolean isFile, boolean isList) {}

    private final Map<String, Field> fields = new LinkedHashMap<>();

    /**
     * The form of an input.
     *
     * @param input must be a record
     * @param given names that come from elsewhere, for example of the path
     */
    FormShape(Type<?> input, Set<String> given) {
        if (!input.raw().isRecord()) {
            throw new IllegalArgumentException(
                    "form() is for flows that take a record, whose components are the fields; this"
                            + " flow takes "
                            + input);
        }
        for (RecordComponent component : input.raw().getRecordComponents()) {
            if (!given.contains(component.getName())) {
                fields.put(component.getName(), field(component.getGenericType()));
            }
        }
    }

    private static Field field(java.lang.reflect.Type type) {
        if (type instanceof ParameterizedType generic
                && generic.getRawType() instanceof Class<?> raw
                && generic.getActualTypeArguments().length == 1) {
            Field inner = field(generic.getActualTypeArguments()[0]);
            return new Field(
                    inner.isFile(), inner.isList() || Collection.class.isAssignableFrom(raw));
        }
        return new Field(type == UploadedFile.class, false);
    }

    Optional<Field> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** Fields that may come several times, or not at all: an empty list. */
    List<String> lists() {
        return fields.entrySet().stream()
                .filter(field -> field.getValue().isList())
                .map(Map.Entry::getKey)
                .toList();
    }

    Set<String> names() {
        return fields.keySet();
    }
}
