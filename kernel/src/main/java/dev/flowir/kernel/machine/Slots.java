package dev.flowir.kernel.machine;

import dev.flowir.ir.plan.Plan;
import org.jspecify.annotations.Nullable;

/**
 * The places for attempts, as columns. A node has as many adjacent slots as its width; the first
 * one also sends its outputs on.
 */
final class Slots {

    private static final int SLOT_BITS = 24;
    private static final long SLOT_MASK = (1L << SLOT_BITS) - 1;

    private final MachineObserver observer;
    private final Plan plan;
    private final SlotState[] states;
    private final long[] tickets;
    final int[] attempts;
    final long[] items;
    final int[] inputs;

    /** Edge that the item came over; -1 for the trigger's queue and for joined items. */
    final int[] edges;

    /** What the body gets; a reference or parts of a join while loading. */
    final @Nullable Object[] payloads;

    final @Nullable Object[] outputs;

    /** Node whose output is being sent on: the last of the segment. */
    final int[] emitters;

    /** How far sending on has come: 0 capture, 1 routes, 2 and up edges. */
    final int[] cursors;

    /** Target that the routes chose; -1 for none. */
    final int[] chosen;

    /** Place in a list; parts that are still loading; demand of a stream. */
    final int[] counts;

    final boolean[] timed;
    private long sequence;
    private int busy;

    Slots(Plan plan, MachineObserver observer) {
        this.observer = observer;
        this.plan = plan;
        int count = plan.places();
        states = new SlotState[count];
        java.util.Arrays.fill(states, SlotState.IDLE);
        tickets = new long[count];
        attempts = new int[count];
        items = new long[count];
        inputs = new int[count];
        edges = new int[count];
        payloads = new Object[count];
        outputs = new Object[count];
        emitters = new int[count];
        cursors = new int[count];
        chosen = new int[count];
        counts = new int[count];
        timed = new boolean[count];
    }

    static int place(long ticket) {
        return (int) (ticket & SLOT_MASK);
    }

    int count() {
        return states.length;
    }

    /** The first slot of {@code node}, which is the head of its segment. */
    int first(int node) {
        return plan.firstPlace(node);
    }

    int node(int slot) {
        return plan.placed(slot);
    }

    SlotState state(int slot) {
        return states[slot];
    }

    /** Slots that something outside the machine will move on. */
    int busy() {
        return busy;
    }

    void move(int slot, Transition transition) {
        SlotState from = states[slot];
        if (!transition.allows(from)) {
            throw new IllegalStateException(transition + " is not a way out of " + from);
        }
        SlotState to = transition.to();
        states[slot] = to;
        busy += (to.isBusy() ? 1 : 0) - (from.isBusy() ? 1 : 0);
        observer.moved(transition, from);
    }

    /** Gives the slot a new ticket; what carries an older one is late from now on. */
    long issue(int slot) {
        long ticket = (++sequence << SLOT_BITS) | slot;
        tickets[slot] = ticket;
        return ticket;
    }

    long ticket(int slot) {
        return tickets[slot];
    }

    /** The slot whose current ticket this is; -1 when there is none. */
    int find(long ticket) {
        int slot = place(ticket);
        return slot < tickets.length && tickets[slot] == ticket ? slot : -1;
    }

    /** The node that a ticket, current or not, was issued for. */
    int nodeOf(long ticket) {
        int slot = place(ticket);
        return slot < states.length ? plan.placed(slot) : -1;
    }

    void fill(int slot, int edge, Object payload, int input, long item) {
        edges[slot] = edge;
        payloads[slot] = payload;
        inputs[slot] = input;
        items[slot] = item;
        attempts[slot] = 0;
    }

    /** Forgets the item, so that nothing is kept alive and nothing old is current. */
    void clear(int slot) {
        tickets[slot] = 0;
        payloads[slot] = null;
        outputs[slot] = null;
        timed[slot] = false;
        counts[slot] = 0;
    }

    Object payload(int slot) {
        Object payload = payloads[slot];
        if (payload == null) {
            throw new IllegalStateException("slot " + slot + " has no payload");
        }
        return payload;
    }

    Object output(int slot) {
        Object output = outputs[slot];
        if (output == null) {
            throw new IllegalStateException("slot " + slot + " has no output");
        }
        return output;
    }
}
