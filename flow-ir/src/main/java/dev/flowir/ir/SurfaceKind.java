package dev.flowir.ir;

import java.util.Optional;

/** The kinds of control surface that the wire format knows. */
public enum SurfaceKind {
    /** Routes by a text selector. */
    SWITCH("switch"),
    /** Routes by a boolean selector. */
    IF("if"),
    /** Repeats. */
    LOOP("loop"),
    /** Runs a body per item of a list. */
    FOR_EACH("for_each"),
    /** Groups items by event time. */
    WINDOW("window"),
    /** Splits a stream by key. */
    PARTITION("partition"),
    /** Bounds time. */
    TIMEOUT("timeout"),
    /** Bounds rate. */
    RATE_LIMIT("rate_limit"),
    /** Decides what a failure does. */
    ERROR_HANDLER("error_handler");

    private final String wire;

    SurfaceKind(String wire) {
        this.wire = wire;
    }

    /** {@return the word used in JSON: lower snake case, case-sensitive} */
    public String wire() {
        return wire;
    }

    /**
     * {@return the constant whose {@link #wire()} equals {@code text} exactly; empty when there is
     * none}
     *
     * @param text a word of the wire format
     */
    public static Optional<SurfaceKind> ofWire(String text) {
        for (SurfaceKind candidate : values()) {
            if (candidate.wire.equals(text)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
