package dev.flowir.object.agent;

import dev.flowir.object.ObjectContext;

/**
 * What an agent lives with: state that its clients see, and events that they are told. Used inside
 * the object's turn. Everything reaches clients after it is durable, in the order in which it was
 * said, and never when the call fails.
 *
 * @param <S> type of the state; immutable, such as a record
 */
public interface Agent<S> {

    /** {@return the object: storage, time, turns. Its alarm belongs to the schedules} */
    ObjectContext self();

    /** {@return the state; the initial one until it is first set} */
    S state();

    /** {@return the number of the last change or event; grows by one with each} */
    long version();

    /**
     * Sets the state, and sends it to every client.
     *
     * @param next the state
     * @throws AgentException {@link AgentFault#STATE_REFUSED}, and nothing has changed
     */
    void setState(S next);

    /**
     * Tells every client, and keeps it for those that come back: the last {@link
     * AgentLimits#maxEvents()} are there.
     *
     * @param event which
     * @param data what comes with it
     * @param <T> what comes with it
     */
    <T> void publish(AgentEvent<T> event, T data);

    /**
     * As {@link #publish}, once for each key among the events that are kept: for whoever may repeat
     * itself, such as a step of a run.
     *
     * @param event which
     * @param key the same for each repetition
     * @param data what comes with it
     * @param <T> what comes with it
     * @return false when it was published before
     */
    <T> boolean publishOnce(AgentEvent<T> event, String key, T data);

    /**
     * Tells the clients that are there now, such as progress. Not kept; whoever repeats itself
     * tells them again, and the key lets them see that.
     *
     * @param event which
     * @param key the same for each repetition; empty for none
     * @param data what comes with it
     * @param <T> what comes with it
     */
    <T> void notice(AgentEvent<T> event, String key, T data);

    /** {@return what it does later} */
    Schedules schedules();

    /** {@return work outside of it that it has started} */
    Runs runs();
}
