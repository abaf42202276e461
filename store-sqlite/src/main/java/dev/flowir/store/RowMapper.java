package dev.flowir.store;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Makes a value of the row that a result stands on.
 *
 * @param <T> what a row becomes; never null
 */
@FunctionalInterface
public interface RowMapper<T> {

    /** The value of the current row. Must not move or close {@code row}. */
    T map(ResultSet row) throws SQLException;
}
