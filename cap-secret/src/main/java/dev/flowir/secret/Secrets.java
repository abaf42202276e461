package dev.flowir.secret;

import dev.flowir.ir.ReadToken;

/** Tokens of the secrets capability: what a node definition asks for. */
public final class Secrets {

    /** The kind of capability, as tokens name it. */
    public static final String CAPABILITY = "secret";

    /** Hint of nodes that ask for secrets. There is none for changing them: flows do not. */
    public static final String READ_HINT = "resource::secret::read";

    /** Determinism hint of every use: a secret may be changed while a run waits. */
    public static final String DETERMINISM_HINT = "resource::secret";

    private Secrets() {}

    /**
     * Secrets of the vault bound as {@code binding}.
     *
     * @param binding name that a deployment binds
     * @return a token whose handle gives secrets by name
     */
    public static ReadToken<SecretReader> reader(String binding) {
        return ReadToken.of(CAPABILITY, binding, SecretReader.class, READ_HINT, DETERMINISM_HINT);
    }
}
