package dev.flowir.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a piece of work holds: the statements of a connection, guarded against use from another
 * thread, after the end, and after SQLite gave up the transaction below it.
 */
final class Tx implements WriteTx {

    private final Statements statements;
    private final InstantSource clock;
    private final Job<?> job;
    private final Thread thread = Thread.currentThread();
    private final List<Runnable> hooks = new ArrayList<>();
    private int depth;
    private int readers;
    private boolean over;
    private @Nullable StoreException doom;

    Tx(Statements statements, InstantSource clock, Job<?> job) {
        this.statements = statements;
        this.clock = clock;
        this.job = job;
    }

    @Override
    public <T> List<T> query(String sql, RowMapper<T> mapper, @Nullable Object... parameters) {
        ensureUsable();
        try {
            return statements.query(sql, mapper, parameters);
        } catch (StoreException e) {
            throw examined(e);
        }
    }

    @Override
    public <T> Optional<T> first(String sql, RowMapper<T> mapper, @Nullable Object... parameters) {
        ensureUsable();
        try {
            return statements.first(sql, mapper, parameters);
        } catch (StoreException e) {
            throw examined(e);
        }
    }

    @Override
    public Change run(String sql, @Nullable Object... parameters) {
        ensureUsable();
        try {
            return statements.run(sql, parameters);
        } catch (StoreException e) {
            throw examined(e);
        }
    }

    @Override
    public long change(String sql, @Nullable Object... parameters) {
        ensureUsable();
        try {
            return statements.change(sql, parameters);
        } catch (StoreException e) {
            throw examined(e);
        }
    }

    @Override
    public void afterCommit(Runnable hook) {
        ensureUsable();
        hooks.add(hook);
    }

    @Override
    public long nowMillis() {
        return clock.millis();
    }

    /** Work that joins this transaction: a savepoint of its own, kept or undone as a whole. */
    <T, X extends Exception> T nested(WriteWork<T, X> work) throws X {
        ensureUsable();
        if (readers > 0 || !job.writes()) {
            throw new StoreException(
                    StoreFault.MISPLACED, "a write inside a read; open one write for both");
        }
        String savepoint = "nested_" + ++depth;
        int mark = hooks.size();
        control("SAVEPOINT " + savepoint);
        boolean kept = false;
        try {
            T answer = work.run(this);
            ensureUsable();
            control("RELEASE " + savepoint);
            kept = true;
            return answer;
        } finally {
            depth--;
            if (!kept) {
                hooks.subList(mark, hooks.size()).clear();
                undo(savepoint);
            }
        }
    }

    /** Reading that joins this transaction and sees its writes, but cannot add to them. */
    <T, X extends Exception> T nestedRead(ReadWork<T, X> work) throws X {
        ensureUsable();
        boolean guard = job.writes(); // the connection of a read is guarded already
        if (readers++ == 0 && guard) {
            control("PRAGMA query_only=ON");
        }
        try {
            return work.run(this);
        } finally {
            if (--readers == 0 && guard) {
                control("PRAGMA query_only=OFF");
            }
        }
    }

    /** Writes a copy of the snapshot. */
    boolean copyTo(Path target) {
        ensureUsable();
        try {
            statements.copyTo(target);
            return true;
        } catch (SQLException e) {
            throw new StoreException(
                    StoreFault.NOT_WRITABLE,
                    "the backup " + target + " failed: " + e.getMessage(),
                    e);
        }
    }

    /** Undoes a savepoint; when that cannot be done, the whole group is lost. */
    void undo(String savepoint) {
        if (doom != null) {
            return;
        }
        try {
            statements.control("ROLLBACK TO " + savepoint);
            statements.control("RELEASE " + savepoint);
        } catch (SQLException e) {
            doom = Faults.of("rolling back", e);
        }
    }

    /** As {@link #control}, for texts that stay prepared. */
    void often(String sql) {
        try {
            statements.often(sql);
        } catch (SQLException e) {
            throw examined(Faults.of(sql, e));
        }
    }

    void control(String sql) {
        try {
            statements.control(sql);
        } catch (SQLException e) {
            throw examined(Faults.of(sql, e));
        }
    }

    /** Why the transaction below is gone, if it is. */
    @Nullable StoreException doom() {
        return doom;
    }

    List<Runnable> end() {
        over = true;
        return hooks;
    }

    void ensureUsable() {
        if (!Thread.currentThread().equals(thread) || over) {
            throw new StoreException(
                    StoreFault.MISPLACED,
                    over
                            ? "this transaction is over; its handle is valid inside its work only"
                            : "a transaction belongs to the thread of its work");
        }
        if (doom != null) {
            throw new StoreException(
                    doom.fault(), "the transaction was rolled back: " + doom.detail(), doom);
        }
        job.ensureWanted();
    }

    /**
     * After some failures (disk full, I/O, ON CONFLICT ROLLBACK) SQLite itself rolls back the outer
     * transaction; a statement that followed would then commit alone. So every failure is followed
     * by the question whether a transaction is still there.
     */
    private StoreException examined(StoreException failure) {
        boolean reading = readers > 0 || !job.writes();
        if (reading && failure.fault() == StoreFault.NOT_WRITABLE) {
            return new StoreException(
                    StoreFault.NOT_ALLOWED, "a read cannot write: " + failure.detail(), failure);
        }
        if (doom != null || !job.writes()) {
            return failure;
        }
        boolean gone;
        try {
            statements.control("BEGIN");
            statements.control("ROLLBACK");
            gone = true;
        } catch (SQLException stillOpen) {
            gone = !String.valueOf(stillOpen.getMessage()).contains("within a transaction");
        }
        if (gone || Faults.isDamage(failure.fault())) {
            doom = failure;
        }
        return failure;
    }
}
