package dev.flowir.kernel.exec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A queue in an array, for one thread at a time. It grows as far as it must; whoever fills it keeps
 * the bound.
 *
 * @param <T> what it holds
 */
final class Ring<T> {

    private static final int FIRST_SIZE = 16;

    private @Nullable Object[] places = new Object[FIRST_SIZE];
    private int head;
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    void add(Object what) {
        if (size == places.length) {
            grow();
        }
        places[(head + size) & (places.length - 1)] = what;
        size++;
    }

    private void grow() {
        @Nullable Object[] more = new Object[size * 2];
        int first = size - head;
        System.arraycopy(places, head, more, 0, first);
        System.arraycopy(places, 0, more, first, head);
        places = more;
        head = 0;
    }

    /** The one that waits longest; null when there is none. */
    @SuppressWarnings("unchecked") // what was added
    @Nullable T poll() {
        if (size == 0) {
            return null;
        }
        T first = (T) places[head];
        places[head] = null;
        head = (head + 1) & (places.length - 1);
        size--;
        return first;
    }

    /** Moves as many as there is room for; returns how many. */
    int moveTo(@Nullable Object[] room) {
        int count = Math.min(size, room.length);
        for (int i = 0; i < count; i++) {
            room[i] = poll();
        }
        return count;
    }

    void clear() {
        Arrays.fill(places, null);
        head = 0;
        size = 0;
    }
}
