package dev.flowir.store;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How a caller waits for its job, and gives it up. */
final class Outcomes {

    /** Stands for no limit of time. */
    static final Duration NO_LIMIT = Duration.ZERO;

    private Outcomes() {}

    @SuppressWarnings("unchecked") // checked exceptions of work are X by its signature
    static <T, X extends Exception> T await(Job<T> job, Duration limit, Consumer<Job<?>> withdraw)
            throws X {
        boolean interrupted = false;
        long deadline = System.nanoTime() + limit.toNanos();
        boolean limited = !limit.equals(NO_LIMIT);
        try {
            while (true) {
                try {
                    return limited
                            ? job.outcome().get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)
                            : job.outcome().get();
                } catch (InterruptedException e) {
                    interrupted = true;
                    giveUp(job, StoreFault.WITHDRAWN, withdraw);
                } catch (TimeoutException e) {
                    limited = false;
                    giveUp(job, StoreFault.TIMED_OUT, withdraw);
                } catch (ExecutionException e) {
                    throw (X) checked(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Returns only for a write that runs: its caller must wait to know what became of it. */
    private static void giveUp(Job<?> job, StoreFault because, Consumer<Job<?>> withdraw) {
        boolean withdrawn = job.giveUp(because);
        if (withdrawn) {
            withdraw.accept(job);
        }
        if (withdrawn || !job.writes()) {
            throw job.abandoned();
        }
    }

    /** What the work threw, when it is a checked exception; others are thrown on. */
    private static Exception checked(@Nullable Throwable thrown) {
        return switch (thrown) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Exception e -> e;
            case null, default -> new IllegalStateException("failed without a reason", thrown);
        };
    }
}
