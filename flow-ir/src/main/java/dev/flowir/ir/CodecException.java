package dev.flowir.ir;

/** A payload that cannot be read or written, with the place where it went wrong. */
public final class CodecException extends Exception {

    private static final long serialVersionUID = 1;

    private final String code;
    private final String pointer;

    /**
     * A coding failure.
     *
     * @param code stable diagnostic code
     * @param pointer JSON pointer to the place, empty for the whole payload
     * @param message what is wrong and what would be right
     */
    public CodecException(String code, String pointer, String message) {
        super(message);
        this.code = code;
        this.pointer = pointer;
    }

    /** Stable diagnostic code. */
    public String code() {
        return code;
    }

    /** JSON pointer to the place, empty for the whole payload. */
    public String pointer() {
        return pointer;
    }
}
