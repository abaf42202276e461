package dev.flowir.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConnection;

/**
 * A SQLite database of its own whose pages somebody else keeps: each commit answers the pages that
 * it changed, and a database is made again of all pages that were ever answered. Its file is
 * scratch, is never flushed, and is deleted when it is closed. One transaction at a time; methods
 * may be called by any thread, one waits for the other.
 */
public final class PagedDatabase implements AutoCloseable {

    /** {@value} bytes make a page. */
    public static final int PAGE_BYTES = 4096;

    private static final Logger LOG = LoggerFactory.getLogger(PagedDatabase.class);

    /** A log that is longer than this is emptied into the file before the next transaction. */
    private static final long MOST_LOG_BYTES = 4L << 20;

    private static final int CACHED_STATEMENTS = 32;

    private final Scratch scratch;
    private final PagedLimits limits;
    private final Connection connection;
    private final Statement control;
    private final PageLog log;
    private final LinkedHashMap<String, PreparedStatement> idle =
            new LinkedHashMap<>(16, 0.75f, true);
    private final Set<PagedRows> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean begun;
    private boolean closed;
    private boolean readOnly;
    private @Nullable StoreException doom;

    private PagedDatabase(Scratch scratch, PagedLimits limits, Connection connection, PageLog log)
            throws SQLException {
        this.scratch = scratch;
        this.limits = limits;
        this.connection = connection;
        this.control = connection.createStatement();
        this.log = log;
    }

    /**
     * Opens a database.
     *
     * @param scratch a file of its own, with room for others of that name and an ending beside it;
     *     what is there is deleted
     * @param maxBytes most bytes of its pages together
     * @param limits what its statements may hold
     * @param pagesAfter some of its pages by number, the next ones after the number given, which is
     *     0 at first; none at the end, and at once for a new database
     * @return the database
     * @throws StoreException {@link StoreFault#IO} when the scratch file cannot be used, {@link
     *     StoreFault#CORRUPT} when the pages are none of a database
     */
    public static PagedDatabase open(
            Path scratch,
            long maxBytes,
            PagedLimits limits,
            IntFunction<SortedMap<Integer, byte[]>> pagesAfter) {
        Scratch file = new Scratch(scratch);
        @Nullable Connection connection = null;
        try {
            file.delete();
            file.fill(pagesAfter);
            connection = file.connect(maxBytes, limits);
            PageLog log = new PageLog(file.log(), PAGE_BYTES);
            PagedDatabase opened = new PagedDatabase(file, limits, connection, log);
            opened.emptyLog();
            return opened;
        } catch (SQLException e) {
            closeQuietly(connection);
            throw Faults.of("opening " + scratch, e);
        } catch (IOException e) {
            closeQuietly(connection);
            throw file.unusable(e);
        }
    }

    // ---- transactions

    /** Begins a transaction, if none has begun. */
    public synchronized void begin() {
        ensureOpen();
        if (begun) {
            return;
        }
        try {
            if (log.bytes() > MOST_LOG_BYTES) {
                emptyLog();
            }
            control.execute("BEGIN");
            begun = true;
        } catch (SQLException e) {
            throw Faults.of("beginning a transaction", e);
        }
    }

    /** {@return true between {@link #begin} and {@link #commit} or {@link #rollback}} */
    public synchronized boolean isBegun() {
        return begun;
    }

    /**
     * Commits, and ends all answers that are read.
     *
     * @return the pages that changed, by number
     * @throws StoreException when a constraint refuses it; the transaction goes on then, and is to
     *     be rolled back
     */
    public synchronized Map<Integer, byte[]> commit() {
        ensureUsable();
        endRows();
        try {
            control.execute("COMMIT");
            begun = false;
            return log.takeCommitted();
        } catch (SQLException e) {
            throw Faults.of("committing", e);
        } catch (IOException e) {
            throw scratch.unusable(e);
        }
    }

