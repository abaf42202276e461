package dev.flowir.ir;

import dev.flowir.ir.plan.OnlyWith;
import dev.flowir.ir.plan.PlanFeatures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A flow while it is being drawn; turns drawing calls into a definition. */
final class FlowDraft {

    static final String TRIGGER = "trigger";

    private final String name;
    private final String version;
    private final Site site;
    private final Map<String, Drawn> nodes = new LinkedHashMap<>();
    private final List<EdgeDefinition> edges = new ArrayList<>();
    private final List<ControlSurface> branches = new ArrayList<>();
    private final List<ControlSurface> loops = new ArrayList<>();
    private final FailureDraft failures = new FailureDraft();
    private final Map<String, BoundNode> bound = new HashMap<>();
    private final Map<String, Selector> selectors = new HashMap<>();
    private final List<ChoiceArms> choices = new ArrayList<>();
    private final Map<String, SurfaceCode> coded = new HashMap<>();
    private final Set<String> subflows = new HashSet<>();

    FlowDraft(String name, String version, Site site) {
        refuseVersion(name, version, site);
        this.name = name;
        this.version = version;
        this.site = site;
    }

    @OnlyWith(value = PlanFeatures.DEFINITIONS, optional = true)
    private static void refuseVersion(String name, String version, Site site) {
        Optional<String> problem = SemanticVersion.problem(version);
        if (problem.isPresent()) {
            throw new IllegalArgumentException(
                    "flow '"
                            + name
                            + "' at "
                            + site
                            + " has version '"
                            + version
                            + "', which is no semantic version: "
                            + problem.get());
        }
    }

    @SuppressWarnings({
        "unchecked",
        "TypeParameterUnusedInFormals"
    }) // ports are typed: only a T arrives
    static <T> T cast(Object item) {
        return (T) item;
    }

    <I> Port<I> trigger(Type<I> input) {
        nodes.put(TRIGGER, new Drawn(TRIGGER, NodeKind.TRIGGER, input, input));
        bindIdentity(TRIGGER);
        return new Port<>(this, TRIGGER, input);
    }

    String add(Node<?, ?> node) {
        String alias = free(node.name());
        nodes.put(alias, new Drawn(alias, node));
        bound.put(alias, new BoundNode(node.body(), node.tokens(), Optional.of(node.site())));
        options(alias, node);
        return alias;
    }

    @OnlyWith(value = PlanFeatures.DEFINITIONS, optional = true)
    private void options(String alias, Node<?, ?> node) {
        if (node.option(NodeOption.Since.class).isPresent()
                && !node.input().equals(node.output())) {
            throw new IllegalArgumentException(
                    "node '"
                            + alias
                            + "' is marked as added later and gives "
                            + node.output()
                            + " for "
                            + node.input()
                            + "; what is passed over must give what it takes");
        }
        failures.options(alias, node);
        refuseSlow(alias, node);
        node.option(NodeOption.Rate.class).ifPresent(rate -> rate(alias, rate));
        node.option(NodeOption.Ranked.class)
                .ifPresent(it -> coded.put(SurfaceCode.priority(alias), it.by().code()));
        node.option(NodeOption.Undone.class) // nothing leads to what undoes
                .ifPresent(undone -> failures.undo(alias, add(undone.node()), undone.node()));
    }

    private static void refuseSlow(String alias, Node<?, ?> node) {
        if (node.option(NodeOption.Slow.class).isPresent() && !node.output().isStream()) {
            throw new IllegalArgumentException(
                    "node '"
                            + alias
                            + "' says what becomes of a slow consumer and gives "
                            + node.output()
                            + "; only a node of Node.streams has one");
        }
    }

    private void rate(String alias, NodeOption.Rate rate) {
        Map<String, JsonValue> config = FailureDraft.versioned();
        config.put("target", JsonValue.text(alias));
        config.put("qps", JsonValue.number(rate.perSecond()));
        config.put("burst", JsonValue.number(rate.burst()));
        if (rate.smoothing().toMillis() > 0) {
            config.put("smoothing_ms", JsonValue.number(rate.smoothing().toMillis()));
        }
        loops.add(
                new ControlSurface(
                        "rate_limit:" + alias,
                        SurfaceKind.RATE_LIMIT,
                        List.of(alias),
                        new JsonValue.Obj(config)));
    }

    FailureDraft failures() {
        return failures;
    }

