package dev.flowir.wasm;

import dev.flowir.kernel.Failure;
import java.time.Duration;
import java.util.Optional;

/**
 * How long a run may take, and who says so.
 *
 * @param nanos time from its start
 * @param byPlatform true when it is the platform that would end the request soon after
 */
record EdgeLimit(long nanos, boolean byPlatform) {

    /** Named in place of an edge when it was the platform's limit that passed. */
    static final String PLATFORM_LIMIT = "host limit";

    /**
     * What a run fails with whose time is over.
     *
     * @param limitNanos the time that it had
     * @param stopped the node that was stopped last, empty when none was
     * @param doing what it was doing
     */
    Failure passed(long limitNanos, String stopped, String doing) {
        Duration limit = Duration.ofNanos(limitNanos);
        return byPlatform && !stopped.isEmpty()
                ? new Failure.NodeTimedOut(
                        stopped, Optional.empty(), PLATFORM_LIMIT, "", 1, limit, doing)
                : new Failure.DeadlineExceeded(limit, doing);
    }
}
