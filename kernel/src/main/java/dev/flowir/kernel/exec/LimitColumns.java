package dev.flowir.kernel.exec;

import dev.flowir.kernel.host.Limits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits as columns of numbers. Those of similar length are kept together, in no order at all:
 * arming takes the place that was given up last, cancelling gives a place up, and neither touches
 * another limit. One daemon thread looks through the places of a {@link LimitStripe} when something
 * in it could be due. Nothing is due before the shortest of its lengths has passed, so looking
 * costs little even though it looks at everything.
 */
final class LimitColumns implements Limits, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LimitColumns.class);

    /** Lengths between two powers of two belong together. */
    private static final int CLASSES = 64;

    /** Threads share one of these per class: a power of two. */
    private static final int STRIPES = 8;

    private static final int STRIPE_SHIFT = LimitStripe.HANDLE_BITS;

    private final AtomicReferenceArray<@Nullable LimitStripe> stripes =
            new AtomicReferenceArray<>(CLASSES * STRIPES);

    private final Passed passed;
    private @Nullable Thread thread;
    private volatile boolean closed;

    /**
     * When the thread looks next; written by it before it looks for the last time before it waits,
     * so a limit that is the first of its stripe either is seen or sees.
     */
    private volatile long looksAtNanos = LimitStripe.NEVER;

    /**
     * True when somebody woke the thread since it began to look. That it was unparked does not
     * tell: waiting for the lock of a stripe uses that up.
     */
    private volatile boolean woken;

    LimitColumns(Passed passed) {
        this.passed = passed;
    }

    @Override
    public long arm(long fromNanos, long lengthNanos, long first, long second) {
        int kind = Long.SIZE - 1 - Long.numberOfLeadingZeros(Math.max(1, lengthNanos));
        int which = (int) Thread.currentThread().threadId() & (STRIPES - 1);
        int at = kind * STRIPES + which;
        LimitStripe stripe = stripes.get(at);
        if (stripe == null) {
            stripe = made(at);
        }
        long dueNanos = fromNanos + lengthNanos;
        long handle = stripe.arm(dueNanos, first, second);
        if (handle < 0) { // the first that will be due
            handle = ~handle;
            wake(dueNanos);
        }
        return (long) at << STRIPE_SHIFT | handle;
    }

    private LimitStripe made(int at) {
        LimitStripe made = new LimitStripe();
        LimitStripe before = stripes.compareAndExchange(at, null, made);
        return before == null ? made : before;
    }

    @Override
    public void cancel(long limit) {
        LimitStripe stripe = stripes.getPlain((int) (limit >>> STRIPE_SHIFT));
        if (stripe != null) {
            stripe.cancel(limit & ((1L << STRIPE_SHIFT) - 1));
        }
    }

    // ---- the thread that looks

    private void wake(long dueNanos) {
        long looksAt = looksAtNanos;
        if (looksAt == LimitStripe.NEVER || dueNanos - looksAt < 0) {
            woken = true;
            start();
            LockSupport.unpark(thread);
        }
    }

    private synchronized void start() {
        if (thread == null && !closed) {
            thread = Thread.ofPlatform().daemon().name("flowir-limits").unstarted(this::look);
            thread.start();
        }
    }

    private void look() {
        List<LimitStripe.Due> due = new ArrayList<>();
        while (!closed) {
            woken = false;
            looksAtNanos = LimitStripe.NEVER; // until it is known better, whoever arms wakes
            long now = System.nanoTime();
            long left = Long.MAX_VALUE;
            for (int at = 0; at < stripes.length(); at++) {
                LimitStripe stripe = stripes.get(at);
                if (stripe != null) {
                    stripe.takeDue(now, due);
                    left = Math.min(left, stripe.left(now));
                }
            }
            if (!due.isEmpty()) {
                tell(due, now);
                due.clear();
            } else if (!woken) {
                sleep(now, left);
            }
        }
    }

    private void sleep(long now, long left) {
        if (left == Long.MAX_VALUE) {
            LockSupport.park(this);
        } else if (left > 0) {
            looksAtNanos = now + left;
            LockSupport.parkNanos(this, left);
        }
    }

    private void tell(List<LimitStripe.Due> due, long now) {
        due.sort(
                Comparator.comparingLong((LimitStripe.Due it) -> it.atNanos() - now)
                        .thenComparingLong(LimitStripe.Due::number));
        for (LimitStripe.Due one : due) {
            try {
                passed.passed(one.first(), one.second());
            } catch (RuntimeException | Error thrown) { // the other limits have no part in it
                LOG.error("what follows from a limit failed", thrown);
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
