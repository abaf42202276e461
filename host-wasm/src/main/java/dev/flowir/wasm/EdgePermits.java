package dev.flowir.wasm;

import dev.flowir.ir.plan.OnlyWith;
import dev.flowir.ir.plan.Plan;
import dev.flowir.ir.plan.PlanFeatures;
import dev.flowir.ir.plan.Ranking;
import dev.flowir.kernel.machine.FairPermits;
import dev.flowir.kernel.machine.RankedPermits;
import java.util.Optional;
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
        return of == null || enters(of, attempt);
    }

    private boolean enters(FairPermits<EdgeAttempt> of, EdgeAttempt attempt) {
        Optional<Ranking> ranking = plan.node(attempt.head()).ranking();
        return ranking.isPresent() ? ranked(of, attempt, ranking.get()) : of.enter(attempt);
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
            Optional<Ranking> ranking = plan.node(node).ranking();
            permits[node] =
                    ranking.isPresent() ? ranked(limit, ranking.get()) : new FairPermits<>(limit);
        }
        return permits[node];
    }
}
