package dev.flowir.kernel.cap;

/**
 * An exception that says what kind of fault it is, in words that all capabilities share. Its code
 * says more; the kind is what a caller decides by that does not know which provider it has.
 */
public interface Classified {

    /** {@return the kind of the fault, the same for the same situation with every provider} */
    FaultKind kind();
}
