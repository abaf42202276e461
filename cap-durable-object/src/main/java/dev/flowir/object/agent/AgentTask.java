package dev.flowir.object.agent;

import dev.flowir.ir.Type;

/**
 * Something that an agent does later.
 *
 * @param name stored with each schedule: never change it
 * @param type what it is given
 * @param <P> what it is given
 */
public record AgentTask<P>(String name, Type<P> type) {

    /**
     * A task.
     *
     * @param name stored with each schedule: never change it
     * @param type what it is given
     * @param <P> what it is given
     * @return the task
     */
    public static <P> AgentTask<P> of(String name, Class<P> type) {
        return new AgentTask<>(name, Type.of(type));
    }
}
