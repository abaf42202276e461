package dev.flowir.wasm.json;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import java.util.Map;

/** Writes JSON on one line: the text that the JVM's codec writes. */
public final class JsonOut {

    private static final String HEX = "0123456789ABCDEF";

    /** Arrays and objects inside one another; the JVM's number. */
    static final int MAX_DEPTH = 128;

    private final StringBuilder text = new StringBuilder();
    private int depth;
    private boolean first = true;

    /** An empty text. */
    public JsonOut() {}

    /**
     * Writes JSON as it is.
     *
     * @param json a value, or punctuation
     */
    public void raw(String json) {
        text.append(json);
    }

    /**
     * Writes a JSON value.
     *
     * @param value the value
     * @throws CodecException when it is too deep, or a number in it is none
     */
    public void value(JsonValue value) throws CodecException {
        switch (value) {
            case JsonValue.Null none -> text.append("null");
            case JsonValue.Bool bool -> text.append(bool.value());
            case JsonValue.Num number -> {
                if (!JsonChars.isNumber(number.text())) {
                    throw notWritable("a JsonValue.Num whose text is no number");
                }
                text.append(number.text());
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
        text.append(bracket);
        first = true;
    }

    void end(char bracket) {
        depth--;
        text.append(bracket);
        first = false;
    }

    /** Goes to the next item of an array. */
    void next() {
        if (!first) {
            text.append(',');
        }
        first = false;
    }

    void name(String name) throws CodecException {
        next();
        string(name);
        text.append(':');
    }

    /**
     * Writes a string.
     *
     * @param value its characters
     * @throws CodecException when half of a surrogate pair is missing
     */
    public void string(String value) throws CodecException {
        text.append('"');
        int done = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c >= ' ' && c != '"' && c != '\\') {
                if (c < '\uD800' || c > '\uDFFF') {
                    continue;
                }
                boolean pair =
                        c <= '\uDBFF'
                                && i + 1 < value.length()
                                && value.charAt(i + 1) >= '\uDC00'
                                && value.charAt(i + 1) <= '\uDFFF';
                if (!pair) {
                    throw notWritable("half of a surrogate pair is missing");
                }
                i++;
                continue;
            }
            text.append(value, done, i);
            done = i + 1;
            escape(c);
        }
        text.append(value, done, value.length()).append('"');
    }

    private void escape(char c) {
        switch (c) {
            case '"' -> text.append("\\\"");
            case '\\' -> text.append("\\\\");
            case '\b' -> text.append("\\b");
            case '\t' -> text.append("\\t");
            case '\n' -> text.append("\\n");
            case '\f' -> text.append("\\f");
            case '\r' -> text.append("\\r");
            default -> text.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
        }
    }

    static CodecException notWritable(String why) {
        return new CodecException("DATA209", "", "the value cannot be written as JSON: " + why);
    }

    /** {@return what was written} */
    @Override
    public String toString() {
        return text.toString();
    }
}
