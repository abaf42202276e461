package dev.flowir.kernel.machine;

import org.jspecify.annotations.Nullable;

/**
 * The inputs that are outstanding, each in a place of a table whose size is the number of permits.
 * A place is free again when every item that came of its input has ended and every output was
 * taken: admission accounts for the whole input, whatever branches it takes.
 */
final class Inputs {

    private final boolean[] used;
    private final long[] numbers;
    private final int[] active;
    private final int[] waiting;
    private final int[] outputs;
    private final @Nullable DeadEnd[] reasons;
    private final boolean[] touched;
    private final boolean[] answered;
    private final int[] freePlaces;
    private final int[] touchedPlaces;
    private int inUse;
    private int anyTouched;
    private long next;

    Inputs(int permits) {
        used = new boolean[permits];
        numbers = new long[permits];
        active = new int[permits];
        waiting = new int[permits];
        outputs = new int[permits];
        reasons = new DeadEnd[permits];
        touched = new boolean[permits];
        answered = new boolean[permits];
        freePlaces = new int[permits];
        touchedPlaces = new int[permits];
        for (int i = 0; i < permits; i++) {
            freePlaces[i] = permits - 1 - i;
        }
    }

    void startAt(long number) {
        next = number;
    }

    boolean isFull() {
        return inUse == used.length;
    }

    int inUse() {
        return inUse;
    }

    int permits() {
        return used.length;
    }

    boolean isUsed(int input) {
        return used[input];
    }

    /** Number of an input: 0 for the first. */
    long number(int input) {
        return numbers[input];
    }

    int open() {
        int input = freePlaces[used.length - 1 - inUse];
        used[input] = true;
        numbers[input] = next++;
        active[input] = 0;
        waiting[input] = 0;
        outputs[input] = 0;
        reasons[input] = null;
        answered[input] = false;
        inUse++;
        return input;
    }

    /** An item more that moves or can move. */
    void begin(int input) {
        active[input]++;
    }

    /** An item less that moves. */
    void end(int input) {
        active[input]--;
        touch(input);
    }

    /** An item more that waits in a join. */
    void hold(int input) {
        waiting[input]++;
        touch(input);
    }

    /** {@code count} items less that wait in a join. */
    void unhold(int input, int count) {
        waiting[input] -= count;
        touch(input);
    }

    void captured(int input) {
        outputs[input]++;
        answered[input] = true;
    }

    void taken(int input) {
        outputs[input]--;
        touch(input);
    }

    int active(int input) {
        return active[input];
    }

    int waiting(int input) {
        return waiting[input];
    }

    boolean isDone(int input) {
        return used[input] && active[input] == 0 && waiting[input] == 0 && outputs[input] == 0;
    }

    boolean wasAnswered(int input) {
        return answered[input];
    }

    void free(int input) {
        used[input] = false;
        inUse--;
        freePlaces[used.length - 1 - inUse] = input;
    }

    /** Remembers why an item ended early; the last reason stands. */
    void reason(int input, DeadEnd why) {
        reasons[input] = why;
        touch(input);
    }

    DeadEnd reason(int input) {
        DeadEnd why = reasons[input];
        return why == null ? new DeadEnd.Leaves() : why;
    }

    boolean hasReason(int input) {
        return reasons[input] != null;
    }

    private void touch(int input) {
        if (!touched[input]) {
            touched[input] = true;
            touchedPlaces[anyTouched++] = input;
        }
    }

    /** An input whose account changed since it was last asked for; -1 when there is none. */
    int pollTouched() {
        if (anyTouched == 0) {
            return -1;
        }
        int input = touchedPlaces[--anyTouched];
        touched[input] = false;
        return input;
    }
}
