package dev.flowir.kernel.machine;

import dev.flowir.ir.plan.OnlyWith;
import dev.flowir.ir.plan.Plan;
import dev.flowir.ir.plan.PlanFeatures;
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
                loops ? loops(plan, slots, flow) : null,
                races ? races(plan, slots, inputs, edges, out, flow, ending) : null,
                plan.zips() ? zips(plan, slots, inputs, edges, captures, flow, ending) : null,
                windows ? windows(plan, slots, inputs, out, flow) : null,
                pacing);
    }

    // Each in a method of its own: a worker that is built for plans without it has none of it.

    @OnlyWith(PlanFeatures.LOOPS)
    private static Loops loops(Plan plan, Slots slots, Dataflow flow) {
        return new Loops(plan, slots, flow);
    }

    @OnlyWith(PlanFeatures.RACES)
    private static Races races(
            Plan plan,
            Slots slots,
            Inputs inputs,
            Edges edges,
            Outbox out,
            Dataflow flow,
            Ending ending) {
        return new Races(plan, slots, inputs, edges, out, flow, ending);
    }

    @OnlyWith(PlanFeatures.ZIPS)
    private static Zips zips(
            Plan plan,
            Slots slots,
            Inputs inputs,
            Edges edges,
            Captures captures,
            Dataflow flow,
            Ending ending) {
        return new Zips(plan, slots, inputs, edges, captures, flow, ending);
    }

    @OnlyWith(PlanFeatures.WINDOWS)
    private static Windows windows(
            Plan plan, Slots slots, Inputs inputs, Outbox out, Dataflow flow) {
        return new Windows(plan, slots, inputs, out, flow);
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
