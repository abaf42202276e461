package dev.flowir.wasm.json;

import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import java.util.Arrays;

/**
 * JSON of one type by its form. An isolate has text where the JVM has bytes, so this reads and
 * writes both.
 *
 * @param <T> type of the payload
 */
public final class EdgeCodec<T> implements Codec<T> {

    private final Form<T> form;

    /**
     * A codec.
     *
     * @param form how values look
     */
    public EdgeCodec(Form<T> form) {
        this.form = form;
    }

    /** {@return how values look} */
    public Form<T> form() {
        return form;
    }

    @Override
    public String id() {
        return "json";
    }

    /**
     * Writes a value.
     *
     * @param value the value
     * @return its JSON
     * @throws CodecException when it has none
     */
    public String write(T value) throws CodecException {
        JsonOut out = new JsonOut();
        form.write(value, out);
        return out.take();
    }

    /**
     * Reads a value.
     *
     * @param text JSON
     * @return the value
     * @throws CodecException when the text is not a {@code T}
     */
    public T read(String text) throws CodecException {
        refuseOtherEncodings(text);
        JsonIn in = new JsonIn(text);
        in.start(form);
        T value = form.read(in);
        in.end();
        return value;
    }

    /** The first bytes of other encodings and of a byte order mark, as they look in the text. */
    private static void refuseOtherEncodings(String text) throws CodecException {
        int first = text.isEmpty() ? 'x' : text.codePointAt(0);
        int second = text.length() < 2 ? 'x' : text.charAt(1);
        boolean mark = (first >= 0xF000 && first <= 0xFFFF) || first >= 0x40000;
        if (mark || first == 0 || (first < 0x80 && second == 0)) {
            throw new CodecException(
                    "DATA201",
                    "",
                    1,
                    1,
                    "the text is not UTF-8 or starts with a byte order mark",
                    "send UTF-8 without a byte order mark");
        }
    }

    @Override
    public byte[] encode(T value) throws CodecException {
        return Utf8Text.bytes(write(value));
    }

    @Override
    public T decode(byte[] bytes) throws CodecException {
        String text = Utf8Text.of(bytes);
        if (!Arrays.equals(bytes, Utf8Text.bytes(text))) {
            throw new CodecException("DATA201", "", 0, 0, "the text is not UTF-8", "send UTF-8");
        }
        return read(text);
    }
}
