package dev.flowir.ir.check;

/** How much a diagnostic weighs. Only errors make a flow invalid. */
public enum Severity {
    /** The flow must not run. */
    ERROR("error"),
    /** The flow can run, but hardly as meant. */
    WARNING("warning");

    private final String wire;

    Severity(String wire) {
        this.wire = wire;
    }

    /** {@return the word used in JSON} */
    public String wire() {
        return wire;
    }
}
