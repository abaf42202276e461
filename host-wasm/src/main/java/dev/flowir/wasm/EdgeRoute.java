package dev.flowir.wasm;

import dev.flowir.ir.Determinism;
import dev.flowir.ir.Effects;
import dev.flowir.ir.Flow;
import dev.flowir.kernel.host.PathTemplate;
import dev.flowir.wasm.json.EdgeCodec;
import dev.flowir.wasm.json.FormBook;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A flow at a path. */
class EdgeRoute {

    private final @Nullable Flow<?, ?> flow;
    private final String method;
    private final PathTemplate path;
    private final EdgeOptions options;
    private final @Nullable EdgeDesk desk;
    private @Nullable EdgeProgram program;
    private @Nullable EdgeLimit limit;
    private @Nullable EdgeCodec<?> read;
    private @Nullable EdgeCodec<?> written;

    EdgeRoute(Flow<?, ?> flow, String method, PathTemplate path, EdgeOptions options) {
        this(flow, method, path, options, null);
    }

    /** Where no flow runs at all. */
    EdgeRoute(String method, PathTemplate path, EdgeDesk desk) {
        this(null, method, path, EdgeOptions.DEFAULT, desk);
    }

    EdgeRoute(
            @Nullable Flow<?, ?> flow,
            String method,
            PathTemplate path,
            EdgeOptions options,
            @Nullable EdgeDesk desk) {
        this.desk = desk;
        this.flow = flow;
        this.method = method;
        this.path = path;
        this.options = options;
    }

    /** The flow; not where none runs. */
    final Flow<?, ?> flow() {
        if (flow == null) {
            throw new IllegalStateException("no flow runs at " + path);
        }
        return flow;
    }

    final boolean runsFlow() {
        return flow != null;
    }

    final PathTemplate path() {
        return path;
    }

    final EdgeOptions options() {
        return options;
    }

    /** Who answers; null where the flow runs for each request. */
    final @Nullable EdgeDesk desk() {
        return desk;
    }

    /** True when the body is read, as JSON, before the flow runs. */
    boolean wantsBody() {
        return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
    }

    /** True when the input is made of parameters of path or query, too. */
    final boolean hasParameters() {
        return !wantsBody() || !path.parameters().isEmpty();
    }

    /** True when a second run gives the same items, so that those seen can be skipped. */
    final boolean isRepeatable() {
        return flow().definition().nodes().stream()
                .allMatch(node ->
                        node.determinism() == Determinism.STRICT
                                && node.effects() != Effects.EFFECTFUL);
    }

    /** How long an answer may take, unless its client says less. */
    EdgeLimit limit(EdgeLimits limits) {
        EdgeLimit known = limit;
        if (known == null) {
            long budgetNanos = limits.budget().toNanos();
            Optional<Duration> deadline = options.deadline();
            long nanos = deadline.isPresent() ? deadline.get().toNanos() : Long.MAX_VALUE;
            known = new EdgeLimit(Math.min(budgetNanos, nanos), budgetNanos < nanos);
            limit = known;
        }
        return known;
    }

    /** JSON of the flow's input. */
    EdgeCodec<?> read(FormBook forms) {
        EdgeCodec<?> known = read;
        if (known == null) {
            known = forms.edge(flow().input());
            read = known;
        }
        return known;
    }

    /** JSON of the flow's output. */
    EdgeCodec<?> written(FormBook forms) {
        EdgeCodec<?> known = written;
        if (known == null) {
            known = forms.edge(flow().output());
            written = known;
        }
        return known;
    }

    /** The answer to a request that goes no further; null when it may. Is asked before its body. */
    @Nullable EdgeReply stopped(EdgeCall call) {
        return null;
    }

    /** What runs the flow, made by the first request; nothing in it waits. */
    EdgeProgram program(EdgeHost host) {
        EdgeProgram known = program;
        if (known == null) {
            known = host.program(flow());
            program = known;
        }
        return known;
    }
}
