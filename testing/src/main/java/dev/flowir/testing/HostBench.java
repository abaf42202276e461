package dev.flowir.testing;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

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
     * Asks, stops reading for a while, and reads on.
     *
     * @param request what
     * @param heard what must have come of the answer before it stops
     * @param meanwhile what is done while nobody reads
     * @param until reads on until this came, or the answer ended or broke off
     * @return all of the answer's body that was read
     * @throws Exception when there is no answer, which fails the rule
     */
    default String stall(HostRequest request, String heard, Meanwhile meanwhile, String until)
            throws Exception {
        throw new UnsupportedOperationException("clients of this bench read all or leave");
    }

    /** What is done while a client does not read. */
    @FunctionalInterface
    interface Meanwhile {
        /**
         * Does it.
         *
         * @throws Exception which fails the rule
         */
        void run() throws Exception;
    }

    /**
     * Whether clients can stop reading: {@link #stall}.
     *
     * @return false unless overridden
     */
    default boolean stalls() {
        return false;
    }

    /**
     * Where the host is, for rules that call it by a capability.
     *
     * @return scheme, host and port; empty unless overridden
     */
    default Optional<URI> address() {
        return Optional.empty();
    }

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
