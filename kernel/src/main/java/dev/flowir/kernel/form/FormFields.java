package dev.flowir.kernel.form;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The fields that a form may have: the components of the input's record. */
public final class FormFields {

    /**
     * What a field takes.
     *
     * @param isFile true for files, false for text
     * @param isList true when it may come several times, or not at all
     */
    public record Field(boolean isFile, boolean isList) {}

    private final Map<String, Field> fields;

    /**
     * Fields.
     *
     * @param fields by their names, in their order
     */
    public FormFields(Map<String, Field> fields) {
        this.fields = new LinkedHashMap<>(fields);
    }

    Optional<Field> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** {@return fields that may come several times, or not at all: an empty list} */
    public List<String> lists() {
        List<String> lists = new ArrayList<>();
        for (Map.Entry<String, Field> field : fields.entrySet()) {
            if (field.getValue().isList()) {
                lists.add(field.getKey());
            }
        }
        return lists;
    }

    Set<String> names() {
        return fields.keySet();
    }
}
