package dev.flowir.object.log;

/**
 * The state after an event.
 *
 * @param version place of that event; 0 before the first
 * @param state the state
 * @param <S> type of the state
 */
public record LogSnapshot<S>(long version, S state) {}
