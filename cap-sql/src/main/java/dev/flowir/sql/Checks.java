package dev.flowir.sql;

import dev.flowir.store.SqlScript;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules that a statement is held to before a database sees it. */
final class Checks {

    private static final Set<String> TRANSACTIONS =
            Set.of("begin", "commit", "end", "rollback", "savepoint", "release", "start");

    private static final Set<String> PLACES = Set.of("attach", "detach", "vacuum");

    private static final Set<String> READING = Set.of("select", "values", "explain", "pragma");

    private static final Set<String> WRITING = Set.of("insert", "update", "delete", "merge");

    /** What begins like this belongs to the capabilities that share the store. */
    private static final String OURS = "flowir_";

    /** A char has no more bytes of UTF-8; the two of a pair have four. */
    private static final int MOST_BYTES_OF_CHAR = 3;

    /** Longer text is not remembered: no program has much of it as it stands. */
    private static final int MOST_KNOWN_CHARS = 4096;

    /**
     * Statements that were cut and let through, each at the place of its hash. A program has few of
     * them and asks them again and again, and cutting one costs more than all else on its way. Two
     * threads that meet at a place replace each other's entry, which is only cut again: an entry
     * does not change, so whoever sees it sees all of it.
     */
    private static final @Nullable Known[] KNOWN = new Known[256];

    private record Known(String sql, SqlScript.Statement statement) {}

    private final SqlLimits limits;

    Checks(SqlLimits limits) {
        this.limits = limits;
    }

    /** The one statement of {@code sql}, allowed as it is. */
    SqlScript.Statement statement(String sql) {
        int place = sql.hashCode() & (KNOWN.length - 1);
        Known known = KNOWN[place];
        if (known == null || !known.sql().equals(sql)) {
            known = new Known(sql, cut(sql));
            if (sql.length() <= MOST_KNOWN_CHARS) {
                KNOWN[place] = known;
            }
        }
        ensureShort(known.statement());
        return known.statement();
    }

    /** Cuts text that holds one statement which is for a handle, however long it is. */
    private static SqlScript.Statement cut(String sql) {
        List<SqlScript.Statement> statements = SqlScript.parse(sql).statements();
        if (statements.isEmpty()) {
            throw new SqlException(SqlFault.STATEMENT, "No SQL statements detected.");
        }
        if (statements.size() > 1) {
            throw new SqlException(
                    SqlFault.STATEMENT,
                    "A prepared SQL statement must contain only one statement; for several there"
                            + " are batch(...) and exec(...).");
        }
        refuseOthers(statements.get(0));
        return statements.get(0);
    }

    /** Refuses statements that are not for a handle. */
    void allow(SqlScript.Statement statement) {
        refuseOthers(statement);
        ensureShort(statement);
    }

    private static void refuseOthers(SqlScript.Statement statement) {
        String keyword = statement.keyword();
        if (TRANSACTIONS.contains(keyword)) {
            throw new SqlException(
                    SqlFault.REFUSED,
                    keyword.toUpperCase(Locale.ROOT)
                            + " is refused, there are no interactive transactions: batch(...) and"
                            + " atomically(...) are one transaction each: SQLITE_AUTH");
        }
        if (PLACES.contains(keyword)) {
            throw new SqlException(
                    SqlFault.REFUSED,
                    "not authorized: "
                            + keyword.toUpperCase(Locale.ROOT)
                            + ", the file belongs to the store: SQLITE_AUTH");
        }
        for (String word : statement.words()) {
            if (word.startsWith(OURS)) {
                throw new SqlException(
                        SqlFault.REFUSED,
                        "access to "
                                + word
                                + " is prohibited, names that begin with "
                                + OURS
                                + " belong to the store: SQLITE_AUTH");
            }
        }
    }

    private void ensureShort(SqlScript.Statement statement) {
        if (fits(statement.text(), limits.statementBytes())) {
            return;
        }
        int bytes = utf8Bytes(statement.text());
        if (bytes > limits.statementBytes()) {
            throw exceeded(
                    "statement too long",
                    bytes + " bytes, the limit is " + limits.statementBytes(),
                    "bind values as parameters, and split lists with Sql.bindMany",
                    "SQLITE_TOOBIG");
        }
    }

    /** Refuses too many parameters, types that SQL has not, and values that are too long. */
    void parameters(List<@Nullable Object> parameters) {
        if (parameters.size() > limits.parameters()) {
            throw exceeded(
                    "too many SQL variables",
                    parameters.size() + ", the limit is " + limits.parameters(),
                    "split the statement with Sql.bindMany",
                    "SQLITE_ERROR");
        }
        for (int i = 0; i < parameters.size(); i++) {
            parameter(i + 1, parameters.get(i));
        }
    }

    private void parameter(int position, @Nullable Object value) {
        switch (value) {
            case null -> {}
            case String text when fits(text, limits.valueBytes()) -> {}
            case String text -> length(position, utf8Bytes(text));
            case byte[] bytes -> length(position, bytes.length);
            case Double number when number.isNaN() || number.isInfinite() ->
                    throw new SqlException(
                            SqlFault.TYPE,
                            "Type 'Double' not supported for value '"
                                    + number
                                    + "' of parameter "
                                    + position);
            case Boolean ok -> {}
            case Long ok -> {}
            case Integer ok -> {}
            case Short ok -> {}
            case Byte ok -> {}
            case Double ok -> {}
            case Float ok -> {}
            default ->
                    throw new SqlException(
                            SqlFault.TYPE,
                            "Type '"
                                    + value.getClass().getName()
                                    + "' not supported for parameter "
                                    + position
                                    + "; bind text, bytes, a number, a boolean or null");
        }
    }

    private void length(int position, int bytes) {
        if (bytes > limits.valueBytes()) {
            throw exceeded(
                    "string or blob too big",
                    "parameter "
                            + position
                            + " has "
                            + bytes
                            + " bytes, the limit is "
                            + limits.valueBytes(),
                    "keep large values in a blob store and their key here",
                    "SQLITE_TOOBIG");
        }
    }

    SqlException tooManyStatements() {
        return exceeded(
                "Too many API requests by single worker invocation.",
                "the limit is " + limits.statementsPerAttempt() + " statements of one attempt",
                "read and write more rows per statement",
                "SQLITE_ERROR");
    }

    static SqlException tooManyRows(SqlLimits limits) {
        return new SqlException(
                SqlFault.LIMIT,
                "the answer has more than "
                        + limits.rows()
                        + " rows (profile "
                        + limits.profile()
                        + "); page through it: WHERE key > ? ORDER BY key LIMIT ?");
    }

    private SqlException exceeded(String what, String figures, String help, String code) {
        return new SqlException(
                SqlFault.LIMIT,
                what
                        + " ("
                        + figures
                        + ", profile "
                        + limits.profile()
                        + "); "
                        + help
                        + ": "
                        + code);
    }

    /** Whether it can be left to a handle that only reads; the database has the last word. */
    static boolean reads(SqlScript.Statement statement) {
        return READING.contains(statement.keyword())
                || (statement.keyword().equals("with")
                        && statement.words().stream().noneMatch(WRITING::contains));
    }

    /** Whether text is short enough whatever it says: most is, and counts in no time then. */
    private static boolean fits(String text, int bytes) {
        return text.length() <= bytes / MOST_BYTES_OF_CHAR;
    }

    private static int utf8Bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
