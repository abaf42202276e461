package dev.flowir.ir;

import java.util.Optional;

/**
 * Settings of the checker that travel with a flow.
 *
 * @param requireControlHints read and written, not interpreted
 * @param allowMultipleTriggers whether more than one trigger node is fine; absent means no
 */
public record Policies(boolean requireControlHints, Optional<Boolean> allowMultipleTriggers) {

    private static final Policies DEFAULT = new Policies(false, Optional.empty());

    /** {@return what a document without policies has} */
    public static Policies defaults() {
        return DEFAULT;
    }
}
