package dev.flowir.servlet;

import dev.flowir.ir.Type;
import dev.flowir.kernel.cap.UploadedFile;
import dev.flowir.kernel.form.FormFields;
import dev.flowir.kernel.form.FormFields.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Finds out the fields that a form may have. */
final class FormShape {

    private FormShape() {}

    /**
     * The form of an input.
     *
     * @param input must be a record
     * @param given names that come from elsewhere, for example of the path
     */
    static FormFields of(Type<?> input, Set<String> given) {
        if (!input.raw().isRecord()) {
            throw new IllegalArgumentException(
                    "form() is for flows that take a record, whose components are the fields; this"
                            + " flow takes "
                            + input);
        }
        Map<String, Field> fields = new LinkedHashMap<>();
        for (RecordComponent component : input.raw().getRecordComponents()) {
            if (!given.contains(component.getName())) {
                fields.put(component.getName(), field(component.getGenericType()));
            }
        }
        return new FormFields(fields);
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
}
