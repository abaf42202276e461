package dev.flowir.kernel.exec;

import dev.flowir.ir.plan.Plan;
import dev.flowir.kernel.machine.Pacing;
import dev.flowir.kernel.machine.TokenBuckets;

/** The rates of a flow, counted over all its runs in one runtime. */
final class SharedBuckets implements Pacing {

    private final TokenBuckets buckets;

    SharedBuckets(Plan plan) {
        this.buckets = new TokenBuckets(plan);
    }

    @Override
    public synchronized long take(int node, long nowNanos) {
        return buckets.take(node, nowNanos);
    }
}
