package dev.flowir.object.agent;

/**
 * The class of an agent: it gives back the {@link Agent} that its constructor was given.
 *
 * @param <S> type of the state
 */
@FunctionalInterface
public interface AgentBody<S> {

    /** {@return what it was made with} */
    Agent<S> agent();
}