    @OnlyWith(value = PlanFeatures.DEFINITIONS, optional = true)
    void edge(String from, String to, Node<?, ?> target) {
        OptionalLong timeout =
                target.option(NodeOption.Timeout.class)
                        .filter(limit -> limit.then().isEmpty())
                        .map(limit -> OptionalLong.of(limit.limit().toMillis()))
                        .orElse(OptionalLong.empty());
        EdgeDefinition plain = EdgeDefinition.of(from, to);
        edges.add(
                new EdgeDefinition(
                        from,
                        to,
                        target.option(NodeOption.ExactlyOnce.class).isPresent()
                                ? Delivery.EXACTLY_ONCE
                                : plain.delivery(),
                        plain.ordering(),
                        plain.partitionKey(),
                        timeout,
                        plain.buffer()));
    }

    @OnlyWith(value = PlanFeatures.DEFINITIONS, optional = true)
    void edge(String from, String to) {
        edges.add(EdgeDefinition.of(from, to));
    }

    /** The edge that was drawn last, from {@code from} to {@code to}, keeps keys apart. */
    void partition(String from, String to, Partition<?> how) {
        EdgeDefinition last = edges.removeLast();
        edges.add(
                new EdgeDefinition(
                        from,
                        to,
                        last.delivery(),
                        last.ordering(),
                        last.partitionKey(),
                        last.timeoutMillis(),
                        how.buffer()));
        Map<String, JsonValue> edge = new LinkedHashMap<>();
        edge.put("from", JsonValue.text(from));
        edge.put("to", JsonValue.text(to));
        Map<String, JsonValue> config = FailureDraft.versioned();
        config.put("edge", new JsonValue.Obj(edge));
        config.put("key", JsonValue.text(how.name()));
        config.put("key_pointer", JsonValue.text("/@key"));
        how.perKey().ifPresent(it -> config.put("max_waiting_per_key", JsonValue.number(it)));
        String id = "partition:" + from + ":" + to;
        coded.put(id, SurfaceCode.ofKey(how.key()));
        loops.add(
                new ControlSurface(
                        id, SurfaceKind.PARTITION, List.of(from, to), new JsonValue.Obj(config)));
    }

    /** {@code body} gets the items of the list of {@code source}; {@code more} is said of it. */
    void forEach(
            String source,
            String body,
            int maxInFlight,
            Map<String, JsonValue> more,
            Optional<ItemFallback<Object, Object>> instead) {
        listed(body);
        ControlSurface each = ListSurface.each(source, body, maxInFlight, more, loops.size());
        instead.ifPresent(it -> coded.put(each.id(), SurfaceCode.ofInstead(it)));
        loops.add(each);
    }

    /** {@code body} gets lists of some items of that of {@code source}. */
    void batch(String source, String body, Batches how) {
        bound.computeIfPresent(body, BatchBody::of);
        loops.add(ListSurface.batches(source, body, how, loops.size()));
    }

    /** What {@code exit} gives goes back to {@code entry} until it is done. */
    void until(String source, String entry, String exit, Rounds rounds, Predicate<Object> done) {
        Map<String, JsonValue> config = FailureDraft.versioned();
        config.put("source", JsonValue.text(source));
        config.put("body_entry", JsonValue.text(entry));
        if (!exit.equals(entry)) {
            config.put("body_exit", JsonValue.text(exit));
        }
        config.put("selector_pointer", JsonValue.text("/@done"));
        config.put("max_iterations", JsonValue.number(rounds.most()));
        if (rounds.atLimit() != Rounds.AtLimit.FAIL) {
            config.put("on_limit", JsonValue.text(rounds.atLimit().wire()));
        }
        String id = "loop:" + source + ":" + loops.size();
        selectors.put(id, item -> new Selector.Key(done.test(item) ? "true" : "false"));
        loops.add(
                new ControlSurface(
                        id,
                        SurfaceKind.LOOP,
                        exit.equals(entry) ? List.of(source, entry) : List.of(source, entry, exit),
                        new JsonValue.Obj(config)));
    }

