package dev.flowir.wasm;

import dev.flowir.ir.Token;
import java.util.List;

/**
 * Decides about each request of a route before its body is read. What the head of a request already
 * tells is refused first: too many header fields, a body that is announced as too large, or as no
 * JSON.
 */
public interface EdgeGuard {

    /** {@return capabilities that it asks; the worker is not packaged without them} */
    default List<Token<?>> needs() {
        return List.of();
    }

    /**
     * Decides; may wait for what it asks.
     *
     * @param visit the request without its body
     * @return the decision
     */
    EdgeVerdict decide(EdgeVisit visit);

    /**
     * Lets requests with {@code Authorization: Bearer <token>} pass when the token is a secret of
     * the worker; others are answered with 401. Compared in a time that does not depend on where
     * they differ. Needs the module of secrets beside this one.
     *
     * @param binding name of the secrets' binding, as {@link EdgeBindings#secrets} was given it
     * @param secret name of the secret
     * @return the guard
     */
    static EdgeGuard bearer(String binding, String secret) {
        return EdgeBearer.guard(binding, secret);
    }

    /**
     * Lets as many requests of one client pass as a rate limit has permits; others are answered
     * with 429 and {@code Retry-After}. A client is the address that the platform saw. Needs the
     * module of limits beside this one.
     *
     * @param binding name of the limit, as {@link EdgeBindings#rateLimit} was given it
     * @return the guard
     */
    static EdgeGuard rateLimit(String binding) {
        return EdgePace.guard(binding);
    }
}
