package dev.flowir.object;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The answer of a statement, read from the tables row by row while it is asked. It ends with its
 * last row, and with the turn, the transaction or the call of {@code outside} in which it was
 * asked: reading on is then refused with {@link ObjectFault#MISPLACED}.
 */
public interface ObjectRows {

    /** {@return names of the columns, in order; none for a statement that answers no rows} */
    List<String> columns();

    /** {@return how many rows the statement inserted, changed or deleted, by triggers too} */
    long written();

    /**
     * The next row.
     *
     * @param mapper makes a value of it
     * @param <T> what it becomes
     * @return empty when there is none
     */
    <T> Optional<T> next(Function<ObjectRow, T> mapper);

    /**
     * All further rows.
     *
     * @param mapper makes a value of each
     * @param <T> what it becomes
     * @return the values, in order
     */
    <T> List<T> toList(Function<ObjectRow, T> mapper);

    /**
     * The only row.
     *
     * @param mapper makes a value of it
     * @param <T> what it becomes
     * @return the value
     * @throws ObjectException {@link ObjectFault#NOT_ONE_ROW} when there is none, or more
     */
    <T> T one(Function<ObjectRow, T> mapper);
}