    /** Undoes everything since {@link #begin}. */
    public synchronized void rollback() {
        if (!begun || closed) {
            return;
        }
        endRows();
        begun = false;
        boolean gone = doom != null;
        doom = null;
        if (!gone) {
            try {
                control.execute("ROLLBACK");
            } catch (SQLException e) {
                throw Faults.of("rolling back", e);
            }
        }
    }

    /**
     * Begins a part that can be undone alone.
     *
     * @param depth how many have begun already and not ended
     */
    public synchronized void savepoint(int depth) {
        ensureUsable();
        run("SAVEPOINT part_" + depth);
    }

    /**
     * Ends a part and keeps it.
     *
     * @param depth as it was begun with
     */
    public synchronized void release(int depth) {
        ensureUsable();
        run("RELEASE part_" + depth);
    }

    /**
     * Undoes a part.
     *
     * @param depth as it was begun with
     */
    public synchronized void undo(int depth) {
        if (closed || doom != null) {
            return; // nothing of it is left
        }
        endRows();
        run("ROLLBACK TO part_" + depth);
        run("RELEASE part_" + depth);
    }

    private void run(String sql) {
        try {
            control.execute(sql);
        } catch (SQLException e) {
            throw Faults.of(sql, e);
        }
    }

    /**
     * Refuses statements that write, until told otherwise.
     *
     * @param only whether it does
     */
    public synchronized void readOnly(boolean only) {
        ensureOpen();
        if (only != readOnly) {
            run("PRAGMA query_only=" + (only ? "ON" : "OFF"));
            readOnly = only;
        }
    }

    // ---- statements

    /**
     * Runs statements one after the other, inside the transaction that has begun.
     *
     * @param sql one or more statements, separated by semicolons
     * @param bindings values of the last one's question marks; those before it have none
     * @return the answer of the last one
     * @throws StoreException {@link StoreFault#NOT_ALLOWED} for a statement that begins or ends a
     *     transaction, attaches a file, sets something or makes a temporary table; else as SQLite
     *     refuses it
     */
    public synchronized PagedRows execute(String sql, @Nullable Object... bindings) {
        ensureUsable();
        PreparedStatement known = idle.remove(sql);
        if (known != null) {
            return execute(sql, known, bindings);
        }
        List<SqlScript.Statement> statements = SqlScript.parse(sql).statements();
        if (statements.isEmpty()) {
            throw new StoreException(StoreFault.SQL, "there is no statement in it");
        }
        statements.forEach(this::check);
        for (SqlScript.Statement one : statements.subList(0, statements.size() - 1)) {
            execute(one.text(), prepare(one.text())).close();
        }
        String last = statements.getLast().text();
        return execute(statements.size() == 1 ? sql : last, prepare(last), bindings);
    }

