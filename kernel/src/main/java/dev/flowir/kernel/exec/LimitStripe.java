package dev.flowir.kernel.exec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Places for limits of similar length. Whoever works on them has the turn, for some nanoseconds:
 * taking it is one atomic instruction, giving it back a plain store.
 */
final class LimitStripe {

    /** No limit is due. */
    static final long NEVER = Long.MAX_VALUE;

    private static final int PLACE_BITS = 24;
    private static final int NUMBER_BITS = 30;

    /** Bits of what a limit is cancelled by; the highest of them is 0. */
    static final int HANDLE_BITS = PLACE_BITS + NUMBER_BITS;

    private static final long PLACES = 1L << PLACE_BITS;
    private static final long NUMBERS = 1L << NUMBER_BITS;

    // What is known of a place. A free place has the number 0, and the next free one for its time.
    private static final int AT = 0;
    private static final int NUMBER = 1;
    private static final int FIRST = 2;
    private static final int SECOND = 3;
    private static final int COLUMNS = 4;

    private static final int CHUNK_BITS = 9;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final int NONE = -1;
    private static final int SPINS = 100;
    private static final long PAUSE_NANOS = 10_000;

    private static final VarHandle TAKEN;

    static {
        try {
            TAKEN = MethodHandles.lookup().findVarHandle(LimitStripe.class, "taken", boolean.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /**
     * A limit that is due.
     *
     * @param atNanos since when
     * @param number how many were armed in its stripe before it
     * @param first as it was armed with
     * @param second as it was armed with
     */
    record Due(long atNanos, long number, long first, long second) {}

    @SuppressWarnings("unused") // by its handle
    private boolean taken;

    // ---- whoever has the turn
    private long[][] chunks = {};

    /** Limits in each chunk: an empty one need not be looked at. */
    private int[] armed = {};

    private int free = NONE;
    private long numbers;

    /** No limit is due before this. Read by the thread that looks without the turn. */
    private volatile long soonestNanos = NEVER;

    /** Takes a place; gives its handle, and the complement of it when nothing is due before. */
    long arm(long atNanos, long first, long second) {
        take();
        try {
            if (free == NONE) {
                grow();
            }
            int place = free;
            long[] chunk = chunks[place >>> CHUNK_BITS];
            int at = (place & (CHUNK - 1)) * COLUMNS;
            free = (int) chunk[at + AT];
            long number = ++numbers;
            chunk[at + AT] = atNanos;
            chunk[at + NUMBER] = number;
            chunk[at + FIRST] = first;
            chunk[at + SECOND] = second;
            armed[place >>> CHUNK_BITS]++;
            long handle = (number & (NUMBERS - 1)) << PLACE_BITS | place;
            long soonest = soonestNanos;
            if (soonest != NEVER && atNanos - soonest >= 0) {
                return handle;
            }
            soonestNanos = atNanos;
            return ~handle;
        } finally {
            TAKEN.setRelease(this, false);
        }
    }

    void cancel(long handle) {
        int place = (int) (handle & (PLACES - 1));
        take();
        try {
            long[] chunk = chunks[place >>> CHUNK_BITS];
            int at = (place & (CHUNK - 1)) * COLUMNS;
            long number = chunk[at + NUMBER];
            if (number != 0 && (number & (NUMBERS - 1)) == handle >>> PLACE_BITS) {
                release(place, chunk, at);
            }
        } finally {
            TAKEN.setRelease(this, false);
        }
    }

    private void release(int place, long[] chunk, int at) {
        chunk[at + NUMBER] = 0;
        chunk[at + AT] = free;
        free = place;
        armed[place >>> CHUNK_BITS]--;
    }

    /** Time until something could be due. */
    long left(long now) {
        long soonest = soonestNanos;
        return soonest == NEVER ? Long.MAX_VALUE : Math.max(0, soonest - now);
    }

    /** Takes out what is due. Only the thread that looks does this. */
    void takeDue(long now, List<Due> due) {
        if (left(now) > 0) {
            return;
        }
        take();
        soonestNanos = NEVER; // limits that are armed from now on say themselves when they are due
        int count = chunks.length;
        TAKEN.setRelease(this, false);
        long soonest = NEVER;
        for (int c = 0; c < count; c++) { // a turn for each chunk: nobody shall wait for long
            take();
            try {
                soonest = earlier(soonest, takeDue(c, now, due));
            } finally {
                TAKEN.setRelease(this, false);
            }
        }
        take();
        soonestNanos = earlier(soonest, soonestNanos);
        TAKEN.setRelease(this, false);
    }

    private long takeDue(int c, long now, List<Due> due) {
        if (armed[c] == 0) {
            return NEVER;
        }
        long soonest = NEVER;
        long[] chunk = chunks[c];
        for (int at = 0; at < chunk.length; at += COLUMNS) {
            if (chunk[at + NUMBER] != 0) {
                long atNanos = chunk[at + AT];
                if (atNanos - now > 0) {
                    soonest = earlier(soonest, atNanos);
                } else {
                    due.add(
                            new Due(
                                    atNanos,
                                    chunk[at + NUMBER],
                                    chunk[at + FIRST],
                                    chunk[at + SECOND]));
                    release((c << CHUNK_BITS) + at / COLUMNS, chunk, at);
                }
            }
        }
        return soonest;
    }

    /** The clock may pass its largest number, so times are compared by their difference. */
    private static long earlier(long one, long other) {
        if (one == NEVER || other == NEVER) {
            return one == NEVER ? other : one;
        }
        return one - other < 0 ? one : other;
    }

    private void grow() {
        int old = chunks.length;
        if ((long) (old + 1) * CHUNK > PLACES) {
            throw new IllegalStateException("more than " + PLACES + " limits");
        }
        long[] chunk = new long[CHUNK * COLUMNS];
        for (int k = 0; k < CHUNK; k++) {
            chunk[k * COLUMNS + AT] = k + 1 < CHUNK ? old * CHUNK + k + 1 : NONE;
        }
        chunks = Arrays.copyOf(chunks, old + 1);
        armed = Arrays.copyOf(armed, old + 1);
        chunks[old] = chunk;
        free = old * CHUNK;
    }

    private void take() {
        for (int tries = 1; !TAKEN.weakCompareAndSetAcquire(this, false, true); tries++) {
            if (tries % SPINS == 0) {
                LockSupport.parkNanos(
                        this, PAUSE_NANOS); // it was stopped by the system in its turn
            } else {
                Thread.onSpinWait();
            }
        }
    }
}