    /** Lays {@code flow} in, of which nodes are called as its alias and their own: the alias. */
    String lay(String wanted, Flow<?, ?> flow) {
        String alias = wanted;
        for (int n = 2; isTaken(alias) || isPrefix(alias); n++) {
            alias = wanted + "-" + n;
        }
        subflows.add(alias);
        FlowDefinition laid = flow.definition().laidAs(alias);
        for (int i = 0; i < laid.nodes().size(); i++) {
            NodeDefinition node = laid.nodes().get(i);
            String inner = flow.definition().nodes().get(i).alias();
            nodes.put(node.alias(), new Drawn(node, flow.input(), flow.outputOf(inner)));
            if (inner.equals(flow.trigger())) {
                bindIdentity(node.alias());
            }
            flow.node(inner).ifPresent(behind -> bound.put(node.alias(), behind));
        }
        edges.addAll(laid.edges());
        loops.addAll(laid.controlSurfaces());
        String prefix = alias;
        flow.eachSelector((key, is) -> selectors.put(Laying.name(prefix, key), is));
        flow.eachCode((key, is) -> coded.put(Laying.name(prefix, key), is));
        for (ChoiceArms arms : flow.choices()) {
            String source = Laying.name(alias, arms.source());
            choices.add(new ChoiceArms(source, arms.type(), arms.arms(), arms.site()));
        }
        return alias;
    }

    private boolean isTaken(String alias) {
        return nodes.containsKey(alias) || subflows.contains(alias);
    }

    private boolean isPrefix(String alias) {
        for (String other : nodes.keySet()) {
            if (other.startsWith(Laying.name(alias, ""))) {
                return true;
            }
        }
        return false;
    }

    <O> Port<O> join(String wanted, Type<O> output, NodeBody body, List<Port<?>> from) {
        String alias = free(wanted);
        Drawn drawn = new Drawn(alias, NodeKind.INLINE, output, output);
        List<String> sources = new ArrayList<>();
        for (Port<?> port : from) {
            sources.add(port.aliasIn(this));
            edge(port.aliasIn(this), alias);
        }
        drawn.join = sources;
        nodes.put(alias, drawn);
        bound.put(alias, new BoundNode(body, List.of(), Optional.of(Site.ofCaller())));
        return new Port<>(this, alias, output);
    }

    <O> Port<O> zip(String wanted, Type<O> output, NodeBody body, List<Port<?>> from) {
        return met(wanted, output, body, new FanIn.Zip(), from);
    }

    /** As {@link #join}, of what meets as {@code how} says. */
    <O> Port<O> met(String wanted, Type<O> output, NodeBody body, FanIn how, List<Port<?>> from) {
        Port<O> port = join(wanted, output, body, from);
        drawn(port.alias()).fanIn = Optional.of(how);
        return port;
    }

    /** A node that takes the items of {@code source} and gives windows of them. */
    String window(String wanted, String source, Type<?> item, Type<?> output) {
        String alias = free(wanted);
        nodes.put(alias, new Drawn(alias, NodeKind.INLINE, item, output));
        bindIdentity(alias);
        edge(source, alias);
        return alias;
    }

    /** The output of a node that works on lists: what it gives for an item, in a list. */
    Type<?> listed(String alias) {
        Drawn drawn = drawn(alias);
        drawn.perItem = true;
        drawn.output = Type.listOf(drawn.output);
        return drawn.output;
    }

    void windowed(
            String alias, List<String> targets, Map<String, JsonValue> config, SurfaceCode code) {
        String id = "window:" + alias;
        coded.put(id, code);
        loops.add(new ControlSurface(id, SurfaceKind.WINDOW, targets, new JsonValue.Obj(config)));
    }

    <T> Port<T> merge(String wanted, Type<T> type, List<String> from) {
        String alias = free(wanted);
        nodes.put(alias, new Drawn(alias, NodeKind.INLINE, type, type));
        bindIdentity(alias);
        for (String source : from) {
            edge(source, alias);
        }
        return new Port<>(this, alias, type);
    }

    /** Adds {@code node}, which gets what {@code alias} gives up: its alias. */
    String letters(String alias, Node<?, ?> node) {
        String to = add(node);
        edge(alias, to, node);
        return to;
    }

    <T> Port<T> race(String wanted, Type<T> type, Losers losers, List<String> from) {
        if (from.size() < 2) {
            throw new IllegalArgumentException(
                    "race '" + wanted + "' takes two ways or more, got " + from.size());
        }
        return meet(wanted, type, new FanIn.Race(losers), from);
    }

    /** As {@link #merge}, of what meets as {@code how} says. */
    <T> Port<T> meet(String wanted, Type<T> type, FanIn how, List<String> from) {
        Port<T> port = merge(wanted, type, from);
        drawn(port.alias()).join = List.copyOf(from);
        drawn(port.alias()).fanIn = Optional.of(how);
        return port;
    }

