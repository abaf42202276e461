package dev.flowir.kernel.cap;

import dev.flowir.ir.Token;
import java.util.Set;

/**
 * A backend of a capability, bound under one name: what turns tokens into handles. Made by a
 * capability module, given to {@link Capabilities}.
 */
public interface CapabilityProvider {

    /** {@return the backend, for example {@code kv.sqlite}} */
    String kind();

    /** {@return the name it is bound under; a token with this {@link Token#binding()} finds it} */
    String binding();

    /**
     * {@return the effect hints it satisfies, by exact text, for example {@code
     * resource::kv::read}}
     */
    Set<String> hints();

    /** {@return what it promises} */
    Descriptor descriptor();

    /**
     * Whether what its handles write inside a transaction of {@code store} is part of that
     * transaction: then a durable run on the same store records a step and what it wrote as one.
     *
     * @param store whatever keeps the transactions
     * @return false unless the backend knows {@code store}
     */
    default boolean commitsWith(AutoCloseable store) {
        return false;
    }

    /**
     * A handle for one attempt. Called only for tokens whose binding and effect hints match, on the
     * thread that runs the body.
     *
     * @param <H> type of the handle
     * @param token what is asked for
     * @param scope the attempt that it is for
     * @return an instance of {@link Token#handle()}
     */
    <H> H handle(Token<H> token, Scope scope);
}
