package dev.flowir.kernel.journal;

import java.util.List;
import java.util.Optional;

/**
 * Which runs wait for which signals with a key, and signals that came before anybody waited: as
 * part of a transaction of the journal.
 */
public interface Addresses {

    /**
     * What a signal is addressed to, whichever run that is.
     *
     * @param flow name of the flow
     * @param signal name and key of the signal, as a run keeps it
     */
    record Address(String flow, String signal) {}

    /**
     * A signal that came before anybody waited for it.
     *
     * @param number its number, never used again
     * @param payload what it carries, encoded
     */
    record Kept(long number, Payload payload) {}

    /**
     * A run waits from now on.
     *
     * @param run the run
     * @param address for what
     */
    void awaits(long run, Address address);

    /**
     * A run waits no more.
     *
     * @param run the run
     * @param address for what
     */
    void awaitsNoMore(long run, Address address);

    /**
     * A run waits for nothing any more.
     *
     * @param run the run
     */
    void leave(long run);

    /**
     * {@return runs that wait for it, in order of their numbers}
     *
     * @param address for what
     * @param limit how many at most
     */
    List<Long> awaiting(Address address, int limit);

    /**
     * Keeps a signal.
     *
     * @param address to what
     * @param payload what it carries, encoded
     * @param nowMillis when, since 1970
     */
    void keep(Address address, Payload payload, long nowMillis);

    /**
     * {@return the signal that is kept for whoever will wait for it}
     *
     * @param address to what
     */
    Optional<Kept> kept(Address address);

    /**
     * A signal that was kept has found its run.
     *
     * @param number the signal
     */
    void taken(long number);

    /** {@return how many signals are kept} */
    int keptInAll();

    /**
     * Forgets signals that nobody wanted for long.
     *
     * @param beforeMillis only those that came before, since 1970
     */
    void forget(long beforeMillis);
}
