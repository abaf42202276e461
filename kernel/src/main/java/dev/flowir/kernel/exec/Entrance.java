package dev.flowir.kernel.exec;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where runs of one flow that bring nothing but their input begin. A record, since the JIT takes a
 * constant record's components for constants: what is asked for each run is then five reads of what
 * may change, and none to find it.
 *
 * @param taken places taken at the gate; negative when it is closed
 * @param bound places there are
 * @param lanes lanes of the runtime
 * @param watch who keeps deadlines
 * @param limitNanos time limit of a run; {@link Lane#NO_LIMIT} for none
 */
record Entrance(AtomicInteger taken, int bound, Lanes lanes, LaneWatch watch, long limitNanos) {

    /** What {@link #begin} gives for a run that may not go on. */
    static final long REFUSED = 0;

    /**
     * Begins a run on a lane that is idle.
     *
     * @return its turn, which is odd; {@link #REFUSED} when it was ended again
     */
    long begin(Lane lane) {
        long turn = lane.begin(limitNanos);
        // Asked when the run can be seen: see Gate.close and LaneWatch.expect.
        if (!Gate.admits(taken.get(), lanes.count(), bound)) {
            lane.end(turn);
            return REFUSED;
        }
        if (limitNanos >= 0) {
            watch.expect();
        }
        return turn;
    }
}
