package dev.flowir.sql;

import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.store.SqlScript;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A database underneath: transactions and statements, without our rules. */
interface Engine {

    /** What stands in a provider's kind, for example {@code sql.sqlite}. */
    String kind();

    Descriptor descriptor();

    /** Whether the calling thread is inside a transaction of this database. */
    boolean inTransaction();

    /** Whether its transactions are those of {@code store}. */
    default boolean isIn(AutoCloseable store) {
        return false;
    }

    /** Statements that only read, on one consistent state. */
    <T, X extends Exception> T read(Work<T, X> work, Duration limit) throws X;

    /** One transaction; joins the one that the calling thread is inside of. */
    <T, X extends Exception> T write(Work<T, X> work, Duration limit) throws X;

    @FunctionalInterface
    interface Work<T, X extends Exception> {
        T run(Tx tx) throws X;
    }

    @FunctionalInterface
    interface Tx {
        Answer run(SqlScript.Statement statement, List<@Nullable Object> parameters, Fetch fetch);
    }

    /**
     * How many rows are taken.
     *
     * @param most this many
     * @param refusing the profile that refuses more; null to leave them
     */
    record Fetch(int most, @Nullable SqlLimits refusing) {

        static Fetch first() {
            return new Fetch(1, null);
        }

        static Fetch all(SqlLimits limits) {
            return new Fetch(limits.rows(), limits);
        }
    }

    record Answer(List<Row> rows, long changes, OptionalLong lastRowId) {}
}
