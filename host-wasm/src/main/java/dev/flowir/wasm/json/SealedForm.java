package dev.flowir.wasm.json;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.check.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object with a member {@code @type} that says which case of a sealed type it is.
 *
 * @param <T> the sealed type
 */
public abstract class SealedForm<T> extends Form<T> {

    private static final String TAG = "@type";

    private final String name;
    private final Map<String, RecordForm<Object>> cases = new LinkedHashMap<>();

    /**
     * A form of a sealed type.
     *
     * @param name its simple name
     */
    protected SealedForm(String name) {
        this.name = name;
    }

    /**
     * Says the cases, once, before the first use.
     *
     * @param all in the order of the source
     */
    @SuppressWarnings("unchecked") // the case is chosen by the value's class
    public final void cases(RecordForm<?>... all) {
        for (RecordForm<?> form : all) {
            cases.put(form.name(), (RecordForm<Object>) form);
        }
    }

    /**
     * {@return the simple name of the case that a value is}
     *
     * @param value the value
     */
    protected abstract String caseOf(T value);

    @Override
    @SuppressWarnings("unchecked") // every case is a T
    public T read(JsonIn in) throws CodecException {
        JsonIn.Kind kind = in.peek();
        if (kind == JsonIn.Kind.NULL || kind == JsonIn.Kind.ARRAY) {
            in.expect(JsonIn.Kind.OBJECT, this);
        }
        int start = in.here();
        JsonIn ahead = in.copy();
        String tag = kind == JsonIn.Kind.OBJECT ? tag(ahead) : null;
        if (tag == null) {
            throw in.fail(
                    "DATA205",
                    "member '" + TAG + "' is missing: which " + name + " is it?",
                    "say one of " + String.join(", ", cases.keySet()));
        }
        RecordForm<Object> found = cases.get(tag);
        if (found == null) {
            throw ahead.fail(
                    "DATA205",
                    name + " has no case '" + JsonChars.clipped(tag) + "'",
                    Names.nearest(tag, new ArrayList<>(cases.keySet()))
                            .map(it -> "did you mean '" + it + "'?")
                            .orElse("say one of " + String.join(", ", cases.keySet())));
        }
        in.begin();
        return (T) found.members(in, start, TAG);
    }

    private static @Nullable String tag(JsonIn in) throws CodecException {
        in.begin();
        for (String member = in.nextName(); member != null; member = in.nextName()) {
            if (member.equals(TAG)) {
                JsonIn.Kind kind = in.peek(); // blanks before it are not its own
                JsonIn value = in.copy();
                return switch (kind) {
                    case TEXT -> value.string();
                    case NUMBER -> value.number();
                    case BOOLEAN -> value.bool() ? "true" : "false";
                    case NULL, ARRAY, OBJECT -> null;
                };
            }
            in.value();
        }
        return null;
    }

    @Override
    public void write(T value, JsonOut out) throws CodecException {
        String which = caseOf(value);
        RecordForm<Object> form = cases.get(which);
        if (form == null) {
            throw JsonOut.notWritable(name + " has no case " + which);
        }
        out.begin('{');
        out.name(TAG);
        out.string(which);
        form.writeMembers(value, out);
        out.end('}');
    }

    @Override
    public String article() {
        return name;
    }

    /** {@return the names of the cases, in the order of the source} */
    public final List<String> names() {
        return List.copyOf(cases.keySet());
    }
}
