package dev.flowir.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a statement, read row by row while it is asked. Ends with its last row, with the
 * transaction it was asked in, or when it is closed.
 */
public final class PagedRows implements AutoCloseable {

    private final PagedDatabase database;
    private final String text;
    private final PreparedStatement statement;
    private final List<String> columns;
    private final long written;
    private @Nullable ResultSet rows;
    private boolean cut;

    PagedRows(
            PagedDatabase database,
            String text,
            PreparedStatement statement,
            @Nullable ResultSet rows,
            long written)
            throws SQLException {
        this.database = database;
        this.text = text;
        this.statement = statement;
        this.rows = rows;
        this.columns = rows == null ? List.of() : names(rows.getMetaData());
        this.written = written;
    }

    private static List<String> names(ResultSetMetaData about) throws SQLException {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= about.getColumnCount(); i++) {
            names.add(about.getColumnLabel(i));
        }
        return List.copyOf(names);
    }

    /** {@return names of the columns, in order; none for a statement that answers no rows} */
    public List<String> columns() {
        return columns;
    }

    /** {@return how many rows it inserted, changed or deleted, by triggers too} */
    public long written() {
        return written;
    }

    /**
     * Goes to the next row, at first to the first one.
     *
     * @return false when there is none
     * @throws StoreException when the statement fails there, or its transaction is over
     */
    public boolean next() {
        synchronized (database) {
            ResultSet open = rows;
            if (open == null) {
                if (cut) {
                    throw new StoreException(
                            StoreFault.MISPLACED,
                            "this answer was closed, or its transaction is over; ask again");
                }
                return false;
            }
            try {
                if (open.next()) {
                    return true;
                }
            } catch (SQLException e) {
                StoreException failure = database.failed(text, e);
                give(false);
                throw failure;
            }
            give(true);
            return false;
        }
    }

    /**
     * Looks at the row that it is at.
     *
     * @param mapper makes a value of it
     * @param <T> what it becomes
     * @return the value
     */
    public <T> T row(RowMapper<T> mapper) {
        synchronized (database) {
            ResultSet open = rows;
            if (open == null) {
                throw new StoreException(
                        StoreFault.MISPLACED,
                        "there is no row: call next() first, in its transaction");
            }
            try {
                return mapper.map(open);
            } catch (SQLException e) {
                throw Faults.of(Statements.shorten(text), e);
            }
        }
    }

    private void give(boolean reusable) {
        rows = null;
        database.giveBack(this, text, statement, reusable);
    }

    /** Ends it early; does nothing when it has ended. */
    @Override
    public void close() {
        synchronized (database) {
            ResultSet open = rows;
            if (open != null) {
                cut = true;
                give(PagedDatabase.closeQuietly(open));
            }
        }
    }
}
