package dev.flowir.object.agent;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The runs that an agent has started and not been told the end of. That there is a run is stored
 * with whatever else the call writes; so it is started and looked at until it ends, whatever ends
 * the process. The agent is told of the end at least once, as a call of its own; what it writes
 * then is stored together with that it was told. When being told fails, it is told again as often
 * as {@linkplain AgentLimits#taskRetries() tasks} are tried, then it is among {@link
 * Schedules#failed()}, and {@link Schedules#again} tells it once more.
 */
public interface Runs {

    /** Most characters of an id. */
    int MAX_ID_LENGTH = 100;

    /**
     * A run that goes on, as far as the agent knows.
     *
     * @param id names it
     * @param run which work
     * @param since when it was asked for
     * @param trouble what its engine threw last; empty when it answered
     */
    record Started(String id, String run, Instant since, Optional<String> trouble) {}

    /**
     * Starts a run after this call is durable.
     *
     * @param run which work; declared by {@link AgentClass#run}
     * @param input what goes in
     * @param <I> what goes in
     * @return its id, a new one
     * @throws AgentException {@link AgentFault#UNKNOWN_TASK}, {@link AgentFault#BAD_SCHEDULE}
     */
    <I> String start(AgentRun<I, ?> run, I input);

    /**
     * As {@link #start(AgentRun, Object)}, under an id of your own.
     *
     * @param run which work; declared by {@link AgentClass#run}
     * @param id letters, digits, {@code _} and {@code -}, at most {@value #MAX_ID_LENGTH}
     * @param input what goes in
     * @param <I> what goes in
     * @return false when there is one of this id already
     * @throws AgentException {@link AgentFault#UNKNOWN_TASK}, {@link AgentFault#BAD_SCHEDULE}
     */
    <I> boolean start(AgentRun<I, ?> run, String id, I input);

    /** {@return those that go on, by their ids} */
    List<Started> list();

    /**
     * Looks at a run at once: for whoever hears of its end elsewhere. Without it a run is looked at
     * after 1 s, and then whenever it is half as old again, at least every minute.
     *
     * @param id the run
     * @return false when there is none
     */
    boolean look(String id);

    /**
     * Forgets a run: it goes on, and the agent is not told.
     *
     * @param id the run
     * @return false when there is none
     */
    boolean forget(String id);
}
