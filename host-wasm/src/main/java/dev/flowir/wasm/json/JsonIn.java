package dev.flowir.wasm.json;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON value piece by piece. Knows at any time where it is, as a pointer and as line and
 * column in bytes of UTF-8.
 */
public final class JsonIn {

    /** Characters of one number; the JVM's number. */
    private static final int MAX_NUMBER = 1_000;

    /** Characters of one member name; the JVM's number. */
    private static final int MAX_NAME = 1_024;

    /** What a value is, seen from its first character. */
    public enum Kind {
        /** An object. */
        OBJECT("an object"),
        /** An array. */
        ARRAY("an array"),
        /** A string. */
        TEXT("text"),
        /** A number. */
        NUMBER("a number"),
        /** {@code true} or {@code false}. */
        BOOLEAN("a boolean"),
        /** {@code null}. */
        NULL("null");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** {@return in words} */
        public String words() {
            return words;
        }
    }

    /** An object or array that is open, and what was seen of it. */
    private static final class Open {
        private final Set<String> names = new LinkedHashSet<>();
        private String step = "";
        private int count;
    }

    private final String text;
    private final List<Open> open = new ArrayList<>();
    private int at;

    /**
     * A reader of one text.
     *
     * @param text the whole text
     */
    public JsonIn(String text) {
        this.text = text;
    }

    /** A reader at the same place, that goes on by itself. */
    JsonIn copy() {
        JsonIn other = new JsonIn(text);
        other.at = at;
        for (Open each : open) {
            Open same = new Open();
            same.step = each.step;
            same.count = each.count;
            other.open.add(same);
        }
        return other;
    }

    // ---- values

    /**
     * Looks at the next value.
     *
     * @return what it is
     * @throws CodecException when none begins here
     */
    public Kind peek() throws CodecException {
        blanks();
        if (at >= text.length()) {
            throw syntax(
                    open.isEmpty()
                            ? "the text is empty"
                            : "the text ends where a value was expected");
        }
        char c = text.charAt(at);
        return switch (c) {
            case '{' -> Kind.OBJECT;
            case '[' -> Kind.ARRAY;
            case '"' -> Kind.TEXT;
            case 't', 'f' -> Kind.BOOLEAN;
            case 'n' -> Kind.NULL;
            default -> {
                if (c != '-' && (c < '0' || c > '9')) {
                    throw unexpected("a value");
                }
                yield Kind.NUMBER;
            }
        };
    }

    /**
     * Looks at the next value, which has to be of one kind.
     *
     * @param wanted the kind
     * @param form whose value it is
     * @throws CodecException when it is of another
     */
    public void expect(Kind wanted, Form<?> form) throws CodecException {
        Kind kind = peek();
        if (kind == Kind.NULL) {
            word("null");
            at -= 4;
            throw form.takesNull() || open.isEmpty()
                    ? fail("DATA204", "null is no " + form.article(), "send " + form.article())
                    : fail("DATA204", "null is not allowed here", "give a value");
        }
        if (kind != wanted) {
            skip(kind);
            throw mismatch(form.wanted(), kind.words());
        }
    }

