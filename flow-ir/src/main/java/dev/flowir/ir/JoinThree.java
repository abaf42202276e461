package dev.flowir.ir;

/**
 * Makes one value of three.
 *
 * @param <A> the first value
 * @param <B> the second value
 * @param <C> the third value
 * @param <O> the joined value
 */
@FunctionalInterface
public interface JoinThree<A, B, C, O> {
    /**
     * {@return the joined value}
     *
     * @param first the first value
     * @param second the second value
     * @param third the third value
     * @throws Exception when there is none; the node has failed
     */
    O apply(A first, B second, C third) throws Exception;
}
