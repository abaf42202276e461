package dev.flowir.ir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A flow as a plain value: its definition, and what runs behind each node. Comparable by its
 * definition, printable, testable without any server.
 *
 * @param <I> what goes in
 * @param <O> what comes out
 */
public final class Flow<I, O> {

    /**
     * Draws a flow.
     *
     * @param <I> what goes in
     * @param <O> what comes out
     */
    @FunctionalInterface
    public interface Drawing<I, O> {
        /**
         * Wires nodes from {@code input} and returns the port that is the flow's output.
         *
         * @param graph what wires
         * @param input the value that the flow is given
         * @return the value that the flow gives
         */
        Port<O> draw(Graph graph, Port<I> input);
    }

    private final String name;

    /** Null in a worker whose flows need none. */
    private final @Nullable FlowDefinition definition;

    private final String trigger;
    private final String capture;
    private final Type<I> input;
    private final Type<O> output;
    private final Map<String, BoundNode> bound;
    private final Map<String, Selector> selectors;
    private final Map<String, SurfaceCode> code;
    private final List<ChoiceArms> choices;
    private final Map<String, Type<?>> outputs;
    private final Site site;

    Flow(
            String name,
            @Nullable FlowDefinition definition,
            String trigger,
            String capture,
            Type<I> input,
            Type<O> output,
            Map<String, BoundNode> bound,
            Map<String, Selector> selectors,
            Map<String, SurfaceCode> code,
            List<ChoiceArms> choices,
            Map<String, Type<?>> outputs,
            Site site) {
        this.name = name;
        this.definition = definition;
        this.trigger = trigger;
        this.capture = capture;
        this.input = input;
        this.output = output;
        this.bound = Map.copyOf(bound);
        this.selectors = Map.copyOf(selectors);
        this.code = Map.copyOf(code);
        this.choices = List.copyOf(choices);
        this.outputs = Map.copyOf(outputs);
        this.site = site;
    }

    /**
     * Draws a flow with one trigger, called {@code trigger}, that takes an {@code I}.
     *
     * @param <I> what goes in
     * @param <O> what comes out
     * @param name name of the flow
     * @param version strict semantic version, for example {@code 3.0.0}
     * @param input class of the input
     * @param drawing wires the nodes
     * @return the flow
     */
    public static <I, O> Flow<I, O> define(
            String name, String version, Class<I> input, Drawing<I, O> drawing) {
        return define(name, version, Type.of(input), drawing);
    }

    /**
     * As {@link #define(String, String, Class, Drawing)}, for an input with type arguments.
     *
     * @param <I> what goes in
     * @param <O> what comes out
     * @param name name of the flow
     * @param version strict semantic version, for example {@code 3.0.0}
     * @param input type of the input
     * @param drawing wires the nodes
     * @return the flow
     */
    public static <I, O> Flow<I, O> define(
            String name, String version, Type<I> input, Drawing<I, O> drawing) {
        FlowDraft draft = new FlowDraft(name, version, Site.ofCaller());
        Port<I> entry = draft.trigger(input);
        Port<O> exit = drawing.draw(new Graph(draft), entry);
        return draft.finish(input, exit);
    }

    /**
     * {@return a flow that came as JSON, with handlers found by identifier} Items between its nodes
     * are whatever the handlers give, {@link JsonValue} by custom.
     *
     * @param definition as it was read
     * @param trigger alias that takes the input
     * @param capture alias whose output is the flow's
     * @param handlers bodies by identifier
     */
    public static Flow<JsonValue, JsonValue> interpreted(
            FlowDefinition definition, String trigger, String capture, Handlers handlers) {
        Map<String, BoundNode> bound = new HashMap<>();
        Set<String> batched = BatchBody.in(definition);
        for (NodeDefinition node : definition.nodes()) {
            handlers.find(node.identifier())
                    .map(body ->
                            node.fanIn().orElse(null) instanceof FanIn.Keyed keyed
                                    ? KeyedJoin.around(node, keyed, body)
                                    : body)
                    .map(body ->
                            batched.contains(node.alias())
                                    ? BatchBody.of(node.alias(), body)
                                    : body)
                    .ifPresent(body ->
                            bound.put(
                                    node.alias(),
                                    new BoundNode(body, List.of(), Optional.empty())));
        }
        return new Flow<>(
                definition.name(),
                definition,
                trigger,
                capture,
                Type.of(JsonValue.class),
                Type.of(JsonValue.class),
                bound,
                Map.of(),
                Map.of(),
                List.of(),
                Map.of(),
                Site.ofCaller());
    }

    /** {@return the definition: what is checked, drawn and written as JSON} */
    public FlowDefinition definition() {
        if (definition == null) {
            throw new IllegalStateException("the worker was built without definitions of flows");
        }
        return definition;
    }

    /** {@return name of the flow} */
    public String name() {
        return name;
    }

    /** {@return alias of the node that takes the input} */
    public String trigger() {
        return trigger;
    }

    /** {@return alias of the node whose output is the flow's} */
    public String capture() {
        return capture;
    }

    /** {@return type of the input} */
    public Type<I> input() {
        return input;
    }

    /** {@return type of the output} */
    public Type<O> output() {
        return output;
    }