    /**
     * Reads a string.
     *
     * @return its characters
     * @throws CodecException when it is broken
     */
    public String string() throws CodecException {
        int from = ++at;
        StringBuilder unescaped = null;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                String rest = text.substring(from, at++);
                return unescaped == null ? rest : unescaped.append(rest).toString();
            }
            if (c < ' ') {
                throw syntax("a control character in a string");
            }
            if (c == '\\') {
                unescaped = unescaped == null ? new StringBuilder() : unescaped;
                unescaped.append(text, from, at);
                unescaped.append(escaped());
                from = at;
            } else {
                at++;
            }
        }
        throw syntax("the text ends inside a string");
    }

    /**
     * Reads a number.
     *
     * @return its text
     * @throws CodecException when it is none, or too long
     */
    public String number() throws CodecException {
        int from = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String number = text.substring(from, at);
        if (!JsonChars.isNumber(number)) {
            at = from;
            throw syntax("no number: " + JsonChars.clipped(number));
        }
        if (at < text.length() && " \t\r\n,]}".indexOf(text.charAt(at)) < 0) {
            throw unexpected("the end of a number");
        }
        if (number.length() > MAX_NUMBER) {
            throw fail(
                    "DATA206",
                    "a number is longer than " + MAX_NUMBER + " characters",
                    "raise the limit of the codec if this is meant");
        }
        return number;
    }

    /**
     * Reads {@code true} or {@code false}.
     *
     * @return which
     * @throws CodecException when it is neither
     */
    public boolean bool() throws CodecException {
        boolean value = text.charAt(at) == 't';
        word(value ? "true" : "false");
        return value;
    }

    /**
     * Reads {@code null} when it is next.
     *
     * @return true when it was
     * @throws CodecException when a broken word begins there
     */
    public boolean isNull() throws CodecException {
        if (peek() != Kind.NULL) {
            return false;
        }
        word("null");
        return true;
    }

    /**
     * Reads any value.
     *
     * @return the value
     * @throws CodecException when it is broken
     */
    public JsonValue value() throws CodecException {
        return switch (peek()) {
            case TEXT -> new JsonValue.Text(string());
            case NUMBER -> new JsonValue.Num(number());
            case BOOLEAN -> new JsonValue.Bool(bool());
            case NULL -> {
                word("null");
                yield JsonValue.nil();
            }
            case ARRAY -> {
                List<JsonValue> items = new ArrayList<>();
                begin();
                while (nextItem()) {
                    items.add(value());
                }
                leave();
                yield new JsonValue.Arr(items);
            }
            case OBJECT -> {
                Map<String, JsonValue> members = new LinkedHashMap<>();
                begin();
                for (String name = nextName(); name != null; name = nextName()) {
                    members.put(name, value());
                }
                leave();
                yield new JsonValue.Obj(members);
            }
        };
    }

    private void skip(Kind kind) throws CodecException {
        int from = at;
        if (kind != Kind.OBJECT && kind != Kind.ARRAY) {
            value();
        }
        at = from;
    }

    /** Begins the text: says what is missing when there is nothing. */
    void start(Form<?> form) throws CodecException {
        if (here() >= text.length()) {
            throw new CodecException(
                    "DATA201", "", 1, 1, "not JSON: the text is empty", "send " + form.article());
        }
    }

    /** Ends the text. */
    void end() throws CodecException {
        blanks();
        if (at < text.length()) {
            throw fail(
                    "DATA201",
                    "not JSON: something follows the value",
                    "send one JSON value and nothing after it");
        }
    }

    // ---- objects and arrays

    /** Enters the object or array that {@link #peek} saw. */
    void begin() throws CodecException {
        at++;
        if (open.size() >= JsonOut.MAX_DEPTH) {
            throw fail(
                    "DATA206",
                    "the text is deeper than " + JsonOut.MAX_DEPTH,
                    "raise the limit of the codec if this is meant");
        }
        open.add(new Open());
    }

    private Open top() {
        return open.get(open.size() - 1);
    }

    /** Goes to the next member; null at the end of the object: then {@link #leave}. */
    @Nullable String nextName() throws CodecException {
        Open object = top();
        if (more('}')) {
            if (text.charAt(at) != '"') {
                throw unexpected("a member name in double quotes");
            }
            int from = at;
            String name = string();
            if (name.length() > MAX_NAME) {
                throw fail(
                        "DATA206",
                        "a member name is longer than " + MAX_NAME + " characters",
                        "raise the limit of the codec if this is meant");
            }
            if (!object.names.add(name)) {
                at = from;
                throw syntax("member '" + JsonChars.clipped(name) + "' is given twice");
            }
            object.step = name;
            blanks();
            if (at >= text.length() || text.charAt(at) != ':') {
                throw unexpected("':'");
            }
            at++;
            object.count++;
            return name;
        }
        return null;
    }

    /** Goes to the next item; false at the end of the array: then {@link #leave}. */
    boolean nextItem() throws CodecException {
        Open array = top();
        if (more(']')) {
            array.step = Integer.toString(array.count);
            array.count++;
            return true;
        }
        return false;
    }

    /** Leaves the object or array whose end was reached. */
    void leave() {
        open.remove(open.size() - 1);
    }

    private boolean more(char end) throws CodecException {
        blanks();
        if (at >= text.length()) {
            throw syntax("the text ends inside " + (end == ']' ? "an array" : "an object"));
        }
        if (text.charAt(at) == end) {
            at++;
            return false;
        }
        if (top().count > 0) {
            if (text.charAt(at) != ',') {
                throw unexpected("',' or '" + end + "'");
            }
            at++;
            blanks();
            if (at >= text.length()) {
                throw syntax("the text ends after a comma");
            }
        }
        return true;
    }

    /** Names of the members of the open object seen so far. */
    Set<String> seen() {
        return top().names;
    }

    // ---- refusals

    /**
     * A refusal of the next value, at its place.
     *
     * @param code stable diagnostic code
     * @param message what is wrong
     * @param suggestion what to do about it; may be empty
     * @return the exception
     */
    public CodecException fail(String code, String message, String suggestion) {
        return new Place(text, at).fail(code, pointer(open.size()), message, suggestion);
    }

    CodecException mismatch(String wanted, String found) {
        return fail("DATA202", "expected " + wanted + ", found " + found, "");
    }

    /** A refusal of a value that began at {@code start}, read meanwhile. */
    CodecException failAt(int start, String code, String message, String suggestion) {
        return new Place(text, start).fail(code, pointer(open.size()), message, suggestion);
    }

    /** A refusal of the open object for a member that it lacks. */
    CodecException lacking(int start, String name, String message, String suggestion) {
        return new Place(text, start)
                .fail("DATA204", pointer(open.size() - 1) + step(name), message, suggestion);
    }

    /** Where the next value begins. */
    int here() {
        blanks();
        return at;
    }

    private String pointer(int depth) {
        StringBuilder pointer = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            if (open.get(i).count > 0) {
                pointer.append(step(open.get(i).step));
            }
        }
        return pointer.toString();
    }

    private static String step(String name) {
        return "/" + JsonChars.clipped(name).replace("~", "~0").replace("/", "~1");
    }

    private CodecException syntax(String what) {
        return fail("DATA201", "not JSON: " + what, "send one JSON value in UTF-8");
    }

    private CodecException unexpected(String wanted) {
        return syntax(
                at >= text.length()
                        ? "the text ends where " + wanted + " was expected"
                        : "expected "
                                + wanted
                                + ", found '"
                                + JsonChars.clipped(text.substring(at, at + 1))
                                + "'");
    }

    // ---- characters

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private void word(String word) throws CodecException {
        if (!text.startsWith(word, at)) {
            throw unexpected("'" + word + "'");
        }
        at += word.length();
        if (at < text.length() && " \t\r\n,]}".indexOf(text.charAt(at)) < 0) {
            throw unexpected("the end of '" + word + "'");
        }
    }

    private char escaped() throws CodecException {
        at++;
        char c = at < text.length() ? text.charAt(at++) : ' ';
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw syntax("an unknown escape in a string");
        };
    }

    private char unicode() throws CodecException {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = at < text.length() ? JsonChars.hex(text.charAt(at)) : -1;
            if (digit < 0) {
                throw syntax("an escape without four hex digits");
            }
            value = value * 16 + digit;
            at++;
        }
        return (char) value;
    }
}
