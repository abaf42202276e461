package dev.flowir.object.agent;

import dev.flowir.ir.CodecException;

/**
 * A task and what it does.
 *
 * @param <C> the class in Java
 * @param <P> what it is given
 */
record Errand<C, P>(AgentTask<P> task, AgentClass.Work<C, P> work) {

    void run(C agent, String payload) throws Exception {
        P given;
        try {
            given = Json.read(task.type(), payload);
        } catch (CodecException e) {
            throw new AgentException(
                    AgentFault.BAD_ARGUMENT,
                    "what was scheduled for '" + task.name() + "' is no " + task.type(),
                    e);
        }
        work.run(agent, given);
    }
}
