package dev.flowir.ir;

/** A payload that cannot be read or written, with the place where it went wrong. */
public final class CodecException extends Exception {

    private static final long serialVersionUID = 1;

    /** What is wrong and what would be right. */
    private final String message;

    /** Stable diagnostic code. */
    private final String code;

    /** JSON pointer to the place. */
    private final String pointer;

    /** Line of the place; 0 when not known. */
    private final int line;

    /** Column of the place; 0 when not known. */
    private final int column;

    /** What to do about it; empty when there is nothing to say. */
    private final String suggestion;

    /**
     * A coding failure whose place in the text is not known.
     *
     * @param code stable diagnostic code
     * @param pointer JSON pointer to the place, empty for the whole payload
     * @param message what is wrong and what would be right
     */
    public CodecException(String code, String pointer, String message) {
        this(code, pointer, 0, 0, message, "");
    }

    /**
     * A coding failure at a place in a text.
     *
     * @param code stable diagnostic code
     * @param pointer JSON pointer to the place, empty for the whole payload
     * @param line counted from 1; 0 when not known
     * @param column counted from 1; 0 when not known
     * @param message what is wrong
     * @param suggestion what to do about it; empty when there is nothing to suggest
     */
    public CodecException(
            String code, String pointer, int line, int column, String message, String suggestion) {
        super(message);
        this.message = message;
        this.code = code;
        this.pointer = pointer;
        this.line = line;
        this.column = column;
        this.suggestion = suggestion;
    }

    /** What is wrong. */
    @Override
    public String getMessage() {
        return message;
    }

    /** {@return stable diagnostic code} */
    public String code() {
        return code;
    }

    /** {@return JSON pointer to the place, empty for the whole payload} */
    public String pointer() {
        return pointer;
    }

    /** {@return line of the place, counted from 1; 0 when not known} */
    public int line() {
        return line;
    }

    /** {@return column of the place, counted from 1; 0 when not known} */
    public int column() {
        return column;
    }

    /** {@return what to do about it; empty when there is nothing to suggest} */
    public String suggestion() {
        return suggestion;
    }
}
