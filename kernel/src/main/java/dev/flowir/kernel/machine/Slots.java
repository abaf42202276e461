package dev.flowir.kernel.machine;

import dev.flowir.ir.plan.Plan;
import org.jspecify.annotations.Nullable;

/**
 * The places for attempts, as numbers. A node has as many adjacent slots as its width; the first
 * one also sends its outputs on.
 */
final class Slots {

    private static final int SLOT_BITS = 24;
    private static final long SLOT_MASK = (1L << SLOT_BITS) - 1;

    // What is known of a slot, next to each other: whoever touches one is about to touch more.
    private static final int ATTEMPT = 0;
    private static final int INPUT = 1;
    private static final int EDGE = 2;
    private static final int EMITTER = 3;
    private static final int CURSOR = 4;
    private static final int CHOSEN = 5;
    private static final int COUNTED = 6;
    private static final int TIMED = 7;
    private static final int NUMBERS = 8;

    // The same for what is longer, and for references.
    private static final int TICKET = 0;
    private static final int ITEM = 1;
    private static final int LONGS = 2;
    private static final int STATE = 0;
    private static final int PAYLOAD = 1;
    private static final int OUTPUT = 2;
    private static final int OBJECTS = 3;

    private final MachineObserver observer;
    private final Plan plan;
    private final int count;
    private final int[] numbers;
    private final long[] longs;
    private final @Nullable Object[] objects;
    private long sequence;
    private int busy;

    Slots(Plan plan, MachineObserver observer) {
        this.observer = observer;
        this.plan = plan;
        count = plan.places();
        numbers = new int[count * NUMBERS];
        longs = new long[count * LONGS];
        objects = new Object[count * OBJECTS];
    }

    static int place(long ticket) {
        return (int) (ticket & SLOT_MASK);
    }

    int count() {
        return count;
    }

    /** The first slot of {@code node}, which is the head of its segment. */
    int first(int node) {
        return plan.firstPlace(node);
    }

    int node(int slot) {
        return plan.placed(slot);
    }

    SlotState state(int slot) {
        return objects[slot * OBJECTS + STATE] instanceof SlotState state ? state : SlotState.IDLE;
    }

    /** Slots that something outside the machine will move on. */
    int busy() {
        return busy;
    }

    void move(int slot, Transition transition) {
        SlotState from = state(slot);
        if (!transition.allows(from)) {
            throw new IllegalStateException(transition + " is not a way out of " + from);
        }
        SlotState to = transition.to();
        objects[slot * OBJECTS + STATE] = to;
        busy += (to.isBusy() ? 1 : 0) - (from.isBusy() ? 1 : 0);
        observer.moved(transition, from);
    }

    /** Gives the slot a new ticket; what carries an older one is late from now on. */
    long issue(int slot) {
        long ticket = (++sequence << SLOT_BITS) | slot;
        longs[slot * LONGS + TICKET] = ticket;
        return ticket;
    }

    long ticket(int slot) {
        return longs[slot * LONGS + TICKET];
    }

    /** The slot whose current ticket this is; -1 when there is none. */
    int find(long ticket) {
        int slot = place(ticket);
        return slot < count && ticket(slot) == ticket ? slot : -1;
    }

    /** The node that a ticket, current or not, was issued for. */
    int nodeOf(long ticket) {
        int slot = place(ticket);
        return slot < count ? plan.placed(slot) : -1;
    }

    void fill(int slot, int edge, Object payload, int input, long item) {
        set(slot, EDGE, edge);
        payload(slot, payload);
        set(slot, INPUT, input);
        item(slot, item);
        attempt(slot, 0);
    }

    /** Forgets the item, so that nothing is kept alive and nothing old is current. */
    void clear(int slot) {
        longs[slot * LONGS + TICKET] = 0;
        forgetPayload(slot);
        objects[slot * OBJECTS + OUTPUT] = null;
        timed(slot, false);
        counted(slot, 0);
    }

    // ---- what is known of a slot

    private int get(int slot, int which) {
        return numbers[slot * NUMBERS + which];
    }

    private void set(int slot, int which, int value) {
        numbers[slot * NUMBERS + which] = value;
    }

    /** Number of the attempt at its item, from 1. */
    int attempt(int slot) {
        return get(slot, ATTEMPT);
    }

    void attempt(int slot, int number) {
        set(slot, ATTEMPT, number);
    }

    /** The input that its item came of. */
    int input(int slot) {
        return get(slot, INPUT);
    }

    /** Edge that the item came over; -1 for the trigger's queue and for joined items. */
    int edge(int slot) {
        return get(slot, EDGE);
    }

    /** Node whose output is being sent on: the last of the segment. */
    int emitter(int slot) {
        return get(slot, EMITTER);
    }

    void emitter(int slot, int node) {
        set(slot, EMITTER, node);
    }

    /** How far sending on has come: 0 capture, 1 routes, 2 and up edges. */
    int cursor(int slot) {
        return get(slot, CURSOR);
    }

    void cursor(int slot, int at) {
        set(slot, CURSOR, at);
    }

    /** Target that the routes chose; -1 for none. */
    int chosen(int slot) {
        return get(slot, CHOSEN);
    }

    void chosen(int slot, int target) {
        set(slot, CHOSEN, target);
    }

    /** Place in a list; parts that are still loading; demand of a stream. */
    int counted(int slot) {
        return get(slot, COUNTED);
    }

    void counted(int slot, int number) {
        set(slot, COUNTED, number);
    }

    /** Whether a timer of its attempt stands. */
    boolean isTimed(int slot) {
        return get(slot, TIMED) != 0;
    }

    void timed(int slot, boolean stands) {
        set(slot, TIMED, stands ? 1 : 0);
    }

    /** Identity of its item. */
    long item(int slot) {
        return longs[slot * LONGS + ITEM];
    }

    void item(int slot, long item) {
        longs[slot * LONGS + ITEM] = item;
    }

    /** What the body gets; a reference or parts of a join while loading. */
    Object payload(int slot) {
        Object payload = objects[slot * OBJECTS + PAYLOAD];
        if (payload == null) {
            throw new IllegalStateException("slot " + slot + " has no payload");
        }
        return payload;
    }

    void payload(int slot, Object payload) {
        objects[slot * OBJECTS + PAYLOAD] = payload;
    }

    void forgetPayload(int slot) {
        objects[slot * OBJECTS + PAYLOAD] = null;
    }

    /** What the body gave. */
    Object output(int slot) {
        Object output = objects[slot * OBJECTS + OUTPUT];
        if (output == null) {
            throw new IllegalStateException("slot " + slot + " has no output");
        }
        return output;
    }

    void give(int slot, Object output) {
        objects[slot * OBJECTS + OUTPUT] = output;
    }
}
