package dev.flowir.object;

import org.jspecify.annotations.Nullable;

/**
 * The row that {@link ObjectRows} stands on, while its mapper looks at it. Columns count from 1.
 * Values are converted as SQLite converts them; of NULL, numbers are 0 and truth is false.
 */
public interface ObjectRow {

    /**
     * A whole number.
     *
     * @param column from 1
     * @return the number
     */
    long getLong(int column);

    /**
     * A whole number of 32 bits.
     *
     * @param column from 1
     * @return the number
     */
    default int getInt(int column) {
        return (int) getLong(column);
    }

    /**
     * A number.
     *
     * @param column from 1
     * @return the number
     */
    double getDouble(int column);

    /**
     * A truth value.
     *
     * @param column from 1
     * @return false for 0
     */
    default boolean getBoolean(int column) {
        return getLong(column) != 0;
    }

    /**
     * Text, or a number as text.
     *
     * @param column from 1
     * @return the text; null for NULL
     */
    @Nullable String getString(int column);

    /**
     * Bytes.
     *
     * @param column from 1
     * @return the bytes; null for NULL
     */
    byte @Nullable [] getBytes(int column);

    /**
     * The value as it is stored.
     *
     * @param column from 1
     * @return a {@link Long}, {@link Integer}, {@link Double}, {@link String} or {@code byte[]};
     *     null for NULL
     */
    @Nullable Object getObject(int column);
}
