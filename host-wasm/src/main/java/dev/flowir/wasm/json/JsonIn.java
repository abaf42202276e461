package dev.flowir.wasm.json;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON value piece by piece. Knows at any time where it is, as a pointer and as line and
 * column in bytes of UTF-8.
 */
public final class JsonIn extends JsonCursor {

    /** Characters of one number; the JVM's number. */
    private static final int MAX_NUMBER = 1_000;

    /** Characters of one member name; the JVM's number. */
    private static final int MAX_NAME = 1_024;

    /** Instead of a component: there is no further member. */
    static final int NONE = -1;

    /** Instead of a component: a member of another name. */
    static final int STRANGER = -2;

    /** What a value is, seen from its first character. */
    public enum Kind {
        /** An object. */
        OBJECT("an object", '{'),
        /** An array. */
        ARRAY("an array", '['),
        /** A string. */
        TEXT("text", '"'),
        /** A number. */
        NUMBER("a number", '0'),
        /** {@code true} or {@code false}. */
        BOOLEAN("a boolean", 't'),
        /** {@code null}. */
        NULL("null", 'n');

        private final String words;
        private final char first;

        Kind(String words, char first) {
            this.words = words;
            this.first = first;
        }

        /** {@return in words} */
        public String words() {
            return words;
        }
    }

    private String stranger = "";

    /**
     * A reader of one text.
     *
     * @param text the whole text
     */
    public JsonIn(String text) {
        this(text, new OpenValues(), 0);
    }

    private JsonIn(String text, OpenValues open, int at) {
        super(text, open, at);
    }

    /** A reader at the same place, that goes on by itself. */
    JsonIn copy() {
        return new JsonIn(text, open.copy(), at);
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
                    open.depth() == 0
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
        if (isAt(wanted.first)) {
            return;
        }
        Kind kind = peek();
        if (kind == Kind.NULL) {
            word("null");
            at -= 4;
            throw form.takesNull() || open.depth() == 0
                    ? fail("DATA204", "null is not " + form.article(), "send " + form.article())
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

    /** Stays before the value, but tells what is wrong with it, where it is a simple one. */
    private void skip(Kind kind) throws CodecException {
        int from = at;
        switch (kind) {
            case TEXT -> string();
            case NUMBER -> number();
            case BOOLEAN -> bool();
            case NULL, OBJECT, ARRAY -> {}
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
        if (open.depth() >= JsonOut.MAX_DEPTH) {
            throw fail(
                    "DATA206",
                    "the text is deeper than " + JsonOut.MAX_DEPTH,
                    "raise the limit of the codec if this is meant");
        }
        open.begin();
    }

    /** Goes to the next member; null at the end of the object: then {@link #leave}. */
    @Nullable String nextName() throws CodecException {
        OpenValues.Open object = open.top();
        if (!more(object, '}')) {
            return null;
        }
        int from = at;
        String name = name();
        named(object, name, from, object.names().add(name));
        return name;
    }

    /**
     * Goes to the next member of a record.
     *
     * @param record the record
     * @param given which of its components were there; the next one is marked
     * @return its place among the components; {@link #STRANGER} when it is none, and {@link
     *     #stranger} has its name; {@link #NONE} at the end of the object: then {@link #leave}
     */
    int nextMember(RecordForm<?> record, boolean[] given) throws CodecException {
        OpenValues.Open object = open.top();
        if (!more(object, '}')) {
            return NONE;
        }
        int from = at;
        int index = object.next;
        String name;
        if (index < given.length && text.startsWith(record.quoted(index), at)) {
            name = record.component(index);
            at += name.length() + 2;
        } else {
            name = name();
            index = record.indexOf(name);
        }
        boolean isNew = index < 0 ? object.names().add(name) : !given[index];
        named(object, name, from, isNew);
        if (index < 0) {
            stranger = name;
            return STRANGER;
        }
        given[index] = true;
        object.next = index + 1;
        return index;
    }

    /** Name of the member that is no component. */
    String stranger() {
        return stranger;
    }

    private String name() throws CodecException {
        if (text.charAt(at) != '"') {
            throw unexpected("a member name in double quotes");
        }
        String name = string();
        if (name.length() > MAX_NAME) {
            throw fail(
                    "DATA206",
                    "a member name is longer than " + MAX_NAME + " characters",
                    "raise the limit of the codec if this is meant");
        }
        return name;
    }

    private void named(OpenValues.Open object, String name, int from, boolean isNew)
            throws CodecException {
        if (!isNew) {
            at = from;
            throw syntax("member '" + JsonChars.clipped(name) + "' is given twice");
        }
        object.step = name;
        if (!isAt(':')) {
            throw unexpected("':'");
        }
        at++;
        object.count++;
    }

    /** Goes to the next item; false at the end of the array: then {@link #leave}. */
    boolean nextItem() throws CodecException {
        OpenValues.Open array = open.top();
        if (more(array, ']')) {
            array.count++;
            return true;
        }
        return false;
    }

    /** Leaves the object or array whose end was reached. */
    void leave() {
        open.leave();
    }

    private boolean more(OpenValues.Open within, char end) throws CodecException {
        blanks();
        if (at >= text.length()) {
            throw syntax("the text ends inside " + (end == ']' ? "an array" : "an object"));
        }
        if (text.charAt(at) == end) {
            at++;
            return false;
        }
        if (within.count > 0) {
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
        return open.top().names();
    }
}
