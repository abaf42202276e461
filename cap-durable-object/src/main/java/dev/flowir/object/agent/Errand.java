package dev.flowir.object.agent;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.Type;
import java.time.Duration;
import java.util.Optional;

/**
 * What is done when a schedule is due.
 *
 * @param <C> the class in Java
 */
sealed interface Errand<C> permits Errand.Task, RunErrand {

    /** What its schedules are stored with. */
    String name();

    /**
     * Does it once.
     *
     * @return after how long it goes on; empty when it is over for this moment
     */
    Optional<Duration> run(C agent, String id, String payload) throws Exception;

    /** A task and what it does. */
    record Task<C, P>(AgentTask<P> task, AgentClass.Work<C, P> work) implements Errand<C> {

        @Override
        public String name() {
            return task.name();
        }

        @Override
        public Optional<Duration> run(C agent, String id, String payload) throws Exception {
            work.run(agent, given(task.name(), task.type(), payload));
            return Optional.empty();
        }
    }

    /** What was stored for it, as its type. */
    static <P> P given(String name, Type<P> type, String payload) {
        try {
            return Json.read(type, payload);
        } catch (CodecException e) {
            throw new AgentException(
                    AgentFault.BAD_ARGUMENT,
                    "what was stored for '" + name + "' is no " + type + ": " + e.getMessage(),
                    e);
        }
    }
}
