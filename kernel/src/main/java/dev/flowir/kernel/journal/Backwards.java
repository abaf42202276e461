package dev.flowir.kernel.journal;

import dev.flowir.kernel.RecordedException;
import org.jspecify.annotations.Nullable;

/** What entries do to a run that has failed and undoes what it did. */
final class Backwards {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Underway underway;
    private final Undoing undoing;

    Backwards(Underway underway, Undoing undoing) {
        this.underway = underway;
        this.undoing = undoing;
    }

    boolean take(Entry entry, boolean paused) {
        long at = entry.atNanos();
        return switch (entry) {
            case Entry.Completed it ->
                    underway.takes(it.ticket(), it.node()) && undoing.succeeded();
            case Entry.Empty it -> underway.takes(it.ticket(), it.node()) && undoing.succeeded();
            case Entry.Failed it ->
                    underway.takes(it.ticket(), it.node()) && undoing.failed(it.error(), at);
            case Entry.Lost it -> {
                Step step = underway.get(it.ticket());
                yield step != null
                        && underway.takes(it.ticket(), step.node())
                        && undoing.lost(it.repeats());
            }
            case Entry.Timer it -> !paused && timer(at, it.timer());
            case Entry.Cancelled it -> {
                underway.interruptAll();
                yield undoing.stop("ended from outside: " + it.reason());
            }
            default -> false;
        };
    }

    private boolean timer(long at, long timer) {
        Long due = undoing.timers().get(timer);
        if (due == null || at < due) {
            return false;
        }
        Step late = underway.get(timer);
        if (late == null) {
            return undoing.wakes(timer);
        }
        underway.timeOut(timer);
        String why = "the attempt took longer than " + late.limitNanos() / NANOS_PER_MILLI + " ms";
        return undoing.failed(new RecordedException("AttemptTimeout", why, true), at);
    }

    /** The next step that undoes, when there is one. */
    void proceed(long now, boolean paused) {
        @Nullable Step step = undoing.isActive() ? undoing.next() : null;
        if (step == null) {
            return;
        }
        underway.add(step);
        if (paused) {
            underway.hold(step);
        } else {
            start(step, now);
        }
    }

    /** Hands a step to the driver. */
    void start(Step step, long now) {
        undoing.launched(step, now);
        underway.launch(step);
    }
}
