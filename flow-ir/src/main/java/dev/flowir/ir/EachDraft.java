package dev.flowir.ir;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A list that is worked on item by item, while it is drawn. Unless told otherwise: one item at a
 * time, outputs in the order of the items, and an item on which no attempt is left ends the run.
 *
 * @param <A> items of the list
 */
public final class EachDraft<A> {

    private final FlowDraft draft;
    private final Port<?> from;
    private int maxInFlight = 1;
    private boolean ordered = true;
    private boolean leavesOut;

    EachDraft(FlowDraft draft, Port<?> from) {
        this.draft = draft;
        this.from = from;
    }

    /**
     * Says how many items are worked on at a time.
     *
     * @param inFlight items at a time, at least 1
     * @return this
     */
    public EachDraft<A> atMost(int inFlight) {
        maxInFlight = inFlight;
        return this;
    }

    /**
     * Puts outputs into the list as they come, what is done first first.
     *
     * @return this
     */
    public EachDraft<A> asTheyCome() {
        ordered = false;
        return this;
    }

    /**
     * Leaves out an item on which no attempt is left; listeners are told of it. The list may have
     * no item in the end.
     *
     * @return this
     */
    public EachDraft<A> leavingOut() {
        leavesOut = true;
        return this;
    }

    /**
     * Runs {@code node} for each item.
     *
     * @param <B> what becomes of an item
     * @param node what items go through
     * @return the outputs
     */
    public <B> Port<List<B>> through(Node<? super A, B> node) {
        ItemFailures policy = leavesOut ? ItemFailures.LEAVE_OUT : ItemFailures.FAIL;
        return draw(node, policy, Optional.empty());
    }

    /**
     * Runs {@code node} for each item; {@code instead} says what stands for one on which no attempt
     * is left, so that the list has an output for each. Listeners are told of it.
     *
     * @param <B> what becomes of an item
     * @param node what items go through
     * @param instead what stands for an item that could not be worked on; one for which it throws
     *     or gives null ends the run
     * @return the outputs
     * @throws IllegalStateException when failed items are left out, too
     */
    public <B> Port<List<B>> through(
            Node<? super A, B> node, ItemFallback<? super A, ? extends B> instead) {
        if (leavesOut) {
            throw new IllegalStateException(
                    "each('"
                            + node.name()
                            + "'): a failed item is left out, or something stands for it; say one");
        }
        ItemFallback<Object, Object> erased =
                (item, failure) -> instead.apply(Node.<A>cast(item), failure);
        return draw(node, ItemFailures.REPLACE, Optional.of(erased));
    }

    private <B> Port<List<B>> draw(
            Node<? super A, B> node,
            ItemFailures policy,
            Optional<ItemFallback<Object, Object>> instead) {
        String source = from.aliasIn(draft);
        String alias = draft.add(node);
        draft.edge(source, alias, node);
        Map<String, JsonValue> more = new LinkedHashMap<>();
        if (!ordered) {
            more.put("ordered", JsonValue.bool(false));
        }
        if (policy != ItemFailures.FAIL) {
            more.put(ItemFailures.KEY, JsonValue.text(policy.wire()));
        }
        draft.forEach(source, alias, maxInFlight, more, instead);
        return new Port<>(draft, alias, Type.listOf(node.output()));
    }
}
