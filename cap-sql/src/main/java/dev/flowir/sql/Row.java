package dev.flowir.sql;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * One row of an answer: values under the names of their columns. Of two columns with one name the
 * first is found. A column that is not there is refused as {@link SqlFault#COLUMN}, a value of
 * another kind as {@link SqlFault#TYPE}.
 *
 * @param columns names in the order of the statement
 * @param values one for each column
 */
public record Row(List<String> columns, List<SqlValue> values) {

    /** Copies the lists. */
    public Row {
        columns = List.copyOf(columns);
        values = List.copyOf(values);
    }

    /**
     * The value of a column, whatever its kind.
     *
     * @param column its name, exactly
     * @return the value; {@link SqlValue.Null} for NULL
     */
    public SqlValue value(String column) {
        int at = columns.indexOf(column);
        if (at < 0) {
            throw new SqlException(
                    SqlFault.COLUMN, "Column not found (" + column + "); there are " + columns);
        }
        return values.get(at);
    }

    /**
     * Whether a column is NULL.
     *
     * @param column its name, exactly
     * @return true for NULL
     */
    public boolean isNull(String column) {
        return value(column) instanceof SqlValue.Null;
    }

    /**
     * Text, or a number as text.
     *
     * @param column its name, exactly
     * @return the text
     */
    public String text(String column) {
        return switch (value(column)) {
            case SqlValue.Text(String text) -> text;
            case SqlValue.Whole(long number) -> Long.toString(number);
            case SqlValue.Real(double number) -> Double.toString(number);
            case SqlValue other -> throw mismatch(column, other, "text");
        };
    }

    /**
     * A whole number.
     *
     * @param column its name, exactly
     * @return the number
     */
    public long whole(String column) {
        return switch (value(column)) {
            case SqlValue.Whole(long number) -> number;
            case SqlValue other -> throw mismatch(column, other, "a whole number");
        };
    }

    /**
     * A number, whole or not.
     *
     * @param column its name, exactly
     * @return the number
     */
    public double real(String column) {
        return switch (value(column)) {
            case SqlValue.Real(double number) -> number;
            case SqlValue.Whole(long number) -> number;
            case SqlValue other -> throw mismatch(column, other, "a number");
        };
    }

    /**
     * A truth value: false for 0, true for other whole numbers.
     *
     * @param column its name, exactly
     * @return the truth value
     */
    public boolean truth(String column) {
        return whole(column) != 0;
    }

    /**
     * Bytes.
     *
     * @param column its name, exactly
     * @return the bytes; not copied
     */
    public byte[] bytes(String column) {
        return switch (value(column)) {
            case SqlValue.Bytes(byte[] bytes) -> bytes;
            case SqlValue other -> throw mismatch(column, other, "bytes");
        };
    }

    /**
     * A value that may be NULL, for example {@code row.optional("due", Row::whole)}.
     *
     * @param column its name, exactly
     * @param read how to read it when it is not NULL
     * @param <T> what it is read as
     * @return empty for NULL
     */
    public <T> Optional<T> optional(String column, BiFunction<Row, String, T> read) {
        return isNull(column) ? Optional.empty() : Optional.of(read.apply(this, column));
    }

    private static SqlException mismatch(String column, SqlValue value, String wanted) {
        String kind =
                switch (value) {
                    case SqlValue.Null() -> "NULL; read it with optional(...)";
                    case SqlValue.Whole whole -> "a whole number";
                    case SqlValue.Real real -> "a number with a fraction";
                    case SqlValue.Text text -> "text";
                    case SqlValue.Bytes bytes -> "bytes";
                };
        return new SqlException(
                SqlFault.TYPE, "column " + column + " was read as " + wanted + " but is " + kind);
    }
}
