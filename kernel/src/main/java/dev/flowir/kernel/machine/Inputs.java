package dev.flowir.kernel.machine;

import org.jspecify.annotations.Nullable;

/**
 * The inputs that are outstanding, each in a place of a table whose size is the number of permits.
 * A place is free again when every item that came of its input has ended and every output was
 * taken: admission accounts for the whole input, whatever branches it takes.
 */
final class Inputs {

    // What is known of a place, next to each other: a run has one place, and makes one array of it.
    private static final int USED = 0;
    private static final int ACTIVE = 1;
    private static final int WAITING = 2;
    private static final int OUTPUTS = 3;
    private static final int TOUCHED = 4;
    private static final int ANSWERED = 5;
    private static final int FREE = 6;
    private static final int TOUCHED_PLACE = 7;
    private static final int COLUMNS = 8;

    private final int permits;
    private final int[] known;
    private final long[] numbers;
    private @Nullable DeadEnd @Nullable [] reasons;
    private int inUse;
    private int anyTouched;
    private long next;

    /** As many as may be sent, and {@code own} places for those that the machine begins. */
    Inputs(int permits, int own) {
        this.permits = permits;
        int places = permits + own;
        known = new int[places * COLUMNS];
        numbers = new long[places];
        for (int i = 0; i < places; i++) {
            set(i, FREE, places - 1 - i);
        }
    }

    int places() {
        return numbers.length;
    }

    /** True when the machine may begin an input of its own. */
    boolean hasPlace() {
        return inUse < numbers.length;
    }

    private int get(int place, int column) {
        return known[place * COLUMNS + column];
    }

    private boolean is(int place, int column) {
        return get(place, column) != 0;
    }

    private void set(int place, int column, int value) {
        known[place * COLUMNS + column] = value;
    }

    private void add(int place, int column, int change) {
        known[place * COLUMNS + column] += change;
    }

    void startAt(long number) {
        next = number;
    }

    boolean isFull() {
        return inUse >= permits;
    }

    int inUse() {
        return inUse;
    }

    int permits() {
        return permits;
    }

    boolean isUsed(int input) {
        return is(input, USED);
    }

    /** Number of an input: 0 for the first. */
    long number(int input) {
        return numbers[input];
    }

    int open() {
        int input = get(numbers.length - 1 - inUse, FREE);
        set(input, USED, 1);
        numbers[input] = next++;
        set(input, ACTIVE, 0);
        set(input, WAITING, 0);
        set(input, OUTPUTS, 0);
        set(input, ANSWERED, 0);
        if (reasons != null) {
            reasons[input] = null;
        }
        inUse++;
        return input;
    }

    /** An item more that moves or can move. */
    void begin(int input) {
        add(input, ACTIVE, 1);
    }

    /** An item less that moves. */
    void end(int input) {
        add(input, ACTIVE, -1);
        touch(input);
    }

    /** An item more that waits in a join. */
    void hold(int input) {
        add(input, WAITING, 1);
        touch(input);
    }

    /** {@code count} items less that wait in a join. */
    void unhold(int input, int count) {
        add(input, WAITING, -count);
        touch(input);
    }

    /** An item of it met one of another input, which answers for both. */
    void metAnother(int input) {
        set(input, ANSWERED, 1);
    }

    void captured(int input) {
        add(input, OUTPUTS, 1);
        set(input, ANSWERED, 1);
    }

    void taken(int input) {
        add(input, OUTPUTS, -1);
        touch(input);
    }

    /** It needs no output of its own: a window has what came of it. */
    void answered(int input) {
        set(input, ANSWERED, 1);
    }

    int active(int input) {
        return get(input, ACTIVE);
    }

    int waiting(int input) {
        return get(input, WAITING);
    }

    boolean isDone(int input) {
        return is(input, USED) && !is(input, ACTIVE) && !is(input, WAITING) && !is(input, OUTPUTS);
    }

    boolean wasAnswered(int input) {
        return is(input, ANSWERED);
    }

    void free(int input) {
        set(input, USED, 0);
        inUse--;
        set(numbers.length - 1 - inUse, FREE, input);
    }

    /** Remembers why an item ended early; the last reason stands. */
    void reason(int input, DeadEnd why) {
        if (reasons == null) {
            reasons = new DeadEnd[numbers.length];
        }
        reasons[input] = why;
        touch(input);
    }

    DeadEnd reason(int input) {
        DeadEnd why = reasons == null ? null : reasons[input];
        return why == null ? new DeadEnd.Leaves() : why;
    }

    boolean hasReason(int input) {
        return reasons != null && reasons[input] != null;
    }

    private void touch(int input) {
        if (!is(input, TOUCHED)) {
            set(input, TOUCHED, 1);
            set(anyTouched++, TOUCHED_PLACE, input);
        }
    }

    /** An input whose account changed since it was last asked for; -1 when there is none. */
    int pollTouched() {
        if (anyTouched == 0) {
            return -1;
        }
        int input = get(--anyTouched, TOUCHED_PLACE);
        set(input, TOUCHED, 0);
        return input;
    }
}
