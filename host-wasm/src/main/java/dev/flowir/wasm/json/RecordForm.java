package dev.flowir.wasm.json;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.check.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An object with the components of a record, in order. Written code says how to take a value apart
 * and how to make one.
 *
 * @param <T> the record
 */
public abstract class RecordForm<T> extends Form<T> {

    private final String name;
    private final List<String> components;
    private final String[] quoted;
    private final List<Form<Object>> forms = new ArrayList<>();

    /** Made when a request first asks: forms of components may come later than this one. */
    private @Nullable Map<String, Parameter> parameters;

    /**
     * A form of a record.
     *
     * @param name its simple name
     * @param components names of its components, in order
     */
    protected RecordForm(String name, String... components) {
        this.name = name;
        this.components = List.of(components);
        this.quoted = new String[components.length];
        for (int i = 0; i < quoted.length; i++) {
            quoted[i] = '"' + components[i] + '"'; // no name in Java needs an escape
        }
    }

    /**
     * Says the forms of the components, once, before the first use: forms may go round in circles.
     *
     * @param all in order
     */
    @SuppressWarnings("unchecked") // the values that make and take pass are of these types
    public final void components(Form<?>... all) {
        for (Form<?> form : all) {
            forms.add((Form<Object>) form);
        }
    }

    /**
     * {@return a record of its components}
     *
     * @param values the components, in order
     */
    protected abstract T make(@Nullable Object[] values);

    /**
     * {@return the components of a record, in order}
     *
     * @param value the record
     */
    protected abstract @Nullable Object[] take(T value);

    @Override
    public T read(JsonIn in) throws CodecException {
        in.expect(JsonIn.Kind.OBJECT, this);
        int start = in.here();
        in.begin();
        return members(in, start, "");
    }

    /** Reads the members after those that were read already; {@code tag} is one to pass over. */
    T members(JsonIn in, int start, String tag) throws CodecException {
        @Nullable Object[] values = new Object[components.size()];
        boolean[] given = new boolean[values.length];
        CodecException unknown = null;
        for (int index = in.nextMember(this, given);
                index != JsonIn.NONE;
                index = in.nextMember(this, given)) {
            if (index >= 0) {
                values[index] = forms.get(index).read(in);
                continue;
            }
            String member = in.stranger();
            if (!member.equals(tag)) {
                // Told last, as on the JVM: what is missing is most often this under another name.
                in.peek();
                unknown = unknown == null ? unknown(in, member) : unknown;
            }
            in.value();
        }
        for (int i = 0; i < values.length; i++) {
            if (!given[i]) {
                Optional<Absent> absent = forms.get(i).absent();
                if (absent.isEmpty()) {
                    throw missing(in, start, i);
                }
                values[i] = absent.get().value();
            }
        }
        if (unknown != null) {
            throw unknown;
        }
        in.leave();
        try {
            return make(values);
        } catch (RuntimeException refused) {
            String why = refused.getMessage();
            throw in.failAt(
                    start,
                    "DATA207",
                    name
                            + " refuses the value"
                            + (why == null ? "" : ": " + JsonChars.clipped(why)),
                    "");
        }
    }

    int indexOf(String component) {
        return components.indexOf(component);
    }

    String component(int index) {
        return components.get(index);
    }

    /** A component's name as it stands in JSON. */
    String quoted(int index) {
        return quoted[index];
    }

    private CodecException missing(JsonIn in, int start, int index) {
        String wanted = components.get(index);
        List<String> strangers = new ArrayList<>(in.seen());
        strangers.removeAll(components);
        return in.lacking(
                start,
                wanted,
                "member '" + wanted + "' is missing",
                Names.nearest(wanted, strangers)
                        .map(it ->
                                "is '" + JsonChars.clipped(it) + "' meant to be '" + wanted + "'?")
                        .orElse("add '" + wanted + "': " + forms.get(index).article()));
    }

    private CodecException unknown(JsonIn in, String member) {
        return in.fail(
                "DATA203",
                name + " has no member '" + JsonChars.clipped(member) + "'",
                Names.nearest(member, components)
                        .map(it -> "did you mean '" + it + "'?")
                        .orElse("known members: " + String.join(", ", components)));
    }

    @Override
    public void write(T value, JsonOut out) throws CodecException {
        out.begin('{');
        writeMembers(value, out);
        out.end('}');
    }

    void writeMembers(T value, JsonOut out) throws CodecException {
        @Nullable Object[] values = take(value);
        for (int i = 0; i < values.length; i++) {
            writeMember(quoted[i], forms.get(i), values[i], out);
        }
    }

    @SuppressWarnings("NullAway") // left out before it is looked at
    private static void writeMember(
            String quoted, Form<Object> form, @Nullable Object value, JsonOut out)
            throws CodecException {
        if (!form.isLeftOut(value)) {
            out.quoted(quoted);
            form.write(value, out);
        }
    }

    /** {@return the simple name of the record} */
    final String name() {
        return name;
    }

    @Override
    public String article() {
        return "an object (" + name + ")";
    }

    /** {@return the forms of its components, in order} */
    public final Map<String, Form<?>> components() {
        Map<String, Form<?>> all = new LinkedHashMap<>();
        for (int i = 0; i < components.size(); i++) {
            all.put(components.get(i), forms.get(i));
        }
        return all;
    }

    /** {@return how text of a query becomes each component} */
    public final Map<String, Parameter> parameters() {
        Map<String, Parameter> known = parameters;
        if (known == null) {
            known = new LinkedHashMap<>();
            for (int i = 0; i < components.size(); i++) {
                known.put(components.get(i), forms.get(i).parameter());
            }
            parameters = known;
        }
        return known;
    }
}
