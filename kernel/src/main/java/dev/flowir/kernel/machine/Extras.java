package dev.flowir.kernel.machine;

import dev.flowir.ir.plan.Plan;
import org.jspecify.annotations.Nullable;

/** What most plans have none of, kept together so that it costs them one empty field. */
final class Extras {

    private final @Nullable Loops loops;
    private final @Nullable Races races;
    private final @Nullable Zips zips;
    private final @Nullable Windows windows;
    private final @Nullable Pacing pacing;
    private long nowNanos;

    private Extras(
            @Nullable Loops loops,
            @Nullable Races races,
            @Nullable Zips zips,
            @Nullable Windows windows,
            @Nullable Pacing pacing) {
        this.loops = loops;
        this.races = races;
        this.zips = zips;
        this.windows = windows;
        this.pacing = pacing;
    }

    /** What {@code plan} has of it; null when that is nothing. */
    static @Nullable Extras of(
            Plan plan,
            Slots slots,
            Inputs inputs,
            Edges edges,
            Captures captures,
            Outbox out,
            Dataflow flow,
            Ending ending,
            @Nullable Pacing pacing) {
        boolean loops = plan.loopCount() > 0;
        boolean races = plan.raceCount() > 0;
        boolean windows = plan.windowCount() > 0;
        if (!loops && !races && !plan.zips() && !windows && pacing == null) {
            return null;
        }
        return new Extras(
                loops ? new Loops(plan, slots, flow) : null,
                races ? new Races(plan, slots, inputs, edges, out, flow, ending) : null,
                plan.zips() ? new Zips(plan, slots, inputs, edges, captures, flow, ending) : null,
                windows ? new Windows(plan, slots, inputs, out, flow) : null,
                pacing);
    }

    /** Items that go round. */
    @Nullable Loops loops() {
        return loops;
    }

    /** Items that run for one goal. */
    @Nullable Races races() {
        return races;
    }

    /** Items that meet by position. */
    @Nullable Zips zips() {
        return zips;
    }

    /** Nodes that give windows. */
    @Nullable Windows windows() {
        return windows;
    }

    /** Another event, at this time. */
    void now(long nanos) {
        nowNanos = nanos;
        if (windows != null) {
            windows.now(nanos);
        }
    }

    /** When the last event happened. */
    long nowNanos() {
        return nowNanos;
    }

    /** When an attempt at {@code node} may begin: now or later. */
    long begins(int node) {
        return pacing == null ? nowNanos : pacing.take(node, nowNanos);
    }
}
