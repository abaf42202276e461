package dev.flowir.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A database that a node may read and write. Each call is one transaction, answered after its
 * commit; there are no interactive ones: BEGIN is refused. Nothing is kept of an attempt that was
 * given up before its commit.
 */
public interface SqlWriter extends SqlReader {

    /**
     * One statement.
     *
     * @param sql one statement with {@code ?} for each parameter
     * @param parameters values in order of their question marks
     * @return what it did; rows that it answers are dropped, see {@link #all}
     */
    SqlMeta run(String sql, @Nullable Object... parameters);

    /**
     * Several statements as one transaction, in order: all are kept or none.
     *
     * @param statements made by {@link Sql#statement} or {@link Sql#bindMany}
     * @return what each answered
     */
    List<SqlResult> batch(List<SqlStatement> statements);

    /**
     * A script without parameters as one transaction, such as a schema: all of it is kept or
     * nothing.
     *
     * @param script statements separated by semicolons
     * @return how many
     * @throws SqlException {@link SqlFault#EXEC} naming the line where the failing statement starts
     */
    SqlExec exec(String script);

    /**
     * Several calls as one transaction. What other capabilities on the same store do meanwhile on
     * this thread, such as a queue's send, joins it: all is kept or nothing. Just before the commit
     * it is checked that the attempt is still the current one.
     *
     * @param work the calls
     * @param <T> their answer
     * @param <X> what they may throw
     * @return the answer of {@code work}, after the commit
     * @throws X from the work; nothing is kept then
     */
    <T, X extends Exception> T atomically(AtomicWork<T, X> work) throws X;
}
