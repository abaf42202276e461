package dev.flowir.kernel.machine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Commands on their way to the driver: a ring of plain columns, so that none costs an object. */
final class Outbox {

    private static final byte INVOKE = 0;
    private static final byte INTERRUPT = 1;
    private static final byte ARM_TIMER = 2;
    private static final byte CANCEL_TIMER = 3;
    private static final byte OUTPUT_READY = 4;
    private static final byte STREAM_READY = 5;
    private static final byte STREAM_ITEM = 6;
    private static final byte GRANT_DEMAND = 7;
    private static final byte STREAM_ENDED = 8;
    private static final byte SPILL_STORE = 9;
    private static final byte SPILL_LOAD = 10;
    private static final byte SPILL_DELETE = 11;
    private static final byte FAILED = 12;
    private static final byte SIDE_FAILED = 13;
    private static final byte ENDED = 14;

    private static final int FIRST_SIZE = 4;

    private byte[] kinds = new byte[FIRST_SIZE];
    private int[] small = new int[FIRST_SIZE];
    private int[] other = new int[FIRST_SIZE];
    private long[] tickets = new long[FIRST_SIZE];
    private long[] items = new long[FIRST_SIZE];
    private long[] times = new long[FIRST_SIZE];
    private @Nullable Object[] payloads = new Object[FIRST_SIZE];
    private int head;
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    void invoke(long ticket, int node, int attempt, long item, Object input, long limitNanos) {
        int at = add(INVOKE, ticket, node, input);
        other[at] = attempt;
        items[at] = item;
        times[at] = limitNanos;
    }

    void interrupt(long ticket, int node, Interruption why) {
        add(INTERRUPT, ticket, node, why);
    }

    void armTimer(long timer, TimerKind kind, long atNanos) {
        int at = add(ARM_TIMER, timer, 0, kind); // may grow the columns
        times[at] = atNanos;
    }

    void cancelTimer(long timer) {
        add(CANCEL_TIMER, timer, 0, null);
    }

    void outputReady(Object value) {
        add(OUTPUT_READY, 0, 0, value);
    }

    void streamReady(long ticket) {
        add(STREAM_READY, ticket, 0, null);
    }

    void streamItem(long ticket, Object item) {
        add(STREAM_ITEM, ticket, 0, item);
    }

    void grantDemand(long ticket, int count) {
        add(GRANT_DEMAND, ticket, count, null);
    }

    void streamEnded(long ticket, Outcome outcome) {
        add(STREAM_ENDED, ticket, 0, outcome);
    }

    void spillStore(long ticket, int edge, Object payload, long minBytes) {
        int at = add(SPILL_STORE, ticket, edge, payload); // may grow the columns
        times[at] = minBytes;
    }

    void spillLoad(long ticket, int part, int edge, Object reference) {
        int at = add(SPILL_LOAD, ticket, edge, reference); // may grow the columns
        other[at] = part;
    }

    void spillDelete(int edge, Object reference) {
        add(SPILL_DELETE, 0, edge, reference);
    }

    void failed(Outcome outcome) {
        add(FAILED, 0, 0, outcome);
    }

    void sideFailed(Outcome outcome) {
        add(SIDE_FAILED, 0, 0, outcome);
    }

    void ended(Outcome outcome) {
        add(ENDED, 0, 0, outcome);
    }

    /** Hands out at most {@code limit} commands; returns how many. */
    int drain(CommandHandler handler, int limit) {
        int done = 0;
        while (done < limit && size > 0) {
            int at = head;
            Object payload = payloads[at];
            payloads[at] = null;
            head = (head + 1) % kinds.length;
            size--;
            done++;
            dispatch(handler, at, payload);
        }
        return done;
    }

    private void dispatch(CommandHandler to, int at, @Nullable Object payload) {
        long ticket = tickets[at];
        switch (kinds[at]) {
            case INVOKE ->
                    to.invoke(ticket, small[at], other[at], items[at], given(payload), times[at]);
            case INTERRUPT -> to.interrupt(ticket, small[at], (Interruption) given(payload));
            case ARM_TIMER -> to.armTimer(ticket, (TimerKind) given(payload), times[at]);
            case CANCEL_TIMER -> to.cancelTimer(ticket);
            case OUTPUT_READY -> to.outputReady(given(payload));
            case STREAM_READY -> to.streamReady(ticket);
            case STREAM_ITEM -> to.streamItem(ticket, given(payload));
            case GRANT_DEMAND -> to.grantDemand(ticket, small[at]);
            case STREAM_ENDED -> to.streamEnded(ticket, (Outcome) given(payload));
            case SPILL_STORE -> to.spillStore(ticket, small[at], given(payload), times[at]);
            case SPILL_LOAD -> to.spillLoad(ticket, other[at], small[at], given(payload));
            case SPILL_DELETE -> to.spillDelete(small[at], given(payload));
            case FAILED -> to.failed((Outcome) given(payload));
            case SIDE_FAILED -> to.sideFailed((Outcome) given(payload));
            default -> to.ended((Outcome) given(payload));
        }
    }

    private static Object given(@Nullable Object payload) {
        if (payload == null) {
            throw new IllegalStateException("a command lost its payload");
        }
        return payload;
    }

    private int add(byte kind, long ticket, int number, @Nullable Object payload) {
        if (size == kinds.length) {
            grow();
        }
        int at = (head + size) % kinds.length;
        size++;
        kinds[at] = kind;
        tickets[at] = ticket;
        small[at] = number;
        payloads[at] = payload;
        return at;
    }

    /** Twice the room. What one event makes is bounded by the plan, and so is this. */
    private void grow() {
        int old = kinds.length;
        int larger = old * 2;
        kinds = Arrays.copyOf(kinds, larger);
        small = Arrays.copyOf(small, larger);
        other = Arrays.copyOf(other, larger);
        tickets = Arrays.copyOf(tickets, larger);
        items = Arrays.copyOf(items, larger);
        times = Arrays.copyOf(times, larger);
        payloads = Arrays.copyOf(payloads, larger);
        for (int at = 0; at < head; at++) {
            int to = old + at;
            kinds[to] = kinds[at];
            small[to] = small[at];
            other[to] = other[at];
            tickets[to] = tickets[at];
            items[to] = items[at];
            times[to] = times[at];
            payloads[to] = payloads[at];
            payloads[at] = null;
        }
    }
}
