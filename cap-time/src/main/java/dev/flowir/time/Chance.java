package dev.flowir.time;

import dev.flowir.ir.ReadToken;
import java.util.random.RandomGenerator;

/** Tokens of random numbers: what a node definition asks for. */
public final class Chance {

    /** The kind of capability, as tokens name it. */
    public static final String CAPABILITY = "rng";

    /** Hint of nodes that draw. */
    public static final String READ_HINT = "resource::rng::read";

    /** Determinism hint of every draw. */
    public static final String DETERMINISM_HINT = "resource::rng";

    private Chance() {}

    /**
     * Random numbers from the source bound as {@code binding}. The body gets the JDK's interface: a
     * generator of its own for each attempt, for the thread of the body only.
     *
     * @param binding name that a deployment binds
     * @return the token
     */
    public static ReadToken<RandomGenerator> numbers(String binding) {
        return ReadToken.of(
                CAPABILITY, binding, RandomGenerator.class, READ_HINT, DETERMINISM_HINT);
    }
}
