package dev.flowir.ir.plan;

import dev.flowir.ir.Backoff;

/**
 * What a failed attempt leads to.
 *
 * @param strategy what happens in the end
 * @param maxRetries attempts after the first, zero or more
 * @param backoffMillis wait before the first repeat
 * @param growth how further waits follow from it
 * @param mostMillis no wait is longer
 * @param jitterPercent how far a wait may differ both ways
 * @param letters node that gets an item for which no attempt is left; {@link #NOWHERE} for none
 */
public record ErrorPolicy(
        Strategy strategy,
        int maxRetries,
        long backoffMillis,
        Backoff.Growth growth,
        long mostMillis,
        int jitterPercent,
        int letters) {

    /** No node gets what could not be worked on. */
    public static final int NOWHERE = -1;

    /** Retries of an error handler that names no number. */
    public static final int DEFAULT_RETRIES = 3;

    /** No handler: the run fails. */
    public static final ErrorPolicy FAIL =
            new ErrorPolicy(
                    Strategy.FAIL, 0, 0, Backoff.Growth.CONSTANT, Long.MAX_VALUE, 0, NOWHERE);

    /** The run ends, whatever else is said: it was cancelled. */
    public static final ErrorPolicy CANCEL =
            new ErrorPolicy(
                    Strategy.CANCEL, 0, 0, Backoff.Growth.CONSTANT, Long.MAX_VALUE, 0, NOWHERE);

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long MOST_MILLIS = Long.MAX_VALUE / NANOS_PER_MILLI / 4;

    /** What an error handler asks for. */
    public enum Strategy {
        /** The run fails. */
        FAIL,
        /** The run ends, and nothing stands for the item. */
        CANCEL,
        /** The attempt is repeated; when no retry is left, the run fails. */
        RETRY,
        /** The item ends here, or goes to {@link #letters}, and the run goes on. */
        CONTINUE
    }

    /**
     * The same with a way out for an item for which no attempt is left.
     *
     * @param node index of the node that gets it
     * @return the policy
     */
    public ErrorPolicy to(int node) {
        return new ErrorPolicy(
                strategy, maxRetries, backoffMillis, growth, mostMillis, jitterPercent, node);
    }

    /**
     * Wait after a failed attempt.
     *
     * @param attempt the one that failed, from 1
     * @param item identity of the item: what its jitter follows from
     * @return the wait in nanoseconds
     */
    public long backoffNanos(int attempt, long item) {
        long limit = Math.min(mostMillis, MOST_MILLIS);
        long millis =
                switch (growth) {
                    case CONSTANT -> backoffMillis;
                    case LINEAR ->
                            backoffMillis > limit / attempt ? limit : backoffMillis * attempt;
                    case EXPONENTIAL -> doubled(backoffMillis, attempt - 1, limit);
                };
        long nanos = Math.min(millis, limit) * NANOS_PER_MILLI;
        return jitterPercent == 0 ? nanos : nanos + jitter(nanos, attempt, item);
    }

    private static long doubled(long millis, int times, long limit) {
        long wait = millis;
        for (int i = 0; i < times && wait < limit && wait > 0; i++) {
            wait = wait > limit / 2 ? limit : wait * 2;
        }
        return wait;
    }

    /** Between minus and plus {@code jitterPercent} of the wait, in steps of a thousandth. */
    private long jitter(long nanos, int attempt, long item) {
        long mixed = (item + attempt) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
        long thousandths = ((mixed >>> 33) % 2001) - 1000;
        return nanos / 100_000 * jitterPercent * thousandths;
    }
}
