package dev.flowir.wasm;

import dev.flowir.ir.Flow;
import dev.flowir.ir.HintTable;
import dev.flowir.ir.Token;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.ir.plan.OnlyWith;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.PinnedFlow;
import dev.flowir.wasm.json.FormBook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Durable runs of a worker. Each is an object of the platform, found by the run's id, whose storage
 * has its journal.
 */
final class EdgeRuns implements CapabilityProvider, EdgeDoor {

    /** Class of the objects, and name of their binding. */
    static final String CLASS = "FlowRuns";

    private final List<Flow<?, ?>> flows;

    /** By the names of the flows whose runs they follow. */
    private final Map<String, EdgeSequel<?, ?>> sequels;

    /** How long runs of a flow are kept that are over, by its name. */
    private final Map<String, Duration> kept;

    private final Map<String, PinnedFlow> pinned = new LinkedHashMap<>();

    /** In the order of {@link #flows}. */
    private final List<PinnedFlow> ready = new ArrayList<>();

    private EdgeRuns(
            List<Flow<?, ?>> flows,
            Map<String, EdgeSequel<?, ?>> sequels,
            Map<String, Duration> kept) {
        this.flows = flows;
        this.sequels = sequels;
        this.kept = kept;
    }

    static EdgeRuns none() {
        return new EdgeRuns(List.of(), Map.of(), Map.of());
    }

    /** With a time after which runs of a flow are forgotten when they are over. */
    EdgeRuns keeping(Flow<?, ?> flow, Duration after) {
        if (after.isZero() || after.isNegative()) {
            throw new IllegalArgumentException("runs are kept for some time, not for " + after);
        }
        if (!has(flow)) {
            throw new IllegalArgumentException(
                    "flow '" + flow.name() + "' has no durable runs; say so first");
        }
        Map<String, Duration> all = new LinkedHashMap<>(kept);
        all.put(flow.name(), after);
        return new EdgeRuns(flows, sequels, all);
    }

    /** How long a run of a flow is kept when it is over; empty for ever. */
    Optional<Duration> kept(String flow) {
        return Optional.ofNullable(kept.get(flow));
    }

    /** With a flow, and versions of it that runs may still be pinned to. */
    EdgeRuns with(Flow<?, ?> flow, List<Flow<?, ?>> earlier) {
        if (has(flow)) {
            throw new IllegalArgumentException(
                    "flow '" + flow.name() + "' has durable runs at another path");
        }
        List<Flow<?, ?>> all = new ArrayList<>(flows);
        all.add(flow);
        for (Flow<?, ?> before : earlier) {
            if (!before.name().equals(flow.name())) {
                throw new IllegalArgumentException(
                        "'" + before.name() + "' is no earlier version of '" + flow.name() + "'");
            }
            all.add(before);
        }
        return new EdgeRuns(List.copyOf(all), sequels, kept);
    }

    /** With a flow whose runs follow those of another one that give no output. */
    <I, F> EdgeRuns following(Flow<I, ?> flow, Flow<F, ?> then, EdgeAfterFailure<I, F> input) {
        if (!has(flow)) {
            throw new IllegalArgumentException("flow '" + flow.name() + "' has no durable runs");
        }
        if (sequels.containsKey(flow.name())) {
            throw new IllegalArgumentException(
                    "another flow follows the failed runs of '" + flow.name() + "'");
        }
        Map<String, EdgeSequel<?, ?>> all = new LinkedHashMap<>(sequels);
        all.put(flow.name(), new EdgeSequel<>(then, input));
        return new EdgeRuns(with(then, List.of()).flows, all, kept);
    }

    /** Names of flows, each once, that have durable runs or do steps of such. */
    List<String> names(Flow<?, ?>... some) {
        Set<String> names = new LinkedHashSet<>();
        for (Flow<?, ?> flow : some) {
            if (indexOf(flows(), flow) < 0) {
                throw new IllegalArgumentException(
                        "flow '" + flow.name() + "' has no durable runs; say so first");
            }
            names.add(flow.name());
        }
        return List.copyOf(names);
    }

    /** Whether there is a version of {@code flow}. */
    private boolean has(Flow<?, ?> flow) {
        for (Flow<?, ?> known : flows) {
            if (known.name().equals(flow.name())) {
                return true;
            }
        }
        return false;
    }

    /** What follows a run of a flow that gave no output; null for nothing. */
    @Nullable EdgeSequel<?, ?> after(String flow) {
        return sequels.get(flow);
    }

    /** All versions of all flows, then those that do steps of theirs; the latest comes first. */
    List<Flow<?, ?>> flows() {
        List<Flow<?, ?>> all = new ArrayList<>(flows);
        addKin(all);
        return all;
    }

    @OnlyWith(value = Features.KIN, optional = true)
    private static @Nullable Object addKin(List<Flow<?, ?>> all) {
        for (int i = 0; i < all.size(); i++) {
            for (Flow<?, ?> child : EdgeRunNeeds.children(all.get(i))) {
                if (indexOf(all, child) < 0) {
                    all.add(child);
                }
            }
        }
        return null;
    }

