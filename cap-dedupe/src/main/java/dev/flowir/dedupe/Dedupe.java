package dev.flowir.dedupe;

import dev.flowir.ir.WriteToken;

/** Tokens of the dedupe capability: what a node definition asks for. */
public final class Dedupe {

    /** The kind of capability, as tokens name it. */
    public static final String CAPABILITY = "dedupe";

    /** Hint of nodes that mark keys; what an {@code exactly_once} edge wants of its target. */
    public static final String WRITE_HINT = "resource::dedupe::write";

    /** Determinism hint of every use. */
    public static final String DETERMINISM_HINT = "resource::dedupe";

    private Dedupe() {}

    /**
     * The keys bound as {@code binding}.
     *
     * @param binding name that a deployment binds
     * @return the token
     */
    public static WriteToken<DedupeKeys> keys(String binding) {
        return WriteToken.of(CAPABILITY, binding, DedupeKeys.class, WRITE_HINT, DETERMINISM_HINT);
    }
}
