package dev.flowir.time;

import dev.flowir.ir.ReadToken;
import java.time.InstantSource;

/** Tokens of clocks: what a node definition asks for. */
public final class Clocks {

    /** The kind of capability, as tokens name it. */
    public static final String CAPABILITY = "clock";

    /** Hint of nodes that ask for the time. */
    public static final String READ_HINT = "resource::clock::read";

    /** Determinism hint of every look. */
    public static final String DETERMINISM_HINT = "resource::clock";

    private Clocks() {}

    /**
     * The clock bound as {@code binding}. The body gets the JDK's interface.
     *
     * @param binding name that a deployment binds
     * @return the token
     */
    public static ReadToken<InstantSource> clock(String binding) {
        return ReadToken.of(CAPABILITY, binding, InstantSource.class, READ_HINT, DETERMINISM_HINT);
    }
}
