package dev.flowir.sql;

import java.time.Duration;

/**
 * What a binding holds statements to: a named limit profile.
 *
 * <p>Not held, since they show only inside a database: D1's 100 columns of a table, 50 bytes of a
 * LIKE pattern, the size of a row that is put together in SQL, and 10 GB of a database.
 *
 * @param profile its name, for messages
 * @param parameters most parameters of a statement
 * @param statementBytes most bytes of a statement's text in UTF-8
 * @param valueBytes most bytes of one value, text in UTF-8
 * @param statementTime longest time of a call
 * @param statementsPerAttempt most statements that one attempt of a node may run
 * @param rows most rows of one answer
 */
public record SqlLimits(
        String profile,
        int parameters,
        int statementBytes,
        int valueBytes,
        Duration statementTime,
        int statementsPerAttempt,
        int rows) {

    /** Our own bound of an answer, in every profile: an answer is held in memory. */
    private static final int ROWS = 100_000;

    /**
     * Cloudflare D1, paid plan: 100 parameters, 100 KB of text, 2 MB of a string, blob or row, 30 s
     * of a query or batch, 1,000 queries of an invocation (d1/platform/limits).
     */
    public static final SqlLimits CLOUDFLARE_PROD =
            new SqlLimits(
                    "CLOUDFLARE_PROD",
                    100,
                    100_000,
                    2_000_000,
                    Duration.ofSeconds(30),
                    1_000,
                    ROWS);

    /**
     * D1 as Cloudflare's local simulator runs it: the limits of its SQLite are the same, queries of
     * an invocation are not counted.
     */
    public static final SqlLimits MINIFLARE =
            new SqlLimits(
                    "MINIFLARE",
                    100,
                    100_000,
                    2_000_000,
                    Duration.ofSeconds(30),
                    Integer.MAX_VALUE,
                    ROWS);

    /**
     * What SQLite takes as it is built here: 32,766 parameters and 1,000,000,000 bytes of text or
     * value (sqlite.org/limits.html), five minutes, and answers that fit in memory.
     */
    public static final SqlLimits UNBOUNDED =
            new SqlLimits(
                    "UNBOUNDED",
                    32_766,
                    1_000_000_000,
                    1_000_000_000,
                    Duration.ofMinutes(5),
                    Integer.MAX_VALUE,
                    10 * ROWS);
}
