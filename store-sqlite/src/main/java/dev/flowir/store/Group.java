package dev.flowir.store;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions that will share a commit. Each runs in a savepoint, so that one that fails leaves
 * the others alone; those that may run again share one, and get their own when one of them fails.
 * Belongs to the writer's thread.
 */
final class Group {

    private static final Logger LOG = LoggerFactory.getLogger(Group.class);

    /** A transaction that keeps the writer longer than this is named in the log. */
    private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Writer writer;
    private final Statements statements;
    private final InstantSource clock;
    private final List<Staged<?>> staged = new ArrayList<>();

    /** Those that ran in the shared savepoint, which is open while there are any. */
    private final List<Staged<?>> sharing = new ArrayList<>();

    /** What undoes a transaction that fails. */
    private enum Savepoint {
        ALONE("entry"),
        SHARED("shared");

        final String name;
        final String begin;
        final String end;

        Savepoint(String name) {
            this.name = name;
            this.begin = "SAVEPOINT " + name;
            this.end = "RELEASE " + name;
        }
    }

    /** A transaction that waits for the commit. */
    record Staged<T>(Job<T> job, T answer, List<Runnable> hooks) {
        void answerNow() {
            job.outcome().complete(answer);
        }
    }

    /** How a transaction went: not at all when both are null. */
    private record Went(@Nullable Throwable failure, @Nullable StoreException doom) {}

    Group(Writer writer, Statements statements, InstantSource clock) {
        this.writer = writer;
        this.statements = statements;
        this.clock = clock;
    }

    /** Those that wait for the commit, but for those that share a savepoint still. */
    List<Staged<?>> staged() {
        return staged;
    }

    int size() {
        return staged.size() + sharing.size();
    }

    /** Runs one transaction; false when SQLite gave up the whole group. */
    boolean stage(Job<?> job) {
        if (job.isRepeatable()) {
            return share(job);
        }
        return endShared() && alone(job);
    }

    private boolean alone(Job<?> job) {
        return ended(job, run(job, Savepoint.ALONE));
    }

    private boolean share(Job<?> job) {
        Went went = run(job, Savepoint.SHARED);
        boolean undone = went.failure() != null && went.doom() == null;
        return undone ? again(job) : ended(job, went);
    }

    /** Tells a transaction that failed; false when the whole group did. */
    private boolean ended(Job<?> job, Went went) {
        StoreException doom = went.doom();
        if (doom != null) {
            abandon(doom);
        }
        Throwable failure = went.failure();
        if (failure != null) {
            writer.fail(job, job.explained(failure));
        }
        return doom == null;
    }

    /** The shared savepoint was undone: all that ran in it, and who failed, run by themselves. */
    private boolean again(Job<?> failed) {
        List<Job<?>> jobs = new ArrayList<>();
        sharing.forEach(one -> jobs.add(one.job()));
        jobs.add(failed);
        sharing.clear();
        for (int i = 0; i < jobs.size(); i++) {
            Job<?> job = jobs.get(i);
            Went went = run(job, Savepoint.ALONE);
            StoreException doom = went.doom();
            ended(job, went);
            if (doom != null) {
                failNeighbours(jobs.subList(i + 1, jobs.size()), doom);
                return false;
            }
        }
        return true;
    }

    /** Keeps what the shared savepoint holds; false when SQLite gave up the whole group. */
    boolean endShared() {
        if (sharing.isEmpty()) {
            return true;
        }
        try {
            statements.often(Savepoint.SHARED.end);
        } catch (SQLException e) {
            abandon(Faults.of("ending a savepoint", e));
            return false;
        }
        staged.addAll(sharing);
        sharing.clear();
        return true;
    }

    private <T> Went run(Job<T> job, Savepoint savepoint) {
        boolean shared = savepoint == Savepoint.SHARED;
        Tx tx = new Tx(statements, clock, job);
        long started = System.nanoTime();
        @Nullable Throwable failure = null;
        writer.mark(job, tx);
        try {
            if (!shared || sharing.isEmpty()) {
                tx.often(savepoint.begin);
            }
            T answer = job.run(tx);
            tx.ensureUsable();
            if (!shared) {
                tx.often(savepoint.end);
            }
            (shared ? sharing : staged).add(new Staged<>(job, answer, tx.end()));
        } catch (Throwable e) { // the work's own errors too: the writer outlives them
            failure = e;
            tx.undo(savepoint.name);
        } finally {
            writer.unmark(tx);
        }
        warnWhenSlow(job, System.nanoTime() - started);
        return new Went(failure, tx.doom());
    }

    // ---- the end of all

    private void abandon(StoreException doom) {
        rollback();
        writer.ended(doom);
        staged.addAll(sharing);
        sharing.clear();
        failStaged(doom);
    }

    void failStaged(StoreException doom) {
        failNeighbours(staged.stream().<Job<?>>map(Staged::job).toList(), doom);
        staged.clear();
    }

    private void failNeighbours(List<Job<?>> jobs, StoreException doom) {
        for (Job<?> job : jobs) {
            writer.fail(
                    job,
                    new StoreException(
                            StoreFault.GROUP_ROLLED_BACK,
                            "a neighbour in the same commit ended it ("
                                    + doom.detail()
                                    + "); nothing was written, try again",
                            doom));
        }
    }

    void rollback() {
        try {
            statements.control("ROLLBACK");
        } catch (SQLException e) {
            // SQLite may have rolled back by itself already, which is what we want.
            LOG.debug("Nothing to roll back", e);
        }
    }

    private static void warnWhenSlow(Job<?> job, long nanos) {
        if (nanos > SLOW_NANOS) {
            LOG.warn(
                    "A transaction kept the only writer for {} ms: {}",
                    TimeUnit.NANOSECONDS.toMillis(nanos),
                    job.name());
        }
    }
}
