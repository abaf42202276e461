package dev.flowir.ir.diff;

import dev.flowir.ir.check.Diagnostic;
import dev.flowir.ir.check.Severity;

/**
 * One difference between two versions of a flow.
 *
 * @param side which of the two documents it is shown in
 * @param found what it is, where, and what to do; an error when runs in flight cannot go on
 */
public record Edit(Side side, Diagnostic found) {

    /** One of the two documents. */
    public enum Side {
        /** The document that runs in flight were begun with. */
        OLD,
        /** The document that is to take its place. */
        NEW
    }

    /** {@return true when runs in flight go on with the new flow in spite of it} */
    public boolean isCompatible() {
        return found.severity() != Severity.ERROR;
    }
}
