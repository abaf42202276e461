package dev.flowir.examples.tiletar;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Where bodies run whose processor time is to be known: on platform threads, since the JVM does not
 * tell that of a virtual one. Who uses up the budget of its archive is stopped in the middle.
 */
final class Processor implements AutoCloseable {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** A budget that is far away is looked at again after so long. */
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** One that is used up but for this much is looked at in this rhythm. */
    private static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final ExecutorService threads;

    /** Work on its thread, and the processor time of that thread before it. */
    private record Running(long thread, long beforeNanos) {
        long usedNanos() {
            return THREADS.getThreadCpuTime(thread) - beforeNanos;
        }
    }

    /**
     * Its threads.
     *
     * @param most how many work at a time
     */
    Processor(int most) {
        threads =
                Executors.newFixedThreadPool(
                        most, Thread.ofPlatform().name("tile-tar-", 0).daemon().factory());
    }

    /**
     * Does work on an account.
     *
     * @param node whose work it is
     * @throws LimitException when the account has nothing left; the work is interrupted
     */
    <T> T spend(Account account, String node, Callable<T> work) throws Exception {
        if (account.leftNanos() <= 0) {
            throw account.exceeded(node, 0);
        }
        CompletableFuture<Running> on = new CompletableFuture<>();
        Future<T> done = threads.submit(() -> measured(account, node, work, on));
        try {
            while (true) {
                long wait = Math.clamp(account.leftNanos(), LEAST_NANOS, LOOK_NANOS);
                try {
                    T result = done.get(wait, TimeUnit.NANOSECONDS);
                    if (account.leftNanos() < 0) {
                        throw account.exceeded(node, 0);
                    }
                    return result;
                } catch (TimeoutException still) {
                    long running = on.isDone() ? on.join().usedNanos() : 0;
                    if (running > account.leftNanos()) {
                        throw account.exceeded(node, running);
                    }
                }
            }
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Exception cause) {
                throw cause;
            }
            if (failed.getCause() instanceof Error cause) {
                throw cause;
            }
            throw failed;
        } finally {
            done.cancel(true);
        }
    }

    private static <T> T measured(
            Account account, String node, Callable<T> work, CompletableFuture<Running> on)
            throws Exception {
        long wall = System.nanoTime();
        long before = THREADS.getCurrentThreadCpuTime();
        on.complete(new Running(Thread.currentThread().threadId(), before));
        try {
            return work.call();
        } finally {
            account.add(node, THREADS.getCurrentThreadCpuTime() - before, System.nanoTime() - wall);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
