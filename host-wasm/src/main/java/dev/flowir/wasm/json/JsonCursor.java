package dev.flowir.wasm.json;

import dev.flowir.ir.CodecException;

/** A place in a JSON text, what can be read there, and what is said of it when it is wrong. */
abstract sealed class JsonCursor permits JsonIn {

    final String text;
    final OpenValues open;
    int at;
    private boolean isSmall;

    JsonCursor(String text, OpenValues open, int at) {
        this.text = text;
        this.open = open;
        this.at = at;
    }

    /**
     * Reads a whole number of at most nine digits; anything else is left to {@link JsonIn#number},
     * and then {@link #isSmall} says no.
     */
    final int small() {
        int start = at;
        int length = text.length();
        boolean negative = at < length && text.charAt(at) == '-';
        int from = negative ? at + 1 : at;
        int end = from;
        int value = 0;
        char c = ' ';
        while (end < length && end - from < 10) {
            c = text.charAt(end);
            if (c < '0' || c > '9') {
                break;
            }
            value = value * 10 + (c - '0');
            end++;
        }
        int digits = end - from;
        isSmall =
                digits > 0
                        && digits < 10
                        && (digits == 1 || text.charAt(from) != '0')
                        && (end == length || c == ',' || c == '}' || c == ']' || isBlank(c));
        at = isSmall ? end : start;
        return negative ? -value : value;
    }

    /** Whether {@link #small} read one. */
    final boolean isSmall() {
        return isSmall;
    }

    /** Goes back to where a value began. */
    final void back(int start) {
        at = start;
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
    public final CodecException fail(String code, String message, String suggestion) {
        return new Place(text, at).fail(code, open.pointer(open.depth()), message, suggestion);
    }

    final CodecException mismatch(String wanted, String found) {
        return fail("DATA202", "expected " + wanted + ", found " + found, "");
    }

    /** A refusal of a value that began at {@code start}, read meanwhile. */
    final CodecException failAt(int start, String code, String message, String suggestion) {
        return new Place(text, start).fail(code, open.pointer(open.depth()), message, suggestion);
    }

    /** A refusal of the open object for a member that it lacks. */
    final CodecException lacking(int start, String name, String message, String suggestion) {
        return new Place(text, start)
                .fail(
                        "DATA204",
                        open.pointer(open.depth() - 1) + OpenValues.step(name),
                        message,
                        suggestion);
    }

    /** Where the next value begins. */
    final int here() {
        blanks();
        return at;
    }

    final CodecException syntax(String what) {
        return fail("DATA201", "not JSON: " + what, "send one JSON value in UTF-8");
    }

    final CodecException unexpected(String wanted) {
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

    final void blanks() {
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\n' || c == '\t' || c == '\r';
    }

    /** Passes blanks; says whether a character follows. */
    final boolean isAt(char wanted) {
        blanks();
        return at < text.length() && text.charAt(at) == wanted;
    }

    final void word(String word) throws CodecException {
        if (!text.startsWith(word, at)) {
            throw unexpected("'" + word + "'");
        }
        at += word.length();
        if (at < text.length() && " \t\r\n,]}".indexOf(text.charAt(at)) < 0) {
            throw unexpected("the end of '" + word + "'");
        }
    }

    final char escaped() throws CodecException {
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
