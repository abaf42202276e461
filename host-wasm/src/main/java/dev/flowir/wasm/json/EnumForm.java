package dev.flowir.wasm.json;

import dev.flowir.ir.CodecException;
import java.util.ArrayList;
import java.util.List;

/**
 * A constant of an enum, by its name.
 *
 * @param <E> the enum
 */
public final class EnumForm<E extends Enum<E>> extends Form<E> {

    private final List<E> constants;

    /**
     * A form of an enum.
     *
     * @param constants all of them
     */
    public EnumForm(E[] constants) {
        this.constants = List.of(constants);
    }

    @Override
    public E read(JsonIn in) throws CodecException {
        JsonIn.Kind kind = in.peek();
        int start = in.here();
        if (kind == JsonIn.Kind.NULL) {
            in.expect(JsonIn.Kind.TEXT, this);
        }
        String name = "";
        if (kind == JsonIn.Kind.TEXT) {
            name = in.string();
        } else {
            in.value();
        }
        for (E constant : constants) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        List<String> names = new ArrayList<>();
        constants.forEach(constant -> names.add(constant.name()));
        throw in.failAt(
                start,
                "DATA202",
                "expected text, found " + kind.words(),
                "say one of " + String.join(", ", names));
    }

    @Override
    public void write(E value, JsonOut out) throws CodecException {
        out.string(value.name());
    }

    @Override
    public String article() {
        return "text";
    }
}