    void choice(ChoiceArms arms, List<String> targets) {
        Map<String, JsonValue> cases = new TreeMap<>();
        for (int i = 0; i < targets.size(); i++) {
            cases.put(arms.arms().get(i).getSimpleName(), JsonValue.text(targets.get(i)));
        }
        Map<String, JsonValue> config = FailureDraft.versioned();
        config.put("source", JsonValue.text(arms.source()));
        config.put("selector_pointer", JsonValue.text("/@type"));
        config.put("cases", new JsonValue.Obj(cases));
        addBranch(SurfaceKind.SWITCH, arms.source(), targets, config);
        selectors.put(arms.source(), new ClassSelector(arms.arms()));
        choices.add(arms);
    }

    void branch(String source, String yes, String no, Predicate<Object> condition) {
        Map<String, JsonValue> config = FailureDraft.versioned();
        config.put("source", JsonValue.text(source));
        config.put("selector_pointer", JsonValue.text("/@condition"));
        config.put("then", JsonValue.text(yes));
        config.put("else", JsonValue.text(no));
        addBranch(SurfaceKind.IF, source, List.of(yes, no), config);
        selectors.put(source, item -> new Selector.Key(condition.test(item) ? "true" : "false"));
    }

    <I, O> Flow<I, O> finish(Type<I> input, Port<O> exit) {
        String capture = exit.aliasIn(this);
        Type<O> output = cast(drawn(capture).output);
        Map<String, Type<?>> outputs = new HashMap<>();
        nodes.forEach((alias, drawn) -> outputs.put(alias, drawn.output));
        return new Flow<>(
                name,
                definition(),
                TRIGGER,
                capture,
                input,
                output,
                bound,
                selectors,
                coded,
                choices,
                outputs,
                site);
    }

    @OnlyWith(value = PlanFeatures.DEFINITIONS, optional = true)
    private FlowDefinition definition() {
        String flowId = FlowIds.flowId(name, version);
        List<NodeDefinition> definitions = new ArrayList<>();
        for (Drawn drawn : nodes.values()) {
            definitions.add(drawn.definition(flowId, name, inputSchema(drawn)));
        }
        List<ControlSurface> surfaces = new ArrayList<>(branches);
        surfaces.addAll(loops);
        surfaces.addAll(failures.surfaces());
        FlowDefinition definition =
                new FlowDefinition(
                        flowId,
                        name,
                        version,
                        Profile.DEV,
                        Optional.empty(),
                        definitions,
                        edges,
                        surfaces,
                        List.of(),
                        Policies.defaults(),
                        List.of(),
                        List.of());
        Pinned.refuseMisplaced(definition);
        return definition;
    }

    /**
     * Named when just that arrives; opaque where a branch narrows, a list is taken apart or values
     * join.
     */
    private SchemaRef inputSchema(Drawn drawn) {
        if (drawn.perItem || !drawn.join.isEmpty()) {
            return SchemaRef.opaque();
        }
        for (EdgeDefinition edge : edges) {
            if (edge.to().equals(drawn.alias) && !gives(drawn(edge.from()), drawn)) {
                return SchemaRef.opaque();
            }
        }
        return drawn.inSchema();
    }

    /** What came with its flow is told apart by its schemas: types may say less. */
    private static boolean gives(Drawn from, Drawn to) {
        return (from.isLaid() || to.isLaid())
                ? from.outSchema().equals(to.inSchema())
                : from.output.equals(to.input);
    }

    private void addBranch(
            SurfaceKind kind, String source, List<String> targets, Map<String, JsonValue> config) {
        if (selectors.containsKey(source)) {
            throw new IllegalArgumentException(
                    "'"
                            + source
                            + "' branches twice; put a node between, so that each branch has its own source");
        }
        List<String> all = new ArrayList<>();
        all.add(source);
        all.addAll(targets);
        branches.add(
                new ControlSurface(
                        kind.wire() + ":" + source + ":0", kind, all, new JsonValue.Obj(config)));
    }

    private void bindIdentity(String alias) {
        bound.put(alias, new BoundNode(NodeBody.Passing.ON, List.of(), Optional.of(site)));
    }

    private Drawn drawn(String alias) {
        Drawn found = nodes.get(alias);
        if (found == null) {
            throw new IllegalStateException("no node '" + alias + "' was drawn");
        }
        return found;
    }

    private String free(String wanted) {
        String alias = wanted;
        for (int n = 2; isTaken(alias); n++) {
            alias = wanted + "-" + n;
        }
        return alias;
    }
}
