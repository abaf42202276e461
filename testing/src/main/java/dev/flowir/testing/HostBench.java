package dev.flowir.testing;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;

/** A host that serves {@link HostFlows#routes()}, running. Use {@link HostSite} for a real one. */
public interface HostBench extends Closeable {

    /**
     * Asks and waits for the whole answer.
     *
     * @param request what
     * @return what the host answered
     * @throws Exception when there is no answer, which fails the rule
     */
    HostAnswer send(HostRequest request) throws Exception;

    /**
     * Asks and hangs up, not waiting for the end.
     *
     * @param request what
     * @param heard what must have come of the answer before; empty to hang up at once
     * @throws Exception when that does not come, which fails the rule
     */
    void leave(HostRequest request, String heard) throws Exception;

    /**
     * Whether the host finds out that a client left before it was sent anything.
     *
     * @return true unless overridden
     */
    default boolean noticesEarlyLeaving() {
        return true;
    }

    /**
     * How long a rule waits for an effect before it says that there is none.
     *
     * @return a minute unless overridden
     */
    default Duration patience() {
        return Duration.ofMinutes(1);
    }

    /** Gives everything free. */
    @Override
    default void close() throws IOException {}
}
