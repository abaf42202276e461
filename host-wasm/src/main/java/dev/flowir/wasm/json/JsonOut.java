package dev.flowir.wasm.json;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes JSON on one line: the text that the JVM's codec writes. */
public final class JsonOut {

    private static final String HEX = "0123456789ABCDEF";

    /** Characters for which there is room at first. */
    private static final int FIRST_CHARACTERS = 256;

    /** Characters of room that is kept for the next text. */
    private static final int MOST_SPARE_CHARACTERS = 65_536;

    private static final char[] NO_ROOM = {};

    /** Arrays and objects inside one another; the JVM's number. */
    static final int MAX_DEPTH = 128;

    /** Room that is in nobody's hands: making it anew costs more than what is written to it. */
    private static char @Nullable [] spare;

    private static boolean reuses;

    private char[] text;
    private int length;
    private int depth;
    private boolean first = true;

    /** An empty text. */
    public JsonOut() {
        text = room();
    }

    /** Says that there is one thread only, so that room can be used for one text after another. */
    public static void reuse() {
        reuses = true;
    }

    private static char[] room() {
        char[] free = spare;
        spare = null;
        return free == null ? new char[FIRST_CHARACTERS] : free;
    }

    /**
     * Writes JSON as it is.
     *
     * @param json a value, or punctuation
     */
    public void raw(String json) {
        int end = length + json.length();
        room(end);
        json.getChars(0, json.length(), text, length);
        length = end;
    }

    private void put(char c) {
        room(length + 1);
        text[length++] = c;
    }

    private void room(int characters) {
        if (characters > text.length) {
            char[] more = new char[Math.max(characters, 2 * text.length)];
            System.arraycopy(text, 0, more, 0, length);
            text = more;
        }
    }

    /** Writes a whole number. */
    void whole(int value) {
        if (value == Integer.MIN_VALUE) {
            raw("-2147483648");
            return;
        }
        int left = value;
        if (left < 0) {
            put('-');
            left = -left;
        }
        int digits = 1;
        for (int rest = left; rest >= 10; rest /= 10) {
            digits++;
        }
        room(length + digits);
        length += digits;
        for (int at = length - 1; digits > 0; digits--) {
            text[at--] = (char) ('0' + left % 10);
            left /= 10;
        }
    }

    /**
     * Writes a JSON value.
     *
     * @param value the value
     * @throws CodecException when it is too deep, or a number in it is none
     */
    public void value(JsonValue value) throws CodecException {
        switch (value) {
            case JsonValue.Null none -> raw("null");
            case JsonValue.Bool bool -> raw(bool.value() ? "true" : "false");
            case JsonValue.Num number -> {
                if (!JsonChars.isNumber(number.text())) {
                    throw notWritable("a JsonValue.Num whose text is no number");
                }
                raw(number.text());
            }
            case JsonValue.Text words -> string(words.value());
            case JsonValue.Arr array -> {
                begin('[');
                for (JsonValue item : array.items()) {
                    next();
                    value(item);
                }
                end(']');
            }
            case JsonValue.Obj object -> {
                begin('{');
                for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
                    name(member.getKey());
                    value(member.getValue());
                }
                end('}');
            }
        }
    }

    void begin(char bracket) throws CodecException {
        if (++depth > MAX_DEPTH) {
            throw notWritable("it is deeper than " + MAX_DEPTH);
        }
        put(bracket);
        first = true;
    }

    void end(char bracket) {
        depth--;
        put(bracket);
        first = false;
    }

    /** Goes to the next item of an array. */
    void next() {
        if (!first) {
            put(',');
        }
        first = false;
    }

    void name(String name) throws CodecException {
        next();
        string(name);
        put(':');
    }

    /** The same with a name that stands in quotes already. */
    void quoted(String name) {
        next();
        raw(name);
        put(':');
    }

    /**
     * Writes a string.
     *
     * @param value its characters
     */
    public void string(String value) {
        int size = value.length();
        room(length + size + 2);
        put('"');
        for (int i = 0; i < size; i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                escape(c);
                room(length + size - i + 1);
                continue;
            }
            if (c >= '\uD800' && c <= '\uDFFF') {
                boolean pair =
                        c <= '\uDBFF'
                                && i + 1 < size
                                && value.charAt(i + 1) >= '\uDC00'
                                && value.charAt(i + 1) <= '\uDFFF';
                if (!pair) { // no UTF-8 has it: escaped, as the JVM's codec does
                    escape(c);
                    room(length + size - i + 1);
                    continue;
                }
                text[length++] = c;
                c = value.charAt(++i);
            }
            text[length++] = c;
        }
        put('"');
    }

    private void escape(char c) {
        switch (c) {
            case '"' -> raw("\\\"");
            case '\\' -> raw("\\\\");
            case '\b' -> raw("\\b");
            case '\t' -> raw("\\t");
            case '\n' -> raw("\\n");
            case '\f' -> raw("\\f");
            case '\r' -> raw("\\r");
            default -> {
                raw("\\u");
                for (int bits = 12; bits >= 0; bits -= 4) {
                    put(HEX.charAt(c >> bits & 15));
                }
            }
        }
    }

    static CodecException notWritable(String why) {
        return new CodecException("DATA209", "", "the value cannot be written as JSON: " + why);
    }

    /** {@return what was written; nothing is written after it} */
    public String take() {
        String taken = new String(text, 0, length);
        if (reuses && text.length <= MOST_SPARE_CHARACTERS) {
            spare = text;
        }
        text = NO_ROOM;
        length = 0;
        return taken;
    }
}
