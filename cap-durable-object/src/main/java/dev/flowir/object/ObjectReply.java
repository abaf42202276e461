package dev.flowir.object;

/**
 * The answer of a call that was sent.
 *
 * @param <O> the answer
 */
@FunctionalInterface
public interface ObjectReply<O> {

    /**
     * Waits for it.
     *
     * @return the answer
     * @throws ObjectException as {@link ObjectRef#call(ObjectCall, Object)} says
     */
    O await();
}
