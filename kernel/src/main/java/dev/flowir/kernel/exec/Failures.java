package dev.flowir.kernel.exec;

import dev.flowir.ir.plan.Plan;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.machine.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Outcomes of the machine as failures that people read: with names, places and what went on. */
public final class Failures {

    private Failures() {}

    /**
     * The failure that an outcome is; empty when it is none.
     *
     * @param doing what the run was waiting for when it was stopped
     */
    public static Optional<Failure> of(Outcome outcome, Prepared prepared, String doing) {
        Plan plan = prepared.plan();
        return switch (outcome) {
            case Outcome.Finished ignored -> Optional.empty();
            case Outcome.NodeFailed(int node, int attempts, IncompleteStreamException found) ->
                    Optional.of(
                            new Failure.IncompleteStream(
                                    prepared.alias(node), prepared.site(node), found.producer()));
            case Outcome.NodeFailed it ->
                    Optional.of(
                            new Failure.NodeFailed(
                                    prepared.alias(it.node()),
                                    prepared.site(it.node()),
                                    it.attempts(),
                                    it.cause()));
            case Outcome.TimedOut it ->
                    Optional.of(
                            new Failure.NodeTimedOut(
                                    prepared.alias(it.node()),
                                    prepared.site(it.node()),
                                    it.edge() < 0 ? "joined edges" : plan.edgeName(it.edge()),
                                    Long.toHexString(it.item()),
                                    it.attempts(),
                                    Duration.ofNanos(it.limitNanos()),
                                    doing));
            case Outcome.DeadlineExceeded it ->
                    Optional.of(
                            new Failure.DeadlineExceeded(Duration.ofNanos(it.limitNanos()), doing));
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
                it.losses().forEach(loss -> of(loss, prepared, doing).ifPresent(losses::add));
                yield Optional.of(new Failure.RaceLost(prepared.alias(it.node()), losses));
            }
        };
    }
}
