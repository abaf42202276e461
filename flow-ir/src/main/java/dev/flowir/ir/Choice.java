package dev.flowir.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A branch over a type that is being drawn.
 *
 * @param <S> the type that is branched over
 * @param <O> what every arm gives
 */
public final class Choice<S, O> {

    private record Arm(Class<?> type, String target) {}

    private final FlowDraft draft;
    private final Graph graph;
    private final String source;
    private final Class<S> type;
    private final Type<O> output;
    private final Site site;
    private final List<Arm> arms = new ArrayList<>();
    private final List<String> ends = new ArrayList<>();

    Choice(FlowDraft draft, Graph graph, String source, Class<S> type, Type<O> output, Site site) {
        this.draft = draft;
        this.graph = graph;
        this.source = source;
        this.type = type;
        this.output = output;
        this.site = site;
    }

    /**
     * {@return the arm for values of class {@code arm}: one node}
     *
     * @param <A> class of the arm
     * @param arm class of the values that take this arm
     * @param node what runs for them
     */
    public <A extends S> Choice<S, O> on(Class<A> arm, Node<? super A, ? extends O> node) {
        refuseRepeat(arm);
        String target = draft.add(node);
        draft.edge(source, target, node);
        arms.add(new Arm(arm, target));
        ends.add(target);
        return this;
    }

    /**
     * {@return the arm for values of class {@code arm}: a drawing that begins with {@code first}}
     *
     * @param <A> class of the arm
     * @param <B> what the first node gives
     * @param arm class of the values that take this arm
     * @param first what runs first for them
     * @param rest draws on from there
     */
    public <A extends S, B> Choice<S, O> on(
            Class<A> arm, Node<? super A, B> first, Function<Port<B>, Port<? extends O>> rest) {
        refuseRepeat(arm);
        String target = draft.add(first);
        draft.edge(source, target, first);
        arms.add(new Arm(arm, target));
        ends.add(rest.apply(new Port<>(draft, target, first.output())).aliasIn(draft));
        return this;
    }

    /**
     * {@return the arm for values of class {@code arm}: a whole flow, as {@link Graph#flow} lays
     * it}
     *
     * @param <A> class of the arm
     * @param arm class of the values that take this arm
     * @param name what the flow is called here, numbered when taken
     * @param flow what they go through
     */
    public <A extends S> Choice<S, O> on(
            Class<A> arm, String name, Flow<? super A, ? extends O> flow) {
        refuseRepeat(arm);
        String alias = draft.lay(name, flow);
        String target = Laying.name(alias, flow.trigger());
        draft.edge(source, target);
        arms.add(new Arm(arm, target));
        ends.add(Laying.name(alias, flow.capture()));
        return this;
    }

    /**
     * Closes the branch: whatever arm ran, its output goes on from here.
     *
     * @param name alias of the node where the arms meet
     * @return the value of the arm that ran
     */
    public Port<O> merge(String name) {
        if (arms.isEmpty()) {
            throw new IllegalArgumentException(
                    "the branch on '"
                            + source
                            + "' at "
                            + site
                            + " has no arm; add one with on(...)");
        }
        List<Class<?>> types = new ArrayList<>();
        List<String> targets = new ArrayList<>();
        for (Arm arm : arms) {
            types.add(arm.type());
            targets.add(arm.target());
        }
        draft.choice(new ChoiceArms(source, type, types, site), targets);
        return draft.merge(name, output, ends);
    }

    /** {@return the graph that the branch is part of} */
    public Graph graph() {
        return graph;
    }

    private void refuseRepeat(Class<?> arm) {
        for (Arm old : arms) {
            if (old.type() == arm) {
                throw new IllegalArgumentException(
                        "the branch on '" + source + "' has two arms for " + arm.getSimpleName());
            }
        }
    }
}
