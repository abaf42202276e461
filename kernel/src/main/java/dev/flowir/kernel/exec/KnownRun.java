package dev.flowir.kernel.exec;

import dev.flowir.kernel.RunInfo;
import org.jspecify.annotations.Nullable;

/** What does not change of a run while it is driven. */
abstract class KnownRun {

    final Environment environment;
    final Prepared prepared;
    final RunInfo info;
    final @Nullable Replay replay;

    KnownRun(Environment environment, Prepared prepared, RunInfo info, @Nullable Replay replay) {
        this.environment = environment;
        this.prepared = prepared;
        this.info = info;
        this.replay = replay;
    }

    Environment environment() {
        return environment;
    }

    Prepared prepared() {
        return prepared;
    }

    RunInfo info() {
        return info;
    }

    /** What is known of bodies that ran before this driver had the run; null for nothing. */
    @Nullable Replay replay() {
        return replay;
    }

    /** Time that the run had taken when this driver got it. */
    long elapsedNanos() {
        return replay == null ? 0 : replay.elapsedNanos();
    }

    boolean isObserved() {
        return environment.listening().isActive();
    }

    long now() {
        return environment.time().nanos();
    }
}