    @SuppressWarnings("ReferenceEquality") // flows that are equal can have other bodies
    private static int indexOf(List<Flow<?, ?>> all, Flow<?, ?> flow) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i) == flow) {
                return i;
            }
        }
        return -1;
    }

    CapabilityProvider provider() {
        return new EdgeProvider(
                new EdgeManifest.Binding(EdgeManifest.Kind.OBJECT, CLASS, CLASS), this);
    }

    // ---- in the isolate

    @Override
    public boolean wake(EdgeHost host, JsObject object) {
        if (!object.type().equals(CLASS)) {
            return false;
        }
        if (list(host, object) == null && !wakesAddress(host, object)) {
            object.serves(new EdgeRunKeeper(host, this, object)::take);
        }
        return true;
    }

    /** True when the object is no run, but where signals to a key come. */
    private boolean wakesAddress(EdgeHost host, JsObject object) {
        return EdgeAddress.is(object) && address(host, object) != null;
    }

    @OnlyWith(value = Features.KEYS, optional = true)
    private @Nullable EdgeAddress address(EdgeHost host, JsObject object) {
        EdgeAddress address = new EdgeAddress(host, this, object);
        object.serves(address::take);
        return address;
    }

    /** Null when the object is not the list. */
    @OnlyWith(value = Features.LISTS, optional = true)
    private static @Nullable EdgeRunList list(EdgeHost host, JsObject object) {
        if (!EdgeRunList.is(object)) {
            return null;
        }
        EdgeRunList list = new EdgeRunList(host.platform(), object);
        object.serves(list::take);
        return list;
    }

    /** A flow of the worker, by itself. */
    PinnedFlow pinned(EdgeHost host, Flow<?, ?> flow) {
        pinned(host);
        return ready.get(indexOf(flows(), flow));
    }

    /** The flow that a run is pinned to. */
    PinnedFlow find(EdgeHost host, EdgeLedger.Pinned run) {
        PinnedFlow found = pinned(host).get(run.plan());
        if (found == null || !found.name().equals(run.flow())) {
            throw new JournalException(
                    JournalFault.NOT_LOADED,
                    "run '"
                            + run.id()
                            + "' is pinned to plan "
                            + run.plan()
                            + " of flow '"
                            + run.flow()
                            + "', which this worker does not have; name that version as an"
                            + " earlier one where the flow has its path");
        }
        return found;
    }

    /** The version of a flow that new runs begin with. */
    PinnedFlow latest(EdgeHost host, String name) {
        for (PinnedFlow flow : pinned(host).values()) {
            if (flow.name().equals(name)) {
                return flow;
            }
        }
        throw new JournalException(
                JournalFault.NOT_LOADED, "this worker has no flow '" + name + "'");
    }

    private Map<String, PinnedFlow> pinned(EdgeHost host) {
        if (pinned.isEmpty()) {
            List<String> plans = FormBook.ofWorker().plans();
            List<Flow<?, ?>> all = flows();
            for (int i = 0; i < all.size(); i++) {
                PinnedFlow flow = pin(host, all.get(i), plans.get(i));
                pinned.putIfAbsent(flow.hash(), flow);
                ready.add(flow);
            }
        }
        return pinned;
    }

    private static PinnedFlow pin(EdgeHost host, Flow<?, ?> flow, String plan) {
        return switch (EdgePlan.prepareDurable(flow, host.capabilities())) {
            case EdgeRefusal refused -> throw notDurable(flow, refused.failure().message());
            case EdgePlan ready ->
                    switch (PinnedFlow.of(new EdgeDriven(ready), plan, FormBook.ofWorker())) {
                        case PinnedFlow.Refused refused ->
                                throw notDurable(flow, refused.failure().message());
                        case PinnedFlow.Ready done -> done.flow();
                    };
            case EdgeProgram other ->
                    throw new IllegalStateException("no plan of '" + flow.name() + "': " + other);
        };
    }

    private static JournalException notDurable(Flow<?, ?> flow, String why) {
        return new JournalException(
                JournalFault.NOT_DURABLE, "flow '" + flow.name() + "' cannot run durably: " + why);
    }

    // ---- where the worker is built

    /** Hashes of the flows, in their order; what cannot run here is told by {@code refused}. */
    List<String> plans(Capabilities capabilities, HintTable hints, List<String> refused) {
        List<String> plans = new ArrayList<>();
        for (Flow<?, ?> flow : flows()) {
            switch (PinnedFlow.of(
                    flow, capabilities, hints, JsonCodecs.strict(), Optional.empty())) {
                case PinnedFlow.Refused it ->
                        refused.add(
                                it.failure().code()
                                        + ": flow '"
                                        + flow.name()
                                        + "' cannot run durably: "
                                        + it.failure().message());
                case PinnedFlow.Ready ready -> {
                    plans.add(ready.flow().hash());
                    EdgeRunNeeds.missing(ready.flow(), refused);
                }
            }
        }
        return plans;
    }

    /** Everything that is recorded, or that keys of work are made of. */
    @Override
    public List<Type<?>> types() {
        Set<Type<?>> types = new LinkedHashSet<>();
        for (Flow<?, ?> flow : flows()) {
            types.add(flow.input());
            types.add(flow.output());
            flow.definition().nodes().forEach(node -> add(types, flow.outputOf(node.alias())));
        }
        return List.copyOf(types);
    }

    private static void add(Set<Type<?>> types, Type<?> type) {
        if (type.isStream() || type.raw() == Void.class) {
            return; // such a flow is refused, or nothing is recorded of the node
        }
        types.add(type);
        if (type.raw() == List.class) {
            types.add(type.arguments().get(0)); // what one body of a list gives
        }
    }

    // ---- as a provider, which it is for its binding's sake only

    @Override
    public String kind() {
        return "durable_runs.edge";
    }

    @Override
    public String binding() {
        return CLASS;
    }

    @Override
    public Set<String> hints() {
        return Set.of();
    }

    @Override
    public Descriptor descriptor() {
        return new Descriptor(
                Descriptor.Consistency.STRONG,
                Descriptor.Durability.REPLICATED,
                Descriptor.Ttl.NONE,
                Descriptor.Order.PER_KEY,
                Set.of());
    }

    @Override
    public <H> H handle(Token<H> token, Scope scope) {
        throw new IllegalArgumentException("durable runs are no capability of nodes: " + token);
    }
}
