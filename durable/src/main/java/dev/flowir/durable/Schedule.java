package dev.flowir.durable;

import dev.flowir.ir.Flow;
import dev.flowir.kernel.cap.Cron;
import java.time.Instant;
import java.util.function.Function;

/**
 * Runs of a flow at moments of the clock. A moment's run has the id {@code name-<seconds since
 * 1970>}, so that there is exactly one however often the process dies while it begins it.
 *
 * @param name its name, kept for ever: letters, digits, {@code _} and {@code -}, at most 64
 * @param cron the moments
 * @param misfire what becomes of moments that were missed
 * @param overlap what becomes of a moment while the run before is not over
 * @param flow the flow
 * @param input makes the input of a moment's run
 * @param <I> what goes in
 */
public record Schedule<I>(
        String name,
        Cron cron,
        Misfire misfire,
        Overlap overlap,
        Flow<I, ?> flow,
        Function<Instant, I> input) {

    /** Characters of a name. */
    public static final int MAX_NAME_LENGTH = 64;

    /** Refuses a name that is none. */
    public Schedule {
        Names.ensureId(name);
        if (name.length() > MAX_NAME_LENGTH) {
            throw new IllegalArgumentException(
                    "a schedule's name has at most " + MAX_NAME_LENGTH + " characters: " + name);
        }
    }

    /**
     * A schedule that makes up for the last moment missed and never runs beside itself.
     *
     * @param <I> what goes in
     * @param name its name
     * @param cron the moments
     * @param flow the flow
     * @param input makes the input of a moment's run
     * @return the schedule
     */
    public static <I> Schedule<I> of(
            String name, Cron cron, Flow<I, ?> flow, Function<Instant, I> input) {
        return new Schedule<>(name, cron, Misfire.LATEST, Overlap.SKIP, flow, input);
    }

    /**
     * The same with another answer to missed moments.
     *
     * @param newMisfire what becomes of them
     * @return the schedule
     */
    public Schedule<I> with(Misfire newMisfire) {
        return new Schedule<>(name, cron, newMisfire, overlap, flow, input);
    }

    /**
     * The same with another answer to runs that take long.
     *
     * @param newOverlap what becomes of a moment while the run before is not over
     * @return the schedule
     */
    public Schedule<I> with(Overlap newOverlap) {
        return new Schedule<>(name, cron, misfire, newOverlap, flow, input);
    }
}
