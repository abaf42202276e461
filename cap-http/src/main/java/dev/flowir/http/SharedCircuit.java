package dev.flowir.http;

import java.time.Duration;

/**
 * The state of a circuit that several processes share, kept by a server: for backends. Each
 * endpoint has one of its own. What is asked and told is one step there, by the server's clock.
 * Thread-safe.
 */
public interface SharedCircuit {

    /** How a call went, as far as the service is to blame. */
    enum Outcome {
        /** The service did what it should. */
        SUCCEEDED,
        /** It broke off, was too slow, or said that it is in trouble. */
        FAILED,
        /** The caller ended it: says nothing about the service. */
        UNKNOWN
    }

    /** What becomes of a call. */
    sealed interface Answer {

        /**
         * It may go.
         *
         * @param period in which it goes: what becomes of it counts in this one only
         */
        record Go(long period) implements Answer {}

        /**
         * It may not.
         *
         * @param openFor time until others may; zero while others try
         */
        record Stop(Duration openFor) implements Answer {}

        /** Nobody can say: the process goes by what it saw itself. */
        record Away() implements Answer {}
    }

    /**
     * Asks for one call.
     *
     * @param rules of the circuit
     * @return whether it may go; a probe whose end is not told within {@link
     *     CircuitBreaking#openFor()} is lost, and another goes
     */
    Answer ask(CircuitBreaking rules);

    /**
     * Tells how a call went that was let go; what cannot be told is lost.
     *
     * @param rules of the circuit
     * @param period in which it went
     * @param outcome how it went
     */
    void tell(CircuitBreaking rules, long period, Outcome outcome);
}
