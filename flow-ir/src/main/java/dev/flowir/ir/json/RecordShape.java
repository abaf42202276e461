package dev.flowir.ir.json;

import dev.flowir.ir.JsonValue;
import dev.flowir.ir.check.Names;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * An object with known fields, in the order in which they are written. Unknown fields are skipped;
 * those that look like known ones leave a note.
 *
 * @param <R> the record it is read into
 */
final class RecordShape<R> implements Shape<R> {

    /** The values of the fields of one object. */
    static final class Values {

        private final IdentityHashMap<Field<?, ?>, Object> values = new IdentityHashMap<>();

        /** The value of a field of the shape that is being read. */
        @SuppressWarnings("unchecked") // read() puts under each field what its own shape gave
        <T> T get(Field<?, T> field) {
            Object value = values.get(field);
            if (value == null) {
                throw new IllegalStateException(field.key() + " is no field of this shape");
            }
            return (T) value;
        }
    }

    private final String name;
    private final Map<String, Field<R, ?>> fields = new LinkedHashMap<>();
    private final Set<String> additions;
    private final Function<Values, R> make;

    RecordShape(String name, List<Field<R, ?>> fields, Function<Values, R> make) {
        this(name, fields, Set.of(), make);
    }

    /**
     * Makes a shape.
     *
     * @param name name of its schema
     * @param fields in the order of output
     * @param additions keys that the reference does not know, so that it ignores what is wrong with
     *     them
     * @param make the record of the values
     */
    RecordShape(
            String name,
            List<Field<R, ?>> fields,
            Set<String> additions,
            Function<Values, R> make) {
        this.name = name;
        this.additions = additions;
        this.make = make;
        for (Field<R, ?> field : fields) {
            this.fields.put(field.key(), field);
        }
    }

    @Override
    public R read(Cursor in) throws RefusedText {
        if (in.token() != JsonToken.START_OBJECT) {
            throw in.wrongType("an object");
        }
        Values values = new Values();
        Set<String> unknown = new LinkedHashSet<>();
        while (in.next() != JsonToken.END_OBJECT) {
            String key = in.text();
            Field<R, ?> field = fields.get(key);
            if (field == null) {
                if (unknown.size() < FlowLimits.MAX_COMPARED) {
                    unknown.add(key);
                }
                in.next();
                in.skip();
                continue;
            }
            if (values.values.containsKey(field) && !additions.contains(key)) {
                throw duplicate(in, key);
            }
            in.next();
            values.values.put(field, field.shape().read(in));
        }
        for (String key : unknown) {
            noteMisspelling(in, key, values);
        }
        for (Field<R, ?> field : fields.values()) {
            fallBack(in, field, values);
        }
        return make.apply(values);
    }

    private static <R, T> void fallBack(Cursor in, Field<R, T> field, Values values)
            throws RefusedText {
        if (!values.values.containsKey(field)) {
            if (field.fallback().isEmpty()) {
                throw missing(in, field.key());
            }
            values.values.put(field, field.fallback().get());
        }
    }

    private void noteMisspelling(Cursor in, String key, Values values) {
        Optional<String> near = Names.nearest(key, fields.keySet());
        if (near.isEmpty()) {
            return;
        }
        @Nullable Field<R, ?> meant = fields.get(near.get());
        boolean otherStyle = Names.differsOnlyInStyle(key, near.get());
        if (otherStyle || (meant != null && !values.values.containsKey(meant))) {
            in.note(
                    ReadCodes.MISSPELT,
                    in.pointer() + "/" + key.replace("~", "~0").replace("/", "~1"),
                    "unknown field "
                            + Names.quote(key)
                            + " is ignored; it looks like "
                            + Names.quote(near.get()),
                    "did you mean " + Names.quote(near.get()) + "?");
        }
    }

    static RefusedText missing(Cursor in, String key) {
        return in.refuse(
                ReadCodes.MISSING,
                in.here() + " has no " + Names.quote(key),
                "add " + Names.quote(key));
    }

    static RefusedText duplicate(Cursor in, String key) {
        return in.refuse(
                ReadCodes.DUPLICATE,
                "field " + Names.quote(key) + " is given twice",
                "remove one of them");
    }

    @Override
    public JsonValue write(R value) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        for (Field<R, ?> field : fields.values()) {
            write(field, value, members);
        }
        return new JsonValue.Obj(members);
    }

    private static <R, T> void write(Field<R, T> field, R value, Map<String, JsonValue> members) {
        T member = field.of().apply(value);
        if (field.isWritten(member)) {
            members.put(field.key(), field.shape().write(member));
        }
    }

    @Override
    public JsonValue schema(SchemaBook named) {
        return named.refer(name, () -> inlineSchema(named));
    }

    /** The schema itself instead of a reference to it. */
    JsonValue inlineSchema(SchemaBook named) {
        Map<String, JsonValue> properties = new LinkedHashMap<>();
        List<JsonValue> required = new ArrayList<>();
        for (Field<R, ?> field : fields.values()) {
            properties.put(field.key(), field.shape().schema(named));
            if (field.fallback().isEmpty()) {
                required.add(JsonValue.text(field.key()));
            }
        }
        Map<String, JsonValue> schema = new LinkedHashMap<>();
        schema.put("type", JsonValue.text("object"));
        schema.put("properties", new JsonValue.Obj(properties));
        if (!required.isEmpty()) {
            schema.put("required", new JsonValue.Arr(required));
        }
        return new JsonValue.Obj(schema);
    }
}
