package dev.flowir.wasm;

import dev.flowir.ir.Flow;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.Result;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** A flow that runs because something happened, and not because somebody waits for its answer. */
final class EdgeJob {

    /** What makes a flow run. */
    sealed interface Cause {}

    /** A message of a queue; its body is the input. */
    record Message(String queue, EdgeConsumer consumer) implements Cause {}

    /** A moment of a schedule, which makes the input. */
    record Moment(String cron, LongFunction<Object> input) implements Cause {}

    private final Flow<?, ?> flow;
    private final Cause cause;
    private EdgePlan.@Nullable Verdict verdict;

    EdgeJob(Flow<?, ?> flow, Cause cause) {
        if (flow.output().isStream()) {
            throw new IllegalArgumentException(
                    "flow '" + flow.name() + "' gives a stream, and here nobody would read it");
        }
        this.flow = flow;
        this.cause = cause;
    }

    Flow<?, ?> flow() {
        return flow;
    }

    Cause cause() {
        return cause;
    }

    /**
     * Runs the flow to its end.
     *
     * @param id of the run: the same when the same thing is told again, so that idempotency keys
     *     are the same, too
     * @return why it failed; empty when it did not
     */
    Optional<Failure> run(EdgeHost host, Object input, String id) {
        EdgePlan.Verdict known = verdict;
        if (known == null) {
            known = EdgePlan.prepare(flow, host.capabilities());
            verdict = known;
        }
        return switch (known) {
            case EdgePlan.Refused refused -> Optional.of(refused.failure());
            case EdgePlan.Ready ready -> {
                EdgeLimit limit = new EdgeLimit(host.limits().eventBudget().toNanos(), true);
                EdgeRun run = new EdgeRun(host.platform(), ready.plan(), limit, id);
                run.begin(input);
                Result<Object> result = run.await();
                run.awaitQuiet();
                yield result instanceof Result.Failed<Object> failed
                        ? Optional.of(failed.failure())
                        : Optional.empty();
            }
        };
    }
}
