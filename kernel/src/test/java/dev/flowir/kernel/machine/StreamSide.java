package dev.flowir.kernel.machine;

/**
 * Both ends of a stream in a simulation: a body that gives numbers, a consumer that counts them.
 */
final class StreamSide {

    private long ticket;
    private int demand;
    private int given;
    private int seen;
    private boolean full;

    boolean isOpen() {
        return ticket != 0;
    }

    /** True when the last item that the body gave found no demand. */
    boolean wasFull() {
        return full;
    }

    void open(long opened) {
        if (isOpen()) {
            throw new AssertionError("two streams at a time");
        }
        ticket = opened;
        demand = 0;
        given = 0;
        seen = 0;
    }

    Event ask(long now, int items) {
        return new Event.StreamDemand(now, ticket, items);
    }

    Event emit(long now) {
        full = demand == 0;
        return new Event.StreamItem(now, ticket, given);
    }

    void grant(long of, int items) {
        same(of);
        demand += items;
    }

    void item(long of, Object item) {
        same(of);
        if (demand-- == 0 || !item.equals(given++) || seen++ != given - 1) {
            throw new AssertionError("item " + item + " after " + seen);
        }
    }

    void end(long of) {
        same(of);
        ticket = 0;
    }

    private void same(long of) {
        if (of != ticket) {
            throw new AssertionError("stream " + of + " is not " + ticket);
        }
    }
}
