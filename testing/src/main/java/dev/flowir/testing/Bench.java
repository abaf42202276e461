package dev.flowir.testing;

import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Scope;
import java.io.Closeable;
import java.io.IOException;

/**
 * A provider on the bench: what the rules of a contract are shown on, and what they may do to it
 * besides using it. Kits extend this with questions and means of their own, all optional.
 */
public interface Bench extends Closeable {

    /**
     * The provider under test, opened on the clock of the rule.
     *
     * @return the same one until {@link #restart()}
     */
    CapabilityProvider provider();

    /**
     * A handle outside of any run.
     *
     * @param token what to ask for; its binding must be the provider's
     * @param <H> interface of the handle
     * @return the handle
     */
    default <H> H handle(Token<H> token) {
        return provider().handle(token, Scope.outside("contract"));
    }

    /**
     * Whether {@link #restart()} can be called: true for what outlives a process.
     *
     * @return false unless overridden
     */
    default boolean supportsRestart() {
        return false;
    }

    /**
     * Closes the provider as a crash or a stop would, and opens it again on the same data.
     *
     * @throws Exception when that fails, which fails the rule
     */
    default void restart() throws Exception {
        throw new IllegalStateException("supportsRestart() is true but restart() is not there");
    }

    /**
     * Gives everything free.
     *
     * @throws IOException when that fails, which fails the rule
     */
    @Override
    default void close() throws IOException {}
}
