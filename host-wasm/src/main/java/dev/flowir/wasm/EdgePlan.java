package dev.flowir.wasm;

import dev.flowir.ir.BoundNode;
import dev.flowir.ir.Flow;
import dev.flowir.ir.ItemStream;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.NodeBody;
import dev.flowir.ir.NodeDefinition;
import dev.flowir.ir.SlowConsumer;
import dev.flowir.ir.Token;
import dev.flowir.ir.plan.Lowered;
import dev.flowir.ir.plan.Lowering;
import dev.flowir.ir.plan.OnlyWith;
import dev.flowir.ir.plan.Plan;
import dev.flowir.ir.plan.Refusal;
import dev.flowir.ir.plan.Surroundings;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.host.Lag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A flow that may run here: its capabilities found, lowered. It was checked when the worker was
 * built: the checker is larger than most workers.
 */
final class EdgePlan implements EdgeProgram {

    private final Flow<?, ?> flow;
    private final Plan plan;
    private final Capabilities capabilities;
    private final List<BoundNode> nodes = new ArrayList<>();

    private EdgePlan(Flow<?, ?> flow, Plan plan, Capabilities capabilities) {
        this.flow = flow;
        this.plan = plan;
        this.capabilities = capabilities;
        for (int n = 0; n < plan.nodeCount(); n++) {
            nodes.add(flow.node(plan.node(n).alias()).orElseThrow());
        }
    }

    /** Says whether {@code flow} may run with {@code capabilities}, before it has any effect. */
    static EdgeProgram prepare(Flow<?, ?> flow, Capabilities capabilities) {
        return prepare(flow, capabilities, false);
    }

    /** The same for runs that have a journal, and so can undo what they did. */
    static EdgeProgram prepareDurable(Flow<?, ?> flow, Capabilities capabilities) {
        return prepare(flow, capabilities, true);
    }

    private static EdgeProgram prepare(Flow<?, ?> flow, Capabilities capabilities, boolean undoes) {
        Optional<Failure> invalid = missing(flow, capabilities);
        if (invalid.isPresent()) {
            return new EdgeRefusal(invalid.get());
        }
        Surroundings plain = Surroundings.plain();
        Surroundings around =
                new Surroundings(
                        node -> handler(flow.node(node.alias())),
                        flow::selector,
                        flow::code,
                        plain.spills(),
                        plain.edgeCapacity(),
                        plain.spillCapacity(),
                        plain.fuse());
        return switch (Lowering.lower(flow.definition(), flow.trigger(), flow.capture(), around)) {
            case Lowered.Ready ready when !undoes && ready.plan().undoes().isPresent() ->
                    new EdgeRefusal(
                            Failure.UnsupportedSurface.compensating(ready.plan().undoes().get()));
            case Lowered.Ready ready -> new EdgePlan(flow, ready.plan(), capabilities);
            case Lowered.Refused refused -> new EdgeRefusal(failure(refused.refusal()));
        };
    }

    @Override
    public EdgeReply answer(EdgeCall call, Object input, EdgeLimit limit) {
        Platform platform = call.platform();
        EdgeRun run = new EdgeRun(platform, this, limit, platform.uuid());
        call.started(run);
        run.begin(input);
        return switch (run.await()) {
            case Result.Value<Object> value ->
                    value.value() instanceof ItemStream<?> items
                            ? stream(call, items, run)
                            : call.answer(value.value());
            case Result.Failed<Object> failed -> call.fail(failed.failure());
        };
    }

    @OnlyWith(Features.STREAMS)
    private static EdgeReply stream(EdgeCall call, ItemStream<?> items, EdgeRun run) {
        return call.stream(items, () -> run.cancel(EdgeCall.CLIENT_LEFT));
    }

    @Override
    public Optional<Failure> run(Platform platform, Object input, EdgeLimit limit, String id) {
        EdgeRun run = new EdgeRun(platform, this, limit, id);
        run.begin(input);
        Result<Object> result = run.await();
        run.awaitQuiet();
        return result instanceof Result.Failed<Object> failed
                ? Optional.of(failed.failure())
                : Optional.empty();
    }

