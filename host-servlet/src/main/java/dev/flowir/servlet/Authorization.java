package dev.flowir.servlet;

import dev.flowir.ir.JsonValue;
import java.util.Optional;

/** Whether a request may go on. */
public sealed interface Authorization {

    /**
     * It may.
     *
     * @param user who asks; reaches the flow's invocation as extension {@code auth.user}
     */
    record Allowed(Optional<JsonValue> user) implements Authorization {}

    /**
     * The caller is not known: 401.
     *
     * @param challenge value of {@code WWW-Authenticate}, for example {@code Bearer}
     */
    record Unauthorized(String challenge) implements Authorization {}

    /** The caller is known and may not: 403. */
    record Forbidden() implements Authorization {}

    /**
     * Allowed, without saying who asks.
     *
     * @return the decision
     */
    static Authorization allowed() {
        return new Allowed(Optional.empty());
    }
}
