package dev.flowir.limit;

import dev.flowir.ir.ReadToken;

/** Tokens of the rate limit capability: what a node definition asks for. */
public final class Limits {

    /** The kind of capability, as tokens name it. */
    public static final String CAPABILITY = "rate";

    /**
     * Hint of nodes that take permits. Taking one is no effect that a repeat would double: an
     * attempt more takes a permit more, which is what limits are for.
     */
    public static final String TAKE_HINT = "resource::rate::take";

    /** Determinism hint of every use. */
    public static final String DETERMINISM_HINT = "resource::rate";

    private Limits() {}

    /**
     * Permits of the limits bound as {@code binding}.
     *
     * @param binding name that a deployment binds
     * @return the token
     */
    public static ReadToken<RateLimiter> permits(String binding) {
        return ReadToken.of(CAPABILITY, binding, RateLimiter.class, TAKE_HINT, DETERMINISM_HINT);
    }
}