    @Override
    public Map<String, JsonValue> about(Failure failure) {
        String alias =
                switch (failure) {
                    case Failure.NodeFailed failed -> failed.node();
                    case Failure.NodeTimedOut slow -> slow.node();
                    default -> "";
                };
        Map<String, JsonValue> members = new LinkedHashMap<>();
        for (NodeDefinition node : plan.definition().nodes()) {
            if (node.alias().equals(alias)) {
                members.put("node", JsonValue.text(alias));
                if (!node.effectHints().isEmpty()) {
                    members.put("hints", JsonValue.text(String.join(",", node.effectHints())));
                }
            }
        }
        if (failure instanceof Failure.NodeFailed failed && failed.kind().isPresent()) {
            members.put("fault", JsonValue.text(failed.kind().get().name()));
        }
        return members;
    }

    Flow<?, ?> flow() {
        return flow;
    }

    Plan plan() {
        return plan;
    }

    /** What becomes of slow consumers of the flow's stream; empty when its producer waits. */
    Optional<SlowConsumer> slowConsumer() {
        return Lag.of(plan.definition(), alias(plan.capture()));
    }

    NodeBody body(int node) {
        return nodes.get(node).body();
    }

    BoundNode node(int node) {
        return nodes.get(node);
    }

    String alias(int node) {
        return plan.node(node).alias();
    }

    /** What serves {@code token} for {@code node}; empty when the node did not declare it. */
    Optional<CapabilityProvider> provider(int node, Token<?> token) {
        boolean declared = nodes.get(node).tokens().contains(token);
        if (!declared) {
            List<String> hints = plan.definition().nodes().get(node).effectHints();
            declared = !token.effectHints().isEmpty() && hints.containsAll(token.effectHints());
        }
        return declared ? capabilities.find(token) : Optional.empty();
    }

    private static Optional<Failure> missing(Flow<?, ?> flow, Capabilities capabilities) {
        List<String> lines = lacks(flow, capabilities);
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(new Failure.MissingCapabilities(lines));
    }

    /** What {@code flow} needs and {@code capabilities} do not have. */
    static List<String> lacks(Flow<?, ?> flow, Capabilities capabilities) {
        Set<String> wanted = new TreeSet<>();
        List<Token<?>> tokens = new ArrayList<>();
        for (NodeDefinition node : flow.definition().nodes()) {
            wanted.addAll(node.effectHints());
            flow.node(node.alias()).ifPresent(bound -> tokens.addAll(bound.tokens()));
        }
        return capabilities.missing(wanted, tokens);
    }

    private static Surroundings.Handler handler(Optional<BoundNode> bound) {
        if (bound.isEmpty()) {
            return Surroundings.Handler.MISSING;
        }
        return bound.get().body() instanceof NodeBody.Streaming
                ? Surroundings.Handler.STREAMING
                : Surroundings.Handler.SINGLE;
    }

    private static Failure failure(Refusal refusal) {
        return switch (refusal) {
            case Refusal.UnsupportedSurface it ->
                    new Failure.UnsupportedSurface(it.id(), it.kind());
            case Refusal.InvalidSurface it ->
                    new Failure.InvalidSurface(it.id(), it.kind(), it.reason());
            case Refusal.UnregisteredNode it ->
                    new Failure.UnregisteredNode(it.alias(), it.identifier());
            case Refusal.UnsupportedSpill it ->
                    new Failure.UnsupportedSpill(it.from(), it.to(), it.tier());
            case Refusal.UnknownCapture it -> new Failure.UnknownCapture(it.alias());
            case Refusal.UnknownTrigger it -> new Failure.UnknownTrigger(it.alias());
            case Refusal.InvalidGraph it ->
                    new Failure.InvalidFlow(it.code(), List.of(it.code() + ": " + it.reason()));
        };
    }
}
