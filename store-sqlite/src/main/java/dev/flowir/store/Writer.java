package dev.flowir.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. It takes waiting transactions in order, runs each in a savepoint,
 * commits the group, and only then answers.
 */
final class Writer {

    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

    /**
     * A group that has run this long takes no further transaction, so that nobody waits for a full
     * one. On a slow disk it may run as long as the last commit took: who waits for that anyway
     * waits less when more share it.
     */
    private static final long GROUP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** However slow the disk was, no group runs longer before it takes no more. */
    private static final long MOST_GROUP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final Job<Boolean> STOP = Job.writing(tx -> true);

    private final Statements statements;
    private final Optional<FileIdentity> file;
    private final StoreOptions options;
    private final DeferredKeys deferredKeys = new DeferredKeys();
    private final ArrayBlockingQueue<Job<?>> queue;
    private final StoreThread thread;
    private final Consumer<StoreException> damaged;

    private long groupNanos = GROUP_NANOS;
    private volatile boolean wholeGroups;
    private volatile @Nullable Job<?> running;
    private volatile boolean stopped;
    private volatile @Nullable StoreException broken;

    final LongAdder committed = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder commits = new LongAdder();

    Writer(
            Store store,
            Statements statements,
            Optional<FileIdentity> file,
            StoreOptions options,
            Consumer<StoreException> damaged) {
        this.statements = statements;
        this.file = file;
        this.options = options;
        this.damaged = damaged;
        this.queue = new ArrayBlockingQueue<>(options.writeBound());
        this.thread = new StoreThread(store, "flowir-store-writer", this::work);
    }

    /** For tests about groups: however busy the machine is, no group ends because it is late. */
    void keepGroupsWhole() {
        wholeGroups = true;
    }

    void start() {
        thread.start();
    }

    /** False for a store that nothing is written to. */
    boolean isStarted() {
        return thread.getState() != Thread.State.NEW;
    }

    int queued() {
        return queue.size();
    }

    /** Queues a job; false when there was no room in time. */
    boolean offer(Job<?> job, Duration wait) throws InterruptedException {
        if (!queue.offer(job)
                && !(wait.isPositive() && queue.offer(job, wait.toNanos(), TimeUnit.NANOSECONDS))) {
            return false;
        }
        // The writer may have ended between the caller's look and the offer.
        if (stopped && queue.remove(job)) {
            job.outcome().completeExceptionally(closed());
        }
        return true;
    }

    /** Gives the place of a withdrawn job free. */
    void forget(Job<?> job) {
        queue.remove(job);
    }

    /**
     * Finishes what is queued, then ends.
     *
     * @return false when a transaction does not end; its connection must stay open then
     */
    boolean stop() throws InterruptedException {
        queue.put(STOP);
        if (thread.join(options.closeWait().plusMillis(1))) {
            return true;
        }
        Job<?> stuck = running;
        if (stuck != null) {
            stuck.giveUp(StoreFault.CLOSED);
        }
        thread.interrupt();
        return thread.join(options.closeWait().plus(Readers.CANCEL_WAIT));
    }

    private void work() {
        boolean stopping = false;
        while (!stopping || !queue.isEmpty()) {
            Job<?> job;
            try {
                job = queue.take();
            } catch (InterruptedException e) {
                continue; // meant for work that has ended; the store is stopped by its own sign
            }
            if (job == STOP) {
                stopping = true;
            } else {
                stopping |= group(job);
            }
        }
        stopped = true;
        for (Job<?> late = queue.poll(); late != null; late = queue.poll()) {
            late.outcome().completeExceptionally(closed());
        }
    }

    /** Runs a group that starts with {@code first}; true when it met the sign to stop. */
    private boolean group(Job<?> first) {
        Group group = new Group(this, statements, options.clock());
        @Nullable Job<?> job = first;
        boolean stop = false;
        boolean begun = false;
        int bound = options.groupBound();
        long started = System.nanoTime();
        while (job != null) {
            if (job == STOP) {
                stop = true;
                break;
            }
            if (!job.writes()) {
                // A read of a store in memory: it must not see what is not committed.
                if (begun) {
                    finish(group);
                    begun = false;
                }
                read(job);
            } else if (job.start()) {
                if (!begun) {
                    if (!begin(job)) {
                        return stop;
                    }
                    begun = true;
                    bound = deferredKeys.present(statements) ? 1 : options.groupBound();
                }
                if (!group.stage(job)) {
                    return stop;
                }
            }
            boolean late = System.nanoTime() - started > groupNanos && !wholeGroups;
            boolean full = group.size() >= bound || late;
            job = full ? null : queue.poll();
        }
        if (begun) {
            finish(group);
        }
        return stop;
    }

