package dev.flowir.kernel.exec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of a feed that are one worker's. One thread deals them out; whoever holds the share
 * works on them, one thread at a time and in order.
 *
 * @param <I> what goes in
 * @param <O> what comes out
 */
final class Share<I, O> implements Iterator<I> {

    private static final VarHandle DEALT;
    private static final VarHandle TAKEN;
    private static final VarHandle HELD;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            DEALT = lookup.findVarHandle(Share.class, "dealt", long.class);
            TAKEN = lookup.findVarHandle(Share.class, "taken", long.class);
            HELD = lookup.findVarHandle(Share.class, "held", boolean.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /** Inputs that are taken before the dealer is told that there is room. */
    private static final int TOGETHER = 32;

    private final FeedWorker<I, O> worker;
    private final @Nullable Object[] inputs;
    private final long[] numbers;
    private final int mask;
    private final int together;

    // ---- the dealer's
    private long dealt;
    private long seenTaken;

    // ---- the holder's
    private long next;
    private long seenDealt;
    private long number;

    /** Inputs that were taken, as the dealer is told. */
    private long taken;

    @SuppressWarnings("UnusedVariable") // by handle
    private boolean held;

    private volatile @Nullable Thread dealer;

    /** A share of at most {@code bound} inputs, of one that numbers its inputs as told. */
    Share(int bound, Function<LongUnaryOperator, FeedWorker<I, O>> hire) {
        int size = Integer.highestOneBit(Math.max(1, bound * 2 - 1));
        this.inputs = new Object[size];
        this.numbers = new long[size];
        this.mask = size - 1;
        this.together = Math.max(1, Math.min(TOGETHER, size / 2));
        this.worker = hire.apply(begun -> number);
    }

    FeedWorker<I, O> worker() {
        return worker;
    }

    // ---- the dealer

    /** Deals an input out; false when there is no room. */
    boolean offer(I input, long itsNumber) {
        long at = dealt;
        if (at - seenTaken == inputs.length) {
            seenTaken = (long) TAKEN.getAcquire(this);
            if (at - seenTaken == inputs.length) {
                return false;
            }
        }
        inputs[(int) at & mask] = input;
        numbers[(int) at & mask] = itsNumber;
        DEALT.setVolatile(this, at + 1); // before it is asked who sleeps
        return true;
    }

    /** Waits for room, a moment at most. */
    void awaitRoom() {
        dealer = Thread.currentThread();
        if (dealt - (long) TAKEN.getVolatile(this) == inputs.length) {
            LockSupport.parkNanos(this, Lanes.MOMENT_NANOS);
        }
        dealer = null;
    }

    // ---- anybody

    /** True when nothing waits, or somebody holds it: nothing to do here. */
    boolean isSettled() {
        return (boolean) HELD.getAcquire(this) || isEmpty();
    }

    private boolean isEmpty() {
        return (long) DEALT.getVolatile(this) == (long) TAKEN.getVolatile(this);
    }

    /** Works on what there is, when nobody else does; false when there was nothing to do. */
    boolean work() {
        if (isSettled() || !HELD.compareAndSet(this, false, true)) {
            return false;
        }
        try {
            worker.work(this);
        } finally {
            tellTaken();
            HELD.setRelease(this, false);
        }
        return true;
    }

    // ---- the holder

    @Override
    public boolean hasNext() {
        if (next < seenDealt) {
            return true;
        }
        tellTaken();
        seenDealt = (long) DEALT.getAcquire(this);
        return next < seenDealt;
    }

    @Override
    @SuppressWarnings("unchecked") // what was dealt out
    public I next() {
        if (next >= seenDealt && !hasNext()) {
            throw new NoSuchElementException();
        }
        int at = (int) next & mask;
        I input = (I) InlineRun.given(inputs[at]);
        number = numbers[at];
        inputs[at] = null;
        next++;
        if (next - taken >= together) {
            tellTaken();
        }
        return input;
    }

    private void tellTaken() {
        TAKEN.setRelease(this, next);
        Thread waits = dealer;
        if (waits != null) {
            LockSupport.unpark(waits);
        }
    }
}
