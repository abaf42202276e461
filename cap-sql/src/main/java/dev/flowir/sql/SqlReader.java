package dev.flowir.sql;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A database that a node may read. Every read sees all acknowledged writes.
 *
 * <p>Parameters are positional: {@code null}, {@link String}, {@code byte[]}, {@link Boolean}
 * (stored as 1 or 0), {@link Long}, {@link Integer}, {@link Short}, {@link Byte}, {@link Double}
 * and {@link Float}; others are refused as {@link SqlFault#TYPE}. A read that fails on a passing
 * fault is tried up to three times.
 *
 * <p>Every failure is an {@link SqlException}.
 */
public interface SqlReader {

    /**
     * All rows, with what the statement took.
     *
     * @param sql one statement with {@code ?} for each parameter
     * @param parameters values in order of their question marks
     * @return rows and figures
     */
    SqlResult all(String sql, @Nullable Object... parameters);

    /**
     * All rows, each made into a value.
     *
     * @param sql one statement with {@code ?} for each parameter
     * @param mapper makes a value of a row
     * @param parameters values in order of their question marks
     * @param <T> what a row becomes
     * @return the values in the order of the rows
     */
    <T> List<T> query(String sql, Function<Row, T> mapper, @Nullable Object... parameters);

    /**
     * The first row.
     *
     * @param sql one statement with {@code ?} for each parameter
     * @param parameters values in order of their question marks
     * @return empty when there is no row
     */
    Optional<Row> first(String sql, @Nullable Object... parameters);

    /**
     * The limits that statements are held to, for {@link Sql#bindMany}.
     *
     * @return the profile of the binding
     */
    SqlLimits limits();
}
