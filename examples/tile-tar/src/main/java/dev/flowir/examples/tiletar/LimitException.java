package dev.flowir.examples.tiletar;

import dev.flowir.ir.NonRetryableException;

/** A bound of the profile was met: a repeat meets it again. */
final class LimitException extends NonRetryableException {

    private static final long serialVersionUID = 1;

    /** More bytes of tiles at once than the profile has memory. */
    static final String MEMORY = "RUN050";

    /** More processor time than the profile gives to one archive. */
    static final String PROCESSOR = "RUN051";

    LimitException(String code, String message) {
        super(code + ": " + message);
    }
}
