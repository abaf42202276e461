package dev.flowir.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Read connections, each used by one platform thread at a time: a native call would pin the carrier
 * of a virtual thread, and a caller that waits here can be interrupted while SQLite works.
 */
final class Readers {

    private static final Logger LOG = LoggerFactory.getLogger(Readers.class);

    /** How long a cancelled statement may take to notice. */
    static final Duration CANCEL_WAIT = Duration.ofSeconds(1);

    private final Connections connections;
    private final StoreOptions options;
    private final ThreadPoolExecutor threads;
    private final ConcurrentLinkedQueue<Statements> idle = new ConcurrentLinkedQueue<>();
    private final Set<Job<?>> busy = ConcurrentHashMap.newKeySet();

    private record Task(Readers readers, Job<?> job) implements Runnable {
        @Override
        public void run() {
            readers.read(job);
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
            threads.execute(new Task(this, job));
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Gives the place of a withdrawn job free. */
    void forget(Job<?> job) {
        threads.remove(new Task(this, job));
    }

    private <T> void read(Job<T> job) {
        if (!job.start()) {
            return;
        }
        @Nullable Statements reader = null;
        try {
            Statements kept = idle.poll();
            reader = kept == null ? connections.reader() : kept;
            reader.belongTo(job);
            busy.add(job);
            T answer = snapshot(job, reader);
            job.outcome().complete(answer);
        } catch (Throwable e) { // the work's own errors too: the thread outlives them
            job.outcome().completeExceptionally(job.explained(e));
        } finally {
            busy.remove(job);
            if (reader != null) {
                reader.belongTo(null);
                idle.add(reader);
                if (threads.isTerminating()) {
                    closeIdle(); // closing may have given up waiting for this read
                }
            }
        }
    }

    private <T> T snapshot(Job<T> job, Statements statements) throws Exception {
        Tx tx = new Tx(statements, options.clock(), job);
        StoreThread.enter(tx);
        tx.often("BEGIN");
        try {
            return job.run(tx);
        } finally {
            tx.end();
            StoreThread.enter(null);
            statements.often("ROLLBACK"); // nothing was written; it only ends the snapshot
        }
    }

    /**
     * Waits for running reads, then cancels them. A connection is closed only when nothing runs on
     * it: closing it under a query would crash the JVM.
     */
    void close() throws InterruptedException {
        threads.shutdown();
        if (!ended(options.closeWait())) {
            busy.forEach(job -> job.giveUp(StoreFault.CLOSED));
            for (Runnable waiting : threads.shutdownNow()) {
                ((Task) waiting).job().outcome().completeExceptionally(Writer.closed());
            }
            if (!ended(options.closeWait().plus(CANCEL_WAIT))) {
                LOG.error(
                        "{} reads do not end; their connections stay open until they do",
                        busy.size());
            }
        }
        closeIdle();
    }

    private void closeIdle() {
        for (Statements one = idle.poll(); one != null; one = idle.poll()) {
            try {
                one.close();
            } catch (SQLException e) {
                LOG.warn("Closing a read connection failed", e);
            }
        }
    }

    private boolean ended(Duration wait) throws InterruptedException {
        return threads.awaitTermination(wait.toNanos(), TimeUnit.NANOSECONDS);
    }
}
