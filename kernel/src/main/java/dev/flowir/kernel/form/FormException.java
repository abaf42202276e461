package dev.flowir.kernel.form;

import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.host.Envelope;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A form that is refused: why, where in the body, and what to do about it. */
public final class FormException extends IOException {

    private static final long serialVersionUID = 1;

    /** As much of a client's text as an answer repeats. */
    private static final int SHOWN_CHARS = 100;

    static final String NO_FORM = "FORM101";
    static final String NO_BOUNDARY = "FORM102";
    static final String BROKEN = "FORM103";
    static final String TOO_LARGE = "FORM104";
    static final String UNKNOWN_FIELD = "FORM105";
    static final String WRONG_FIELD = "FORM106";
    static final String NO_TEXT = "FORM107";
    static final String NOT_STORED = "FORM108";

    /** HTTP status. */
    private final int status;

    /** Code of the error. */
    private final String code;

    /** What the client is told. */
    private final String told;

    /** What to do about it; may be empty. */
    private final String suggestion;

    /** Where it is, as details of the error; what is read back has none. */
    private final transient Map<String, JsonValue> place = new LinkedHashMap<>();

    FormException(int status, String code, String told, String suggestion) {
        super(code + ": " + told);
        this.status = status;
        this.code = code;
        this.told = told;
        this.suggestion = suggestion;
    }

    /**
     * A limit was passed.
     *
     * @param what of the form is larger
     * @param most the limit in bytes
     * @return status 413
     */
    public static FormException tooLarge(String what, long most) {
        return new FormException(
                413,
                TOO_LARGE,
                what + " is larger than " + most + " bytes",
                "send at most " + most + " bytes");
    }

    /** The same with the byte of the body it is about, from 0. */
    FormException at(long byteOffset) {
        place.put("byte", JsonValue.number(byteOffset));
        return this;
    }

    /** The same with the part it is about, from 1. */
    FormException inPart(int part) {
        if (part > 0) {
            place.put("part", JsonValue.number(part));
        }
        return this;
    }

    /** The same with the field it is about. */
    FormException inField(String name) {
        place.put("field", JsonValue.text(shown(name)));
        return this;
    }

    static String shown(String text) {
        return text.length() <= SHOWN_CHARS ? text : text.substring(0, SHOWN_CHARS) + "…";
    }

    /** {@return the code, for example {@code FORM103}} */
    public String code() {
        return code;
    }

    /**
     * What the client is answered.
     *
     * @param requestId id of its request
     * @return the error, with the place in the form
     */
    public Envelope envelope(String requestId) {
        Map<String, JsonValue> details = new LinkedHashMap<>(place);
        if (!suggestion.isEmpty()) {
            details.put("suggestion", JsonValue.text(suggestion));
        }
        return Envelope.of(status, code, told, details, requestId);
    }
}