    /**
     * {@return what runs behind {@code alias}; empty when no handler is registered for it}
     *
     * @param alias alias of a node
     */
    public Optional<BoundNode> node(String alias) {
        return Optional.ofNullable(bound.get(alias));
    }

    /**
     * {@return the selector that Java types give for the routes of {@code alias}; empty means the
     * surface's pointer}
     *
     * @param alias alias of a node
     */
    public Optional<Selector> selector(String alias) {
        return Optional.ofNullable(selectors.get(alias));
    }

    void eachSelector(BiConsumer<String, Selector> to) {
        selectors.forEach(to);
    }

    void eachCode(BiConsumer<String, SurfaceCode> to) {
        code.forEach(to);
    }

    /**
     * {@return what Java types give for a surface; empty means its pointers, and windows as JSON}
     *
     * @param surface id of the surface
     */
    public Optional<SurfaceCode> code(String surface) {
        return Optional.ofNullable(code.get(surface));
    }

    /**
     * What crosses the edges that leave a node: what its items are encoded as when they spill.
     *
     * @param alias alias of the node
     * @return the type drawn; {@link JsonValue} for a flow that came as JSON
     */
    public Type<?> outputOf(String alias) {
        Type<?> drawn = outputs.get(alias);
        return drawn == null ? Type.of(JsonValue.class) : drawn;
    }

    /**
     * This flow as it was in an earlier version, with the code of this one: see {@link
     * FlowDefinition#asOf}.
     *
     * @param earlier strict semantic version
     * @return the earlier flow; empty when this one does not carry it
     */
    public Optional<Flow<I, O>> asOf(String earlier) {
        return definition().asOf(earlier).map(this::as);
    }

    private Flow<I, O> as(FlowDefinition was) {
        Map<String, BoundNode> kept = new HashMap<>();
        for (NodeDefinition node : was.nodes()) {
            BoundNode behind = bound.get(node.alias());
            if (behind != null) {
                kept.put(node.alias(), behind);
            }
        }
        String end = capture;
        while (!kept.containsKey(end) && bound.containsKey(end)) {
            end = sourceOf(end);
        }
        Type<O> given = end.equals(capture) ? output : FlowDraft.cast(outputOf(end));
        return new Flow<>(
                name, was, trigger, end, input, given, kept, selectors, code, choices, outputs,
                site);
    }

    /**
     * A part of this flow as a flow of its own, with the code of this one behind its nodes.
     *
     * @param partName its name
     * @param nodes aliases of the nodes that it has
     * @param surfaces the control surfaces that it has
     * @param entry the edge that led into the part, which then leaves its trigger; empty for the
     *     part that has the trigger of this flow
     * @param takes what comes over that edge; for a part without one, what this flow takes
     * @param end alias of the node whose output is the part's
     * @return the part
     * @throws IllegalArgumentException when there is no trigger that the part could have
     */
    public Flow<Object, Object> part(
            String partName,
            Set<String> nodes,
            List<ControlSurface> surfaces,
            Optional<EdgeDefinition> entry,
            Type<?> takes,
            String end) {
        FlowDefinition part = FlowPart.of(this, partName, nodes, surfaces, entry);
        return part(part, end, takes, entry.isPresent());
    }

    private Flow<Object, Object> part(
            FlowDefinition part, String end, Type<?> takes, boolean isEntered) {
        Map<String, BoundNode> kept = new HashMap<>();
        for (NodeDefinition node : part.nodes()) {
            node(node.alias()).ifPresent(behind -> kept.put(node.alias(), behind));
        }
        Map<String, Type<?>> given = new HashMap<>(outputs);
        if (isEntered) {
            kept.put(trigger, new BoundNode(NodeBody.Passing.ON, List.of(), Optional.of(site)));
            given.put(trigger, takes);
        }
        return new Flow<>(
                part.name(),
                part,
                trigger,
                end,
                FlowDraft.cast(takes),
                FlowDraft.cast(end.equals(trigger) ? takes : outputOf(end)),
                kept,
                selectors,
                code,
                armsWithin(kept),
                given,
                site);
    }

    private List<ChoiceArms> armsWithin(Map<String, BoundNode> part) {
        List<ChoiceArms> kept = new ArrayList<>();
        for (ChoiceArms arms : choices) {
            if (part.containsKey(arms.source())) {
                kept.add(arms);
            }
        }
        return kept;
    }

    private String sourceOf(String alias) {
        for (EdgeDefinition edge : definition().edges()) {
            if (edge.to().equals(alias)) {
                return edge.from();
            }
        }
        throw new IllegalStateException("no edge leads to '" + alias + "'");
    }

    /** {@return branches over types, in drawing order} */
    public List<ChoiceArms> choices() {
        return choices;
    }

    /** {@return where the flow was defined} */
    public Site site() {
        return site;
    }

    /** Flows are equal when their definitions and their ends are. */
    @Override
    public boolean equals(Object other) {
        return definition == null
                ? this == other
                : other instanceof Flow<?, ?> that
                        && definition.equals(that.definition)
                        && trigger.equals(that.trigger)
                        && capture.equals(that.capture);
    }

    @Override
    public int hashCode() {
        return definition == null ? name.hashCode() : definition.hashCode();
    }

    @Override
    public String toString() {
        return name() + "@" + definition().version() + " (" + input + " -> " + output + ")";
    }
}
