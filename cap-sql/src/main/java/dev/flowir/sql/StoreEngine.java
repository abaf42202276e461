package dev.flowir.sql;

import dev.flowir.ir.Guarantee;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.store.ReadTx;
import dev.flowir.store.SqlScript;
import dev.flowir.store.Store;
import dev.flowir.store.StoreException;
import dev.flowir.store.StoreFault;
import dev.flowir.store.WriteTx;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** SQLite in the embedded store. */
final class StoreEngine implements Engine {

    /** {@code SQLITE_CONSTRAINT_UNIQUE} is shown as {@code SQLITE_CONSTRAINT}, as D1 does. */
    private static final Pattern PRIMARY = Pattern.compile("SQLITE_[A-Z]+");

    private final Store store;

    StoreEngine(Store store) {
        this.store = store;
    }

    @Override
    public String kind() {
        return store.isDurable() ? "sql.sqlite" : "sql.memory";
    }

    @Override
    public Descriptor descriptor() {
        return new Descriptor(
                Descriptor.Consistency.STRONG,
                store.isDurable() ? Descriptor.Durability.LOCAL_DISK : Descriptor.Durability.NONE,
                Descriptor.Ttl.NONE,
                Descriptor.Order.NONE,
                Set.of(Guarantee.SHARED_TRANSACTION, Guarantee.COMPARE_AND_SET));
    }

    @Override
    public boolean isIn(AutoCloseable other) {
        return store.equals(other);
    }

    @Override
    public boolean inTransaction() {
        return store.inTransaction();
    }

    @Override
    public <T, X extends Exception> T read(Work<T, X> work, Duration limit) throws X {
        try {
            return store.<T, X>read(
                    tx ->
                            work.run((statement, parameters, fetch) ->
                                    new Answer(
                                            rows(tx, statement, parameters, fetch).rows(),
                                            0,
                                            OptionalLong.empty())),
                    limit);
        } catch (StoreException e) {
            throw translated(e);
        }
    }

    @Override
    public <T, X extends Exception> T write(Work<T, X> work, Duration limit) throws X {
        try {
            return store.<T, X>write(
                    tx ->
                            work.run((statement, parameters, fetch) ->
                                    change(tx, statement, parameters, fetch)),
                    limit);
        } catch (StoreException e) {
            throw translated(e);
        }
    }

    private static Answer change(
            WriteTx tx,
            SqlScript.Statement statement,
            List<@Nullable Object> parameters,
            Fetch fetch) {
        long before = count(tx, "SELECT total_changes()");
        RowReader rows = rows(tx, statement, parameters, fetch);
        boolean changed = count(tx, "SELECT total_changes()") != before;
        return new Answer(
                rows.rows(),
                changed ? count(tx, "SELECT changes()") : 0,
                OptionalLong.of(count(tx, "SELECT last_insert_rowid()")));
    }

    private static long count(ReadTx tx, String sql) {
        return tx.first(sql, row -> row.getLong(1)).orElse(0L);
    }

    private static RowReader rows(
            ReadTx tx,
            SqlScript.Statement statement,
            List<@Nullable Object> parameters,
            Fetch fetch) {
        RowReader reader = new RowReader(fetch);
        try {
            if (fetch.refusing() == null && fetch.most() == 1) {
                tx.first(statement.text(), reader::take, parameters.toArray());
            } else {
                tx.query(statement.text(), reader::take, parameters.toArray());
            }
            return reader;
        } catch (StoreException e) {
            throw translated(e);
        }
    }

    private static SqlException translated(StoreException e) {
        SqlFault fault =
                switch (e.fault()) {
                    case CONSTRAINT -> SqlFault.CONSTRAINT;
                    case TOO_BIG -> SqlFault.LIMIT;
                    case NOT_ALLOWED, MISPLACED -> SqlFault.REFUSED;
                    case PARAMETER, SQL -> SqlFault.STATEMENT;
                    case FULL, BUSY, GROUP_ROLLED_BACK -> SqlFault.OVERLOADED;
                    case TIMED_OUT -> SqlFault.TIMED_OUT;
                    case WITHDRAWN -> SqlFault.INTERRUPTED;
                    case DISK_FULL -> SqlFault.DISK_FULL;
                    case COMMIT_FAILED -> SqlFault.UNKNOWN_OUTCOME;
                    default -> SqlFault.UNAVAILABLE;
                };
        return new SqlException(fault, text(e), e);
    }

    private static String text(StoreException e) {
        if (e.fault() == StoreFault.FULL) {
            return "D1 DB is overloaded. Requests queued for too long. (" + e.detail() + ")";
        }
        if (e.fault() == StoreFault.PARAMETER) {
            return "Wrong number of parameter bindings for SQL query. (" + e.detail() + ")";
        }
        if (e.sqliteText().isEmpty()) {
            return e.detail();
        }
        Matcher primary = PRIMARY.matcher(e.sqliteName().orElse(""));
        return e.sqliteText().get() + (primary.find() ? ": " + primary.group() : "");
    }
}
