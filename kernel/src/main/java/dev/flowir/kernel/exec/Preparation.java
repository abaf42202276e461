package dev.flowir.kernel.exec;

import dev.flowir.ir.BoundNode;
import dev.flowir.ir.Flow;
import dev.flowir.ir.HintTable;
import dev.flowir.ir.NodeBody;
import dev.flowir.ir.NodeDefinition;
import dev.flowir.ir.Token;
import dev.flowir.ir.check.Checker;
import dev.flowir.ir.check.Diagnostic;
import dev.flowir.ir.check.Severity;
import dev.flowir.ir.plan.Lowered;
import dev.flowir.ir.plan.Lowering;
import dev.flowir.ir.plan.Refusal;
import dev.flowir.ir.plan.Surroundings;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.cap.Capabilities;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is decided before a flow has any effect, decided once per flow and runtime: the
 * checker's verdict, capabilities, arms of branches over sealed types, the plan.
 */
public final class Preparation {

    /** What preparing gives. */
    public sealed interface Verdict {}

    /**
     * The flow may run.
     *
     * @param prepared the flow with all that it needs
     * @param inline the same for lanes; null when it does not only compute
     */
    public record Ready(Prepared prepared, @Nullable InlineFlow inline) implements Verdict {}

    /**
     * The flow may not run.
     *
     * @param failure why
     */
    public record Refused(Failure failure) implements Verdict {}

    /** A flow as a key: flows compare by definition, but what runs behind it is its own. */
    private static final class Key {
        private final Flow<?, ?> flow;

        Key(Flow<?, ?> flow) {
            this.flow = flow;
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // identity is what the key is for
        public boolean equals(Object other) {
            return other instanceof Key that && flow == that.flow;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(flow);
        }
    }

    private record Seen(Flow<?, ?> flow, Verdict verdict) {}

    private static final int SEEN = 64;

    /** Flows whose verdict is remembered; past it all are forgotten and found out again. */
    private static final int REMEMBERED = 1024;

    private final Capabilities capabilities;
    private final HintTable hints;
    private final Surroundings defaults;
    private final @Nullable Environment environment;
    private final Map<Key, Verdict> known = new ConcurrentHashMap<>();

    /** What was asked for last, by identity. Racy on purpose: what is in it is immutable. */
    private final @Nullable Seen[] seen = new Seen[SEEN];

    /**
     * Prepares flows for one runtime.
     *
     * @param defaults bounds, and whether there is a place to spill to
     */
    public Preparation(
            Capabilities capabilities,
            HintTable hints,
            Surroundings defaults,
            @Nullable Environment environment) {
        this.capabilities = capabilities;
        this.hints = hints;
        this.defaults = defaults;
        this.environment = environment;
    }

    /**
     * Whether {@code flow} may run on a driver of another kind, which brings its own surroundings.
     */
    public static Verdict forOthers(Flow<?, ?> flow, Capabilities capabilities, HintTable hints) {
        return new Preparation(capabilities, hints, Surroundings.plain(), null).prepare(flow);
    }

    /** Whether {@code flow} may run; found out once. */
    @SuppressWarnings("ReferenceEquality") // the very flow that ran before
    public Verdict of(Flow<?, ?> flow) {
        int at = System.identityHashCode(flow) & (SEEN - 1);
        Seen before = seen[at];
        if (before != null && before.flow() == flow) {
            return before.verdict();
        }
        if (known.size() > REMEMBERED) {
            known.clear();
        }
        Verdict verdict = known.computeIfAbsent(new Key(flow), key -> prepare(flow));
        seen[at] = new Seen(flow, verdict);
        return verdict;
    }

    private Verdict prepare(Flow<?, ?> flow) {
        Optional<Failure> invalid =
                checked(flow).or(() -> missing(flow)).or(() -> SealedArms.missing(flow));
        if (invalid.isPresent()) {
            return new Refused(invalid.get());
        }
        Lowered lowered =
                Lowering.lower(
                        flow.definition(), flow.trigger(), flow.capture(), surroundings(flow));
        return switch (lowered) {
            case Lowered.Ready ready
                    when environment != null && ready.plan().undoes().isPresent() ->
                    new Refused(
                            Failure.UnsupportedSurface.compensating(ready.plan().undoes().get()));
            case Lowered.Ready ready -> {
                Prepared prepared = new Prepared(flow, ready.plan(), capabilities);
                yield new Ready(
                        prepared,
                        environment == null ? null : InlineFlow.of(prepared, environment));
            }
            case Lowered.Refused refused -> new Refused(failure(refused.refusal()));
        };
    }

    private Optional<Failure> checked(Flow<?, ?> flow) {
        List<Diagnostic> errors = new ArrayList<>();
        for (Diagnostic diagnostic : Checker.check(flow.definition(), hints)) {
            if (diagnostic.severity() == Severity.ERROR) {
                errors.add(diagnostic);
            }
        }
        if (errors.isEmpty()) {
            return Optional.empty();
        }
        List<String> lines = new ArrayList<>();
        for (Diagnostic error : errors) {
            lines.add(
                    error.code().id()
                            + " at '"
                            + error.location().pointer()
                            + "': "
                            + error.message()
                            + "; "
                            + error.suggestion());
        }
        return Optional.of(new Failure.InvalidFlow(errors.get(0).code().id(), lines));
    }

    private Optional<Failure> missing(Flow<?, ?> flow) {
        Set<String> wanted = new TreeSet<>();
        List<Token<?>> tokens = new ArrayList<>();
        for (NodeDefinition node : flow.definition().nodes()) {
            wanted.addAll(node.effectHints());
            flow.node(node.alias()).ifPresent(bound -> tokens.addAll(bound.tokens()));
        }
        List<String> lines = capabilities.missing(wanted, tokens);
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(new Failure.MissingCapabilities(lines));
    }

    private Surroundings surroundings(Flow<?, ?> flow) {
        return new Surroundings(
                node -> handler(flow.node(node.alias())),
                flow::selector,
                flow::code,
                defaults.spills(),
                defaults.edgeCapacity(),
                defaults.spillCapacity(),
                defaults.fuse());
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
