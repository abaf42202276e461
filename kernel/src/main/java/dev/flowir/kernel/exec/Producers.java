package dev.flowir.kernel.exec;

import dev.flowir.ir.AttemptEndedException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The threads that give the items of one stream: the body's own, and others that it lets. A body
 * that returns has ended its stream, so whoever gives an item after that was not awaited, and the
 * stream is not whole. This finds out before the consumer is told the end: at once where a thread
 * is giving an item as the body returns, and within {@link #PATIENCE_NANOS} where the body began
 * threads of which nothing is known.
 *
 * <p>Knows nothing of the run, since threads that outlive the body refer to it.
 */
final class Producers {

    /** What the end is held back at most: the producer is to be named within a second. */
    static final long PATIENCE_NANOS = 900_000_000;

    /** How often threads that gave items are looked at, whether they ended. */
    private static final long LOOK_NANOS = 5_000_000;

    private static final InheritableThreadLocal<Producers> OF =
            new InheritableThreadLocal<>() {
                @Override
                protected @Nullable Producers childValue(@Nullable Producers parent) {
                    return parent != null && parent.begins() ? parent : null;
                }
            };

    private final String node;
    private final Thread body = Thread.currentThread();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Thread> giving = new HashSet<>();
    private final Set<Thread> gave = new HashSet<>();
    private boolean began;
    private boolean given;
    private boolean returned;
    private boolean over;
    private @Nullable Thread unawaited;

    /**
     * The producers of the body that this thread is about to run.
     *
     * @param node alias of its node
     */
    Producers(String node) {
        this.node = node;
    }

    /** From now on threads that this one begins are known to be. */
    void enter() {
        OF.set(this);
    }

    /** The current thread begins another; false when that is the kernel's, which gives nothing. */
    private boolean begins() {
        lock.lock();
        try {
            boolean counts = !over && !giving.contains(Thread.currentThread());
            began |= counts;
            return counts;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The current thread gives an item.
     *
     * @return false when the end was told already
     * @throws AttemptEndedException when the body has returned and the end was not told
     */
    boolean giving() {
        Thread current = Thread.currentThread();
        lock.lock();
        try {
            if (returned && !over) {
                unawaited = unawaited == null ? current : unawaited;
                changed.signalAll();
                throw refused();
            }
            if (over) {
                return false;
            }
            given = true;
            giving.add(current);
            if (!current.equals(body) && OF.get() == this) {
                gave.add(current);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** What a thread is told that gives an item after the body has returned. */
    AttemptEndedException refused() {
        return new AttemptEndedException(
                "INCOMPLETE_STREAM: the body of '"
                        + node
                        + "' has returned, so its stream has ended; await this thread there");
    }

    /** The current thread gave its item, or was refused. */
    void gave() {
        lock.lock();
        try {
            giving.remove(Thread.currentThread());
        } finally {
            lock.unlock();
        }
    }

    /**
     * The body has returned: waits while a thread that it began may still have items.
     *
     * @throws IncompleteStreamException when one has
     */
    void awaitAll() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        lock.lockInterruptibly();
        try {
            returned = true;
            unawaited = giving.stream().findFirst().orElse(null);
            long left = PATIENCE_NANOS;
            while (unawaited == null && left > 0 && maySendMore()) {
                changed.awaitNanos(Math.min(LOOK_NANOS, left));
                left = end - System.nanoTime();
            }
            if (unawaited != null) {
                throw new IncompleteStreamException(name(unawaited));
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * A thread that the body began has given items and lives, or it began threads and nobody has
     * given any.
     */
    private boolean maySendMore() {
        gave.removeIf(thread -> !thread.isAlive());
        return given ? !gave.isEmpty() : began;
    }

    /**
     * Nothing is given any more.
     *
     * @return how many threads are giving an item, and are to be let go
     */
    int end() {
        OF.remove();
        lock.lock();
        try {
            returned = true;
            over = true;
            gave.clear();
            return giving.size();
        } finally {
            lock.unlock();
        }
    }

    /** The thread, and where it is: the outermost frame of its own code. */
    private static String name(Thread thread) {
        List<StackTraceElement> own = new ArrayList<>();
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (!Interrupter.isOfTheJdk(frame)) {
                own.add(frame);
            }
        }
        String name = thread.getName().isEmpty() ? "#" + thread.threadId() : thread.getName();
        return "thread '" + name + "'" + (own.isEmpty() ? "" : " at " + own.getLast());
    }
}
