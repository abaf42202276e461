package dev.flowir.wasm;

import dev.flowir.ir.plan.OnlyWith;
import dev.flowir.ir.plan.Plan;
import dev.flowir.ir.plan.PlanFeatures;
import dev.flowir.ir.plan.Ranking;
import dev.flowir.kernel.machine.FairPermits;
import dev.flowir.kernel.machine.RankedPermits;
import org.jspecify.annotations.Nullable;

/** How many bodies of which nodes run at a time within one run. */
final class EdgePermits {

    private final Plan plan;
    private final @Nullable FairPermits<EdgeAttempt>[] permits;

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    private EdgePermits(Plan plan) {
        this.plan = plan;
        this.permits = new FairPermits[plan.nodeCount()];
    }

    /** Permits for the nodes of {@code plan} that have a limit; null when none has. */
    static @Nullable EdgePermits of(Plan plan) {
        return plan.limited() ? new EdgePermits(plan) : null;
    }

    /** True when an attempt may begin; false when it waits in the line. */
    boolean enters(EdgeAttempt attempt) {
        FairPermits<EdgeAttempt> of = of(attempt.head());
        if (of == null) {
            return true;
        }
        Ranking ranking = ranking(attempt.head());
        return ranking == null ? of.enter(attempt) : ranked(of, attempt, ranking);
    }

    /** Which of those who wait for a node goes first; null for who came first. */
    @OnlyWith(value = PlanFeatures.PRIORITIES, optional = true)
    private @Nullable Ranking ranking(int node) {
        return plan.node(node).ranking().orElse(null);
    }

    @OnlyWith(PlanFeatures.PRIORITIES)
    private static boolean ranked(
            FairPermits<EdgeAttempt> of, EdgeAttempt attempt, Ranking ranking) {
        return of instanceof RankedPermits<EdgeAttempt> line
                && line.enter(attempt, ranking.inLine(attempt.input()));
    }

    @OnlyWith(PlanFeatures.PRIORITIES)
    private static FairPermits<EdgeAttempt> ranked(int limit, Ranking ranking) {
        return new RankedPermits<>(limit, ranking.oldestEvery());
    }

    /** Takes an attempt out of the line, if it is in it. */
    void leave(EdgeAttempt attempt) {
        FairPermits<EdgeAttempt> of = of(attempt.head());
        if (of != null) {
            of.leave(attempt);
        }
    }

    /** Who begins now that the body of {@code attempt} has ended; null for nobody. */
    @Nullable EdgeAttempt ended(EdgeAttempt attempt) {
        FairPermits<EdgeAttempt> of = of(attempt.head());
        return of == null ? null : of.release();
    }

    private @Nullable FairPermits<EdgeAttempt> of(int node) {
        int limit = plan.node(node).concurrency();
        if (limit > 0 && permits[node] == null) {
            Ranking ranking = ranking(node);
            permits[node] = ranking == null ? new FairPermits<>(limit) : ranked(limit, ranking);
        }
        return permits[node];
    }
}
