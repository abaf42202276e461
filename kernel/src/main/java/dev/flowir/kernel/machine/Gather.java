package dev.flowir.kernel.machine;

import dev.flowir.ir.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list that a node works on item by item; outputs come together in the order of the items. */
final class Gather {

    final int edge;
    final int input;
    final long item;
    private final List<?> items;
    private final boolean json;
    private final @Nullable Object[] outputs;
    private int next;
    private int done;

    private Gather(int edge, int input, long item, List<?> items, boolean json) {
        this.edge = edge;
        this.input = input;
        this.item = item;
        this.items = items;
        this.json = json;
        this.outputs = new Object[items.size()];
    }

    /**
     * A gather of a copy of {@code list}.
     *
     * @throws RoutingException when it is no list, or has holes
     */
    static Gather of(int edge, int input, long item, @Nullable Object list) {
        if (list instanceof JsonValue.Arr array) {
            return new Gather(edge, input, item, array.items(), true);
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
        return new Gather(edge, input, item, copy, false);
    }

    boolean hasNext() {
        return next < items.size();
    }

    int nextIndex() {
        return next++;
    }

    Object itemAt(int index) {
        return items.get(index);
    }

    void finish(int index, @Nullable Object output) {
        outputs[index] = output;
        done++;
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
        List<Object> all = new ArrayList<>(outputs.length);
        boolean allJson = json;
        for (Object output : outputs) {
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
