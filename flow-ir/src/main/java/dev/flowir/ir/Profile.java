package dev.flowir.ir;

import java.util.Optional;

/** The host family that a flow is meant for. */
public enum Profile {
    /** HTTP hosts. */
    WEB("web"),
    /** Queue consumers. */
    QUEUE("queue"),
    /** A distributed durable-execution engine. */
    TEMPORAL("temporal"),
    /** Edge isolates. */
    WASM("wasm"),
    /** Development; the default of builders. */
    DEV("dev");

    private final String wire;

    Profile(String wire) {
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
    public static Optional<Profile> ofWire(String text) {
        for (Profile candidate : values()) {
            if (candidate.wire.equals(text)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
