package dev.flowir.benchmarks.requests;

/** Answers orders, for many callers at a time. */
@FunctionalInterface
public interface Desk extends AutoCloseable {

    /**
     * Answers and waits.
     *
     * @param order what is asked for
     * @return the answer
     */
    Quote ask(Order order) throws Exception;

    /** Ends what was started for it. */
    @Override
    default void close() {}
}
