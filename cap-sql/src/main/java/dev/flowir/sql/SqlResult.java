package dev.flowir.sql;

import java.util.List;

/**
 * What a statement answered.
 *
 * @param rows its rows in order; none for a statement that answers none
 * @param meta what it did and took
 */
public record SqlResult(List<Row> rows, SqlMeta meta) {

    /** Copies the list. */
    public SqlResult {
        rows = List.copyOf(rows);
    }
}
