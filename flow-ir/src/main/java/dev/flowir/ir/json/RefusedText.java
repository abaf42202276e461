package dev.flowir.ir.json;

import dev.flowir.ir.check.Diagnostic;

/** Carries a refusal out of the depth of a reader; never leaves this package. */
final class RefusedText extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Diagnostic error;

    RefusedText(Diagnostic error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    Diagnostic error() {
        return error;
    }
}