    private boolean begin(Job<?> job) {
        StoreException wrong = broken;
        if (wrong != null) {
            fail(job, readOnly(wrong));
            return false;
        }
        try {
            statements.often("BEGIN IMMEDIATE");
            return true;
        } catch (SQLException e) {
            StoreException failure = Faults.of("beginning a transaction", e);
            if (Faults.isDamage(failure.fault())) {
                breakDown(failure);
            }
            fail(job, failure);
            return false;
        }
    }

    /** Commits, and answers everybody in the group. */
    private void finish(Group group) {
        if (!group.endShared()) {
            return;
        }
        List<Group.Staged<?>> staged = group.staged();
        if (file.isPresent() && !file.get().isStillThere()) {
            commitFailed(
                    group,
                    new StoreException(
                            StoreFault.IO, "the file was deleted or replaced while it was open"));
            return;
        }
        long began = System.nanoTime();
        try {
            statements.often("COMMIT");
        } catch (SQLException e) {
            commitFailed(group, Faults.of("committing", e));
            return;
        }
        groupNanos = Math.clamp(System.nanoTime() - began, GROUP_NANOS, MOST_GROUP_NANOS);
        if (!staged.isEmpty()) {
            commits.increment();
        }
        for (Group.Staged<?> one : staged) {
            committed.increment();
            for (Runnable hook : one.hooks()) {
                try {
                    hook.run();
                } catch (Throwable e) { // the transaction is on the disk whatever its hook does
                    LOG.error("An after-commit hook failed; the transaction is committed", e);
                }
            }
            one.answerNow();
        }
        staged.clear();
    }

    private void commitFailed(Group group, StoreException cause) {
        group.rollback();
        List<Group.Staged<?>> staged = group.staged();
        boolean clean =
                cause.fault() == StoreFault.DISK_FULL
                        || cause.fault() == StoreFault.BUSY
                        || cause.fault() == StoreFault.CONSTRAINT;
        if (!clean) {
            breakDown(cause);
        }
        if (cause.fault() == StoreFault.CONSTRAINT && staged.size() > 1) {
            group.failStaged(cause); // a deferred constraint: whose is not known
            return;
        }
        for (Group.Staged<?> one : staged) {
            fail(
                    one.job(),
                    clean
                            ? new StoreException(
                                    cause.fault(),
                                    "the commit failed and nothing was written: " + cause.detail(),
                                    cause)
                            : new StoreException(
                                    StoreFault.COMMIT_FAILED,
                                    "the commit failed ("
                                            + cause.detail()
                                            + "); it counts as not written, but a restart may find"
                                            + " it written",
                                    cause));
        }
        staged.clear();
    }

    private <T> void read(Job<T> job) {
        if (!job.start()) {
            return;
        }
        Tx tx = new Tx(statements, options.clock(), job);
        mark(job, tx);
        try {
            tx.control("PRAGMA query_only=ON");
            T answer;
            try {
                answer = job.run(tx);
            } finally {
                tx.control("PRAGMA query_only=OFF");
            }
            job.outcome().complete(answer);
        } catch (Throwable e) { // the work's own errors too: the writer outlives them
            job.outcome().completeExceptionally(job.explained(e));
        } finally {
            unmark(tx);
        }
    }

    void mark(@Nullable Job<?> job, @Nullable Tx tx) {
        StoreThread.enter(tx);
        statements.belongTo(job);
        running = job;
    }

    void unmark(Tx tx) {
        tx.end();
        mark(null, null);
        // An interrupt was for this work; the next one starts without it.
        Thread.interrupted();
    }

    void fail(Job<?> job, Throwable failure) {
        failed.increment();
        job.outcome().completeExceptionally(failure);
    }

    /** SQLite gave up a group; after some reasons for that nothing more is written. */
    void ended(StoreException why) {
        if (Faults.isDamage(why.fault())) {
            breakDown(why);
        }
    }

    private void breakDown(StoreException failure) {
        if (broken == null) {
            broken = failure;
            LOG.error("The store stops writing; open it again after the cause is gone", failure);
            damaged.accept(failure);
        }
    }

    static StoreException readOnly(StoreException cause) {
        return new StoreException(
                StoreFault.READ_ONLY,
                "the store stopped writing after a failure, nothing was written; open it again"
                        + " after the cause is gone: "
                        + cause.detail(),
                cause);
    }

    static StoreException closed() {
        return new StoreException(StoreFault.CLOSED, "the store is closed; nothing was written");
    }
}
