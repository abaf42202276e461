package dev.flowir.object;

/**
 * Numbers of a space since it was opened.
 *
 * @param awake objects in memory now
 * @param wakes constructors that ran
 * @param evicted objects that left memory because nobody called them
 * @param resets objects that were given up because a call or a commit failed
 * @param refused calls refused by {@link ObjectFault#OVERLOADED}
 * @param alarmsRung alarm handlers that ran, retries included
 * @param alarmsAbandoned alarms whose last retry failed
 */
public record ObjectStats(
        int awake,
        long wakes,
        long evicted,
        long resets,
        long refused,
        long alarmsRung,
        long alarmsAbandoned) {}
