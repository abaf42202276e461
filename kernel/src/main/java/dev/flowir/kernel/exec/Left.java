package dev.flowir.kernel.exec;

import org.jspecify.annotations.Nullable;

/**
 * A run that its program left, with what its lane knew of it: asked while the lane is still its
 * own.
 *
 * @param exit where it stands
 * @param stop what stopped it; null when nothing did
 * @param elapsedNanos time that it has been seen to take
 */
record Left(Exit exit, Lane.@Nullable Stop stop, long elapsedNanos) {

    static Left of(Exit exit, Lane lane, long turn) {
        Lane.Stop stop = lane.isStopped(turn) ? lane.stop() : null;
        return new Left(exit, stop, LaneWatch.elapsed(lane, turn));
    }
}
