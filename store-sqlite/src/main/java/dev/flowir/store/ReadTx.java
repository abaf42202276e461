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

    /** All rows of one statement. */
    <T> List<T> query(String sql, RowMapper<T> mapper, @Nullable Object... parameters);

    /** The first row, or nothing. */
    <T> Optional<T> first(String sql, RowMapper<T> mapper, @Nullable Object... parameters);

    /** Milliseconds since 1970 by the store's clock. */
    long nowMillis();
}
