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

    /**
     * {@return the value of the current row} Must not move or close {@code row}.
     *
     * @param row stands on the row
     * @throws SQLException when the row cannot be read
     */
    T map(ResultSet row) throws SQLException;
}
