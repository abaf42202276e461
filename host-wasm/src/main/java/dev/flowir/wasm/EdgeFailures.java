package dev.flowir.wasm;

import dev.flowir.ir.plan.Plan;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.machine.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Outcomes of the machine as failures that people read. */
final class EdgeFailures {

    private EdgeFailures() {}

    /**
     * The failure that an outcome is; empty when it is none.
     *
     * @param limit the run's own limit
     * @param stopped the node that was stopped last, empty when none was
     * @param doing what it was doing
     */
    static Optional<Failure> of(
            Outcome outcome, EdgePlan prepared, EdgeLimit limit, String stopped, String doing) {
        Plan plan = prepared.plan();
        return switch (outcome) {
            case Outcome.Finished ignored -> Optional.empty();
            case Outcome.NodeFailed it ->
                    Optional.of(
                            new Failure.NodeFailed(
                                    prepared.alias(it.node()),
                                    prepared.node(it.node()).site(),
                                    it.attempts(),
                                    it.cause()));
            case Outcome.TimedOut it ->
                    Optional.of(
                            new Failure.NodeTimedOut(
                                    prepared.alias(it.node()),
                                    prepared.node(it.node()).site(),
                                    it.edge() < 0 ? "joined edges" : plan.edgeName(it.edge()),
                                    Long.toHexString(it.item()),
                                    it.attempts(),
                                    Duration.ofNanos(it.limitNanos()),
                                    doing));
            case Outcome.DeadlineExceeded it ->
                    Optional.of(limit.passed(it.limitNanos(), stopped, doing));
            case Outcome.Cancelled it -> Optional.of(new Failure.Cancelled(it.reason()));
            case Outcome.MissingOutput it ->
                    Optional.of(new Failure.MissingOutput(it.why().describe(plan)));
            case Outcome.SpillFailed it ->
                    Optional.of(new Failure.SpillFailed(plan.edgeName(it.edge()), it.cause()));
            case Outcome.Stalled it ->
                    Optional.of(
                            new Failure.Stalled(
                                    prepared.alias(it.node()),
                                    plan.edgeName(it.edge()),
                                    prepared.alias(it.missing())));
            case Outcome.RaceLost it -> {
                List<Failure> losses = new ArrayList<>();
                for (Outcome loss : it.losses()) {
                    of(loss, prepared, limit, stopped, doing).ifPresent(losses::add);
                }
                yield Optional.of(new Failure.RaceLost(prepared.alias(it.node()), losses));
            }
        };
    }
}
