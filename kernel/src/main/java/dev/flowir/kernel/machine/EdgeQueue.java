package dev.flowir.kernel.machine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A bounded queue of items: a ring that grows up to its bound. */
class EdgeQueue {

    /** A payload that is in the spill store. */
    record Spilled(Object reference) {}

    private static final int FIRST_SIZE = 2;

    private final int bound;
    private @Nullable Object[] payloads;
    private long[] items;
    private int[] inputs;
    private int head;
    private int size;
    private int spilled;

    EdgeQueue(int bound) {
        this.bound = bound;
        int first = Math.min(FIRST_SIZE, bound);
        this.payloads = new Object[first];
        this.items = new long[first];
        this.inputs = new int[first];
    }

    int size() {
        return size;
    }

    /** Items whose payload is in memory. */
    int inMemory() {
        return size - spilled;
    }

    boolean isFull() {
        return size == bound;
    }

    /** True when no item of {@code key} has room. */
    boolean isFull(Object key) {
        return isFull();
    }

    /**
     * Which item is given up for one of {@code key} that has no room; -1 for that one itself.
     *
     * @param oldest whether it is the longest waiting or the last that came
     */
    int victim(Object key, boolean oldest) {
        return oldest ? 0 : -1;
    }

    /** Index of the item that is to be taken next; there is one. */
    int next() {
        return 0;
    }

    /** The item that was next is about to be taken. */
    void turn() {}

    void push(Object payload, long item, int input, Object key) {
        push(payload, item, input);
    }

    void push(Object payload, long item, int input) {
        if (size == payloads.length) {
            grow();
        }
        int at = (head + size) % payloads.length;
        payloads[at] = payload;
        items[at] = item;
        inputs[at] = input;
        size++;
        if (payload instanceof Spilled) {
            spilled++;
        }
    }

    Object payload(int index) {
        Object payload = payloads[(head + index) % payloads.length];
        if (payload == null) {
            throw new IllegalStateException("no item at " + index + " of " + size);
        }
        return payload;
    }

    long item(int index) {
        return items[(head + index) % items.length];
    }

    int input(int index) {
        return inputs[(head + index) % inputs.length];
    }

    /** Index of the longest waiting item of {@code input}; -1 when there is none. */
    int find(int input) {
        for (int i = 0; i < size; i++) {
            if (input(i) == input) {
                return i;
            }
        }
        return -1;
    }

    /** Takes out the item at {@code index}; those behind it move up. */
    void remove(int index) {
        if (payload(index) instanceof Spilled) {
            spilled--;
        }
        int length = payloads.length;
        for (int i = index; i > 0; i--) {
            int at = (head + i) % length;
            int before = (head + i - 1) % length;
            payloads[at] = payloads[before];
            items[at] = items[before];
            inputs[at] = inputs[before];
        }
        payloads[head] = null;
        head = (head + 1) % length;
        size--;
    }

    private void grow() {
        int larger = (int) Math.min(bound, payloads.length * 2L);
        @Nullable Object[] nextPayloads = new Object[larger];
        long[] nextItems = new long[larger];
        int[] nextInputs = new int[larger];
        for (int i = 0; i < size; i++) {
            int at = (head + i) % payloads.length;
            nextPayloads[i] = payloads[at];
            nextItems[i] = items[at];
            nextInputs[i] = inputs[at];
        }
        payloads = nextPayloads;
        items = nextItems;
        inputs = nextInputs;
        head = 0;
    }

    @Override
    public String toString() {
        return size + " of " + bound + " " + Arrays.toString(payloads);
    }
}
