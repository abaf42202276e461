package dev.flowir.benchmarks;

/** One way of doing a work: a flow, or a peer in the form that is natural for it. */
public interface Contender extends AutoCloseable {

    /**
     * Does the work once.
     *
     * @return a number that depends on every item, the same for all contenders
     */
    long run() throws Exception;

    /** Ends what was started for it. */
    @Override
    default void close() {}
}
