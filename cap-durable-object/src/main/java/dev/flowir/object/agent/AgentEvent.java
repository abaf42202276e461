package dev.flowir.object.agent;

import dev.flowir.ir.Type;

/**
 * Something that clients are told about.
 *
 * @param name what clients know it by
 * @param type what comes with it
 * @param <T> what comes with it
 */
public record AgentEvent<T>(String name, Type<T> type) {

    /**
     * An event.
     *
     * @param name what clients know it by
     * @param type what comes with it
     * @param <T> what comes with it
     * @return the event
     */
    public static <T> AgentEvent<T> of(String name, Class<T> type) {
        return new AgentEvent<>(name, Type.of(type));
    }
}
