package dev.flowir.kernel.machine;

import dev.flowir.ir.plan.Plan;
import dev.flowir.ir.plan.Rate;
import java.util.Optional;

/**
 * Says when attempts at nodes with a rate may begin. A bucket is one number, the time at which it
 * will be full again: an attempt may begin as soon as that is less than a full bucket away, and
 * moves it on by one token. (The generic cell rate algorithm, ITU-T I.371, counts the same way.)
 *
 * <p>Tokens are taken in the order of asking, also by who then has to wait. Belongs to one thread
 * at a time; machines with one clock may share it.
 */
public final class TokenBuckets implements Pacing {

    /** Before every clock, and far enough from it that sums fit. */
    private static final long LONG_AGO = Long.MIN_VALUE / 4;

    private final Plan plan;
    private final long[] fullAt;
    private final long[] last;

    /**
     * Full buckets.
     *
     * @param plan whose nodes have rates
     */
    public TokenBuckets(Plan plan) {
        this.plan = plan;
        this.fullAt = new long[plan.nodeCount()];
        this.last = new long[plan.nodeCount()];
        java.util.Arrays.fill(fullAt, LONG_AGO);
        java.util.Arrays.fill(last, LONG_AGO);
    }

    @Override
    public long take(int node, long nowNanos) {
        Optional<Rate> found = plan.node(node).rate();
        if (found.isEmpty()) {
            return nowNanos;
        }
        Rate rate = found.get();
        long saved = rate.tokenNanos() * (rate.burst() - 1);
        long at = Math.max(nowNanos, Math.max(fullAt[node] - saved, last[node] + rate.gapNanos()));
        fullAt[node] = Math.max(fullAt[node], at) + rate.tokenNanos();
        last[node] = at;
        return at;
    }
}
