package dev.flowir.object.agent;

import dev.flowir.kernel.cap.Cron;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an agent does later, all by the one alarm of its object. Tasks of one agent run one after
 * the other, each as a call of its own, at least once. One that throws leaves nothing and is tried
 * again {@link AgentLimits#taskRetries()} times, at the earliest two seconds later; then it is
 * written down as failed. Others go on meanwhile.
 */
public interface Schedules {

    /**
     * A schedule.
     *
     * @param id names it
     * @param task name of the task
     * @param next when it is due
     * @param every the time between two runs; empty for one that has no interval
     * @param cron the five fields that say when; empty for one that has none
     * @param attempts how often it was begun since it last succeeded
     * @param skipped how many moments went by while it, or the process, was busy or down
     */
    record Scheduled(
            String id,
            String task,
            Instant next,
            Optional<Duration> every,
            Optional<String> cron,
            int attempts,
            long skipped) {}

    /**
     * A task that was given up.
     *
     * @param id of its schedule
     * @param task its name; of a run's end {@code flowir.run/} and the run's
     * @param at when it was given up
     * @param cause what it threw last; empty when the process died meanwhile
     * @param payload what it was given, as JSON; empty for those of earlier versions
     */
    record FailedTask(
            String id, String task, Instant at, Optional<String> cause, Optional<String> payload) {}

    /**
     * Does something once.
     *
     * @param task what; declared by {@link AgentClass#task}
     * @param at when, never before; in the past means at once. Those of one moment run in the order
     *     in which they were asked for
     * @param payload what it is given
     * @param <P> what it is given
     * @return the id of the schedule
     * @throws AgentException {@link AgentFault#UNKNOWN_TASK}, {@link AgentFault#BAD_SCHEDULE}
     */
    <P> String once(AgentTask<P> task, Instant at, P payload);

    /**
     * Does something again and again, first after one interval. Asked for again with the same task,
     * interval and payload it is the same schedule: so a constructor may ask at each wake. Moments
     * that go by while it runs or nothing does are skipped, and counted.
     *
     * @param task what; declared by {@link AgentClass#task}
     * @param interval at least {@link AgentLimits#leastInterval()}
     * @param payload what it is given
     * @param <P> what it is given
     * @return the id of the schedule
     * @throws AgentException {@link AgentFault#UNKNOWN_TASK}, {@link AgentFault#BAD_SCHEDULE}
     */
    <P> String every(AgentTask<P> task, Duration interval, P payload);

    /**
     * Does something at moments of the calendar, in UTC. Asked for again with the same task, fields
     * and payload it is the same schedule. Moments that go by are skipped, and counted up to
     * 100,000.
     *
     * @param task what; declared by {@link AgentClass#task}
     * @param moments when; which day is number 1 is said there
     * @param payload what it is given
     * @param <P> what it is given
     * @return the id of the schedule
     * @throws AgentException {@link AgentFault#UNKNOWN_TASK}, {@link AgentFault#BAD_SCHEDULE} when
     *     there is no such moment in 30 years
     */
    <P> String cron(AgentTask<P> task, Cron moments, P payload);

    /**
     * Takes a schedule back.
     *
     * @param id its id
     * @return false when there is none
     */
    boolean cancel(String id);

    /** {@return all schedules, in the order in which they are due} */
    List<Scheduled> list();

    /** {@return tasks that were given up, the oldest first; the last ones are kept} */
    List<FailedTask> failed();

    /**
     * Begins one that was given up once more, at once, as if it had never been begun.
     *
     * @param id its id in {@link #failed()}
     * @return false when there is none
     */
    boolean again(String id);
}
