package dev.flowir.store;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A consistent view of the store, valid inside the work it was handed to and on its thread.
 *
 * <p>Parameters are positional: {@code null}, {@link String}, {@code byte[]}, {@link Boolean} (as 1
 * or 0), {@link Integer}, {@link Long}, {@link Short}, {@link Byte}, {@link Double} and {@link
 * Float}. Every failure is a {@link StoreException}.
 */
public interface ReadTx {

    /**
     * {@return all rows of one statement}
     *
     * @param <T> what a row becomes
     * @param sql one statement with {@code ?} for each parameter
     * @param mapper makes a value of a row
     * @param parameters values in order of their question marks
     */
    <T> List<T> query(String sql, RowMapper<T> mapper, @Nullable Object... parameters);

    /**
     * {@return the first row, or nothing}
     *
     * @param <T> what a row becomes
     * @param sql one statement with {@code ?} for each parameter
     * @param mapper makes a value of a row
     * @param parameters values in order of their question marks
     */
    <T> Optional<T> first(String sql, RowMapper<T> mapper, @Nullable Object... parameters);

    /** {@return milliseconds since 1970 by the store's clock} */
    long nowMillis();
}
