package dev.flowir.wasm;

import dev.flowir.ir.Flow;
import dev.flowir.kernel.Failure;
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
    private @Nullable EdgeProgram program;

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
        EdgeLimit limit = new EdgeLimit(host.limits().eventBudget().toNanos(), true);
        return program(host).run(host.platform(), input, limit, id);
    }

    /** What runs the flow. */
    EdgeProgram program(EdgeHost host) {
        EdgeProgram known = program;
        if (known == null) {
            known = host.program(flow);
            program = known;
        }
        return known;
    }
}
