package dev.flowir.kernel.machine;

import dev.flowir.ir.ItemFailure;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.plan.PerItem;
import dev.flowir.ir.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A list that a node works on item by item or in batches; outputs come together in the order of the
 * items.
 */
final class Gather {

    final int edge;
    final int input;
    final long item;
    private final List<?> items;
    private final boolean json;
    private final boolean batched;
    private final PerItem how;
    private final @Nullable Object[] outputs;
    private int next;
    private int done;

    private Gather(int edge, int input, long item, List<?> items, boolean json, PerItem how) {
        this.edge = edge;
        this.input = input;
        this.item = item;
        this.how = how;
        this.batched = how.batch() > 0;
        this.items = batched ? Batching.cut(items, how.batch(), json) : items;
        this.json = json;
        this.outputs = new Object[this.items.size()];
    }

    /**
     * A gather of a copy of {@code list}.
     *
     * @throws RoutingException when it is no list, or has holes
     */
    static Gather of(int edge, int input, long item, @Nullable Object list, PerItem how) {
        if (list instanceof JsonValue.Arr array) {
            return new Gather(edge, input, item, array.items(), true, how);
        }
        if (!(list instanceof List<?> items)) {
            throw new RoutingException("there is no list");
        }
        List<Object> copy = new ArrayList<>(items);
        for (int i = 0; i < copy.size(); i++) {
            if (copy.get(i) == null) {
                throw new RoutingException("item " + i + " of the list is null");
            }
        }
        return new Gather(edge, input, item, copy, false, how);
    }

    /**
     * A gather of the list that {@code slot} of {@code node} holds.
     *
     * @throws RuntimeException when it holds none: the list is the user's
     */
    static Gather open(int node, int slot, Plan plan, Slots slots, @Nullable Windows windows) {
        PerItem how = plan.node(node).perItem().orElseThrow();
        try {
            Object list = how.items().resolve(slots.payload(slot)).orElse(null);
            Object items = windows == null ? list : windows.ofList(node, list);
            int input = slots.input(slot);
            return of(slots.edge(slot), input, slots.item(slot), items, how);
        } catch (RoutingException thrown) {
            String where = "for_each '" + how.surface() + "' at '" + how.items() + "': ";
            throw new RoutingException(where + thrown.getMessage());
        }
    }

    /** Begins on as many items as {@code node} may work on at a time. */
    void advance(int node, Plan plan, Slots slots, Dataflow flow) {
        int first = slots.first(node);
        int width = plan.node(node).width();
        for (int slot = first; slot < first + width && hasNext(); slot++) {
            if (slots.state(slot) == SlotState.IDLE) {
                int index = next++;
                slots.fill(slot, edge, items.get(index), input, Lineage.part(item, index));
                slots.counted(slot, index);
                slots.move(slot, Transition.TAKE);
                flow.invoke(slot);
            }
        }
    }

    private boolean hasNext() {
        return next < items.size();
    }

    void finish(int index, @Nullable Object output) {
        outputs[how.ordered() ? index : done] = output;
        done++;
    }

    /**
     * What stands for an item on which no attempt is left; null when nothing does, and the list
     * goes on without it.
     */
    @Nullable Object instead(int index, Throwable cause) {
        if (how.instead().isEmpty()) {
            return null;
        }
        Object given = how.instead().get().apply(items.get(index), ItemFailure.of(cause));
        return Objects.requireNonNull(given, "nothing stands for the item");
    }

    /** No further item begins; those that did not count as done. */
    void cut() {
        done += items.size() - next;
        next = items.size();
    }

    boolean isComplete() {
        return done == items.size();
    }

    /** The outputs in order; items without one are left out. */
    Object gathered() {
        @Nullable Object[] given = batched ? Batching.joined(outputs) : outputs;
        List<Object> all = new ArrayList<>(given.length);
        boolean allJson = json;
        for (Object output : given) {
            if (output != null) {
                all.add(output);
                allJson &= output instanceof JsonValue;
            }
        }
        if (!allJson) {
            return java.util.Collections.unmodifiableList(all);
        }
        List<JsonValue> values = new ArrayList<>(all.size());
        for (Object output : all) {
            values.add((JsonValue) output);
        }
        return new JsonValue.Arr(values);
    }
}
