package dev.flowir.sql;

import java.util.List;

/**
 * A database that something else keeps: what {@link RemoteSql} asks of it. Statements have passed
 * the checks of the limit profile, each is one, without its semicolon. Parameters are null, {@link
 * String}, {@code byte[]}, {@link Boolean} or a number. Faults are told as {@link SqlException};
 * one whose outcome is not known must not be retryable.
 */
public interface SqlRemote {

    /**
     * One statement that only reads. May be tried more than once.
     *
     * @param statement what to ask
     * @return its answer
     */
    SqlResult read(SqlStatement statement);

    /**
     * Statements as one transaction, in order: all are kept or none. Tried once.
     *
     * @param statements one at least
     * @return what each answered
     */
    List<SqlResult> write(List<SqlStatement> statements);
}
