package dev.flowir.ir;

/**
 * Makes one value of two.
 *
 * @param <A> the first value
 * @param <B> the second value
 * @param <O> the joined value
 */
@FunctionalInterface
public interface JoinTwo<A, B, O> {
    /**
     * {@return the joined value}
     *
     * @param first the first value
     * @param second the second value
     * @throws Exception when there is none; the node has failed
     */
    O apply(A first, B second) throws Exception;
}
