package dev.flowir.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Read connections, each used by one platform thread at a time: a native call would pin the carrier
 * of a virtual thread, and a caller that waits here can be interrupted while SQLite works.
 */
final class Readers {

    private static final Logger LOG = LoggerFactory.getLogger(Readers.class);

    private final Connections connections;
    private final StoreOptions options;
    private final ThreadPoolExecutor threads;
    private final ConcurrentLinkedQueue<Reader> idle = new ConcurrentLinkedQueue<>();
    private final ConcurrentHashMap<Job<?>, Reader> busy = new ConcurrentHashMap<>();

    private static final class Reader {
        final Statements statements;
        final ReentrantLock interrupting = new ReentrantLock();
        @Nullable Job<?> running; // guarded by interrupting

        Reader(Statements statements) {
            this.statements = statements;
        }

        void mark(@Nullable Job<?> job) {
            interrupting.lock();
            try {
                running = job;
            } finally {
                interrupting.unlock();
            }
        }

        void interrupt(Job<?> job) {
            interrupting.lock();
            try {
                if (running == job) {
                    statements.interrupt();
                }
            } catch (SQLException e) {
                LOG.warn("A read could not be cancelled; it runs to its end", e);
            } finally {
                interrupting.unlock();
            }
        }
    }

    private final class Task implements Runnable {
        private final Job<?> job;

        Task(Job<?> job) {
            this.job = job;
        }

        @Override
        public void run() {
            read(job);
        }
    }

    Readers(Store store, Connections connections, StoreOptions options) {
        this.connections = connections;
        this.options = options;
        AtomicInteger number = new AtomicInteger();
        this.threads =
                new ThreadPoolExecutor(
                        options.readers(),
                        options.readers(),
                        0,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(options.readBound()),
                        body ->
                                new StoreThread(
                                        store,
                                        "flowir-store-read-" + number.incrementAndGet(),
                                        body));
    }

    /** Queues a read; false when there is no room. */
    boolean offer(Job<?> job) {
        try {
            threads.execute(new Task(job));
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Stops what runs for {@code job}. */
    void interrupt(Job<?> job) {
        Reader reader = busy.get(job);
        if (reader != null) {
            reader.interrupt(job);
        }
    }

    private <T> void read(Job<T> job) {
        if (!job.start()) {
            return;
        }
        @Nullable Reader reader = null;
        try {
            Reader kept = idle.poll();
            reader = kept == null ? new Reader(connections.reader()) : kept;
            reader.mark(job);
            busy.put(job, reader);
            T answer = snapshot(job, reader.statements);
            job.outcome().complete(answer);
        } catch (Throwable e) { // the work's own errors too: the thread outlives them
            job.outcome().completeExceptionally(job.explained(e));
        } finally {
            busy.remove(job);
            if (reader != null) {
                reader.mark(null);
                idle.add(reader);
            }
        }
    }

    private <T> T snapshot(Job<T> job, Statements statements) throws Exception {
        Tx tx = new Tx(statements, options.clock(), job);
        StoreThread.enter(tx);
        tx.control("BEGIN");
        try {
            return job.run(tx);
        } finally {
            tx.end();
            StoreThread.enter(null);
            statements.control("ROLLBACK"); // nothing was written; it only ends the snapshot
        }
    }

    /**
     * Waits for running reads, then cancels them. A connection is closed only when nothing runs on
     * it: closing it under a query would crash the JVM.
     */
    void close() throws InterruptedException {
        threads.shutdown();
        if (!ended(options.closeWait())) {
            for (Job<?> job : List.copyOf(busy.keySet())) {
                job.giveUp(StoreFault.CLOSED);
                interrupt(job);
            }
            for (Runnable waiting : threads.shutdownNow()) {
                ((Task) waiting).job.outcome().completeExceptionally(Writer.closed());
            }
            if (!ended(options.closeWait())) {
                LOG.error(
                        "{} reads do not end; their connections stay open until the process ends",
                        busy.size());
            }
        }
        List<Reader> closing = new ArrayList<>();
        for (Reader one = idle.poll(); one != null; one = idle.poll()) {
            closing.add(one);
        }
        for (Reader one : closing) {
            try {
                one.statements.close();
            } catch (SQLException e) {
                LOG.warn("Closing a read connection failed", e);
            }
        }
    }

    private boolean ended(Duration wait) throws InterruptedException {
        return threads.awaitTermination(wait.toNanos(), TimeUnit.NANOSECONDS);
    }
}
