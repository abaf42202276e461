package dev.flowir.wasm;

import java.time.Duration;

/** Whether a request may go on. */
public sealed interface EdgeVerdict {

    /** It may. */
    record Allowed() implements EdgeVerdict {}

    /**
     * The caller is not known: 401.
     *
     * @param challenge value of {@code WWW-Authenticate}, for example {@code Bearer}
     */
    record Unauthorized(String challenge) implements EdgeVerdict {}

    /** The caller is known and may not: 403. */
    record Forbidden() implements EdgeVerdict {}

    /**
     * There were too many: 429.
     *
     * @param retryAfter when to come again, told in whole seconds
     */
    record TooMany(Duration retryAfter) implements EdgeVerdict {}

    /** {@return that it may} */
    static EdgeVerdict allowed() {
        return new Allowed();
    }
}