    private void check(SqlScript.Statement statement) {
        int bytes = statement.text().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > limits.maxStatementBytes()) {
            throw new StoreException(
                    StoreFault.TOO_BIG,
                    "statement too long: it has "
                            + bytes
                            + " bytes, the most is "
                            + limits.maxStatementBytes());
        }
        if (statement.isTransactional()) {
            throw new StoreException(
                    StoreFault.NOT_ALLOWED,
                    Statements.shorten(statement.text())
                            + ": whoever has the database begins and ends its transactions");
        }
        if (statement.keyword().equals("pragma") && !Pragmas.mayRun(statement.text())) {
            throw new StoreException(
                    StoreFault.NOT_ALLOWED,
                    Statements.shorten(statement.text()) + ": here a PRAGMA can only ask");
        }
        if (statement.keyword().equals("create")
                && statement.words().stream()
                        .limit(3)
                        .anyMatch(word -> word.equals("temp") || word.equals("temporary"))) {
            throw new StoreException(
                    StoreFault.NOT_ALLOWED,
                    Statements.shorten(statement.text()) + ": nothing keeps a temporary table");
        }
    }

    private PreparedStatement prepare(String text) {
        try {
            return connection.prepareStatement(text);
        } catch (SQLException e) {
            throw failed(text, e);
        }
    }

    private PagedRows execute(
            String text, PreparedStatement statement, @Nullable Object... bindings) {
        boolean answered = false;
        try {
            Statements.bind(
                    text,
                    statement,
                    statement.getParameterMetaData().getParameterCount(),
                    bindings);
            long before = changes();
            boolean answers = statement.execute();
            PagedRows rows =
                    new PagedRows(
                            this,
                            text,
                            statement,
                            answers ? statement.getResultSet() : null,
                            changes() - before);
            answered = true;
            if (answers) {
                open.add(rows);
            } else {
                giveBack(rows, text, statement, true);
            }
            return rows;
        } catch (SQLException e) {
            throw failed(text, e);
        } finally {
            if (!answered) {
                closeQuietly(statement); // the driver does not execute one again that failed
            }
        }
    }

    private long changes() throws SQLException {
        return connection.unwrap(SQLiteConnection.class).getDatabase().total_changes();
    }

    void giveBack(PagedRows rows, String text, PreparedStatement statement, boolean reusable) {
        open.remove(rows);
        if (!reusable || closed) {
            closeQuietly(statement);
            return;
        }
        PreparedStatement other = idle.put(text, statement);
        closeQuietly(other);
        if (idle.size() > CACHED_STATEMENTS) {
            closeQuietly(idle.pollFirstEntry().getValue());
        }
    }

    private void endRows() {
        List.copyOf(open).forEach(PagedRows::close);
    }

    /**
     * A failure as it is told. Some end the whole transaction, and a statement that followed would
     * then commit alone; so each is followed by the question whether the transaction is there.
     */
    StoreException failed(String text, SQLException cause) {
        StoreException failure = Faults.of(Statements.shorten(text), cause);
        if (begun && doom == null && !isInside()) {
            doom = failure;
        }
        return failure;
    }

    private boolean isInside() {
        try {
            control.execute("BEGIN");
            control.execute("ROLLBACK");
            return false;
        } catch (SQLException e) {
            return String.valueOf(e.getMessage()).contains("within a transaction");
        }
    }

    /** {@return the size of its pages together} */
    public synchronized long bytes() {
        ensureOpen();
        try (ResultSet answer = control.executeQuery("PRAGMA page_count")) {
            return answer.next() ? answer.getLong(1) * PAGE_BYTES : 0;
        } catch (SQLException e) {
            throw Faults.of("asking for the size", e);
        }
    }

    private void emptyLog() throws SQLException {
        try (ResultSet answer = control.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
            if (!answer.next() || answer.getLong(1) != 0) {
                throw new SQLException("somebody else uses the scratch file " + scratch.file());
            }
            log.emptied();
        }
    }

    // ---- its end

    private void ensureOpen() {
        if (closed) {
            throw new StoreException(StoreFault.CLOSED, "the database is closed");
        }
    }

    private void ensureUsable() {
        ensureOpen();
        if (doom != null) {
            throw new StoreException(
                    doom.fault(), "the transaction was rolled back: " + doom.detail(), doom);
        }
        if (!begun) {
            throw new StoreException(StoreFault.MISPLACED, "no transaction has begun");
        }
    }

    /** Ends everything and deletes the file; does nothing when that was done. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        endRows();
        closed = true;
        idle.values().forEach(PagedDatabase::closeQuietly);
        idle.clear();
        closeQuietly(control);
        closeQuietly(connection);
        closeQuietly(log);
        try {
            scratch.delete();
        } catch (IOException e) {
            LOG.warn("A scratch file stays until it is used again: {}", scratch.file(), e);
        }
    }

    /** Closing reports the last failure again, which was told already. */
    static boolean closeQuietly(@Nullable AutoCloseable one) {
        try {
            if (one != null) {
                one.close();
            }
            return true;
        } catch (Exception e) {
            LOG.debug("Closing after a failure", e);
            return false;
        }
    }
}
