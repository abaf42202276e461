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

    /** A run of one input asks for no more at a time, unless bodies work side by side. */
    private static final int FIRST_SIZE = 3;

    // What goes with a command, next to each other.
    private static final int TICKET = 0;
    private static final int ITEM = 1;
    private static final int TIME = 2;

    /** Two small numbers. */
    private static final int SMALL = 3;

    private static final int NUMBERS = 4;
    private static final long LOW = 0xFFFF_FFFFL;

    private byte[] kinds = new byte[FIRST_SIZE];
    private long[] numbers = new long[FIRST_SIZE * NUMBERS];
    private @Nullable Object[] payloads = new Object[FIRST_SIZE];
    private int head;
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    void invoke(long ticket, int node, int attempt, long item, Object input, long limitNanos) {
        int at = add(INVOKE, ticket, node, input);
        setOther(at, attempt);
        set(at, ITEM, item);
        set(at, TIME, limitNanos);
    }

    void interrupt(long ticket, int node, Interruption why) {
        add(INTERRUPT, ticket, node, why);
    }

    void armTimer(long timer, TimerKind kind, long atNanos) {
        int at = add(ARM_TIMER, timer, 0, kind); // may grow the columns
        set(at, TIME, atNanos);
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
        set(at, TIME, minBytes);
    }

    void spillLoad(long ticket, int part, int edge, Object reference) {
        int at = add(SPILL_LOAD, ticket, edge, reference); // may grow the columns
        setOther(at, part);
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
        long ticket = number(at, TICKET);
        int small = (int) number(at, SMALL);
        switch (kinds[at]) {
            case INVOKE ->
                    to.invoke(
                            ticket,
                            small,
                            other(at),
                            number(at, ITEM),
                            given(payload),
                            number(at, TIME));
            case INTERRUPT -> to.interrupt(ticket, small, (Interruption) given(payload));
            case ARM_TIMER -> to.armTimer(ticket, (TimerKind) given(payload), number(at, TIME));
            case CANCEL_TIMER -> to.cancelTimer(ticket);
            case OUTPUT_READY -> to.outputReady(given(payload));
            case STREAM_READY -> to.streamReady(ticket);
            case STREAM_ITEM -> to.streamItem(ticket, given(payload));
            case GRANT_DEMAND -> to.grantDemand(ticket, small);
            case STREAM_ENDED -> to.streamEnded(ticket, (Outcome) given(payload));
            case SPILL_STORE -> to.spillStore(ticket, small, given(payload), number(at, TIME));
            case SPILL_LOAD -> to.spillLoad(ticket, other(at), small, given(payload));
            case SPILL_DELETE -> to.spillDelete(small, given(payload));
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

    private long number(int at, int which) {
        return numbers[at * NUMBERS + which];
    }

    private void set(int at, int which, long value) {
        numbers[at * NUMBERS + which] = value;
    }

    private void setOther(int at, int other) {
        numbers[at * NUMBERS + SMALL] |= (long) other << Integer.SIZE;
    }

    private int other(int at) {
        return (int) (number(at, SMALL) >> Integer.SIZE);
    }

    private int add(byte kind, long ticket, int number, @Nullable Object payload) {
        if (size == kinds.length) {
            grow();
        }
        int at = (head + size) % kinds.length;
        size++;
        kinds[at] = kind;
        set(at, TICKET, ticket);
        set(at, SMALL, number & LOW);
        payloads[at] = payload;
        return at;
    }

    /** Twice the room. What one event makes is bounded by the plan, and so is this. */
    private void grow() {
        int old = kinds.length;
        int larger = old * 2;
        kinds = Arrays.copyOf(kinds, larger);
        numbers = Arrays.copyOf(numbers, larger * NUMBERS);
        payloads = Arrays.copyOf(payloads, larger);
        for (int at = 0; at < head; at++) {
            int to = old + at;
            kinds[to] = kinds[at];
            System.arraycopy(numbers, at * NUMBERS, numbers, to * NUMBERS, NUMBERS);
            payloads[to] = payloads[at];
            payloads[at] = null;
        }
    }
}
