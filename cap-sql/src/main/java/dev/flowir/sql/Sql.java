package dev.flowir.sql;

import dev.flowir.ir.ReadToken;
import dev.flowir.ir.WriteToken;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tokens of the SQL capability, and what helps to write statements. */
public final class Sql {

    /** The effect hint of reading. */
    public static final String READ_HINT = "resource::db::read";

    /** The effect hint of writing. */
    public static final String WRITE_HINT = "resource::db::write";

    /** The determinism hint of both: what a database answers changes. */
    public static final String HINT = "resource::db";

    static final String CAPABILITY = "sql";

    private static final String MARK = "??";

    private Sql() {}

    /**
     * A token for a node that only reads.
     *
     * @param binding name that a deployment binds, for example {@code db}
     * @return the token
     */
    public static ReadToken<SqlReader> reader(String binding) {
        return ReadToken.of(CAPABILITY, binding, SqlReader.class, READ_HINT, HINT);
    }

    /**
     * A token for a node that reads and writes.
     *
     * @param binding name that a deployment binds, for example {@code db}
     * @return the token
     */
    public static WriteToken<SqlWriter> writer(String binding) {
        return WriteToken.of(CAPABILITY, binding, SqlWriter.class, WRITE_HINT, HINT);
    }

    /**
     * A statement with its parameters, for a {@linkplain SqlWriter#batch batch}.
     *
     * @param sql one statement with {@code ?} for each parameter
     * @param parameters values in order of their question marks
     * @return the two together
     */
    public static SqlStatement statement(String sql, @Nullable Object... parameters) {
        return new SqlStatement(sql, Arrays.asList(parameters));
    }

    /**
     * As many statements as it takes to bind all {@code values} without more parameters in one than
     * {@code limits} allow. The mark {@code ??} stands for the values:
     *
     * <pre>{@code
     * Sql.bindMany(limits, "SELECT * FROM t WHERE k IN (??)", ids)
     * Sql.bindMany(limits, "INSERT INTO t (k, v) VALUES ??", List.of(List.of("a", 1), List.of("b", 2)))
     * }</pre>
     *
     * <p>A value that is a {@link List} becomes a row in parentheses.
     *
     * @param limits how many parameters a statement may have
     * @param sql one statement with one {@code ??} and, before it, {@code ?} for each of {@code
     *     before}
     * @param values what the mark stands for; none gives no statement
     * @param before parameters that every statement starts with
     * @return the statements; run them as one {@linkplain SqlWriter#batch batch}
     * @throws IllegalArgumentException when there is not exactly one mark, or one row alone has too
     *     many values
     */
    public static List<SqlStatement> bindMany(
            SqlLimits limits, String sql, Collection<?> values, @Nullable Object... before) {
        int at = sql.indexOf(MARK);
        if (at < 0 || sql.indexOf(MARK, at + MARK.length()) >= 0) {
            throw new IllegalArgumentException("exactly one ?? stands for the values: " + sql);
        }
        List<SqlStatement> statements = new ArrayList<>();
        List<@Nullable Object> parameters = new ArrayList<>();
        List<String> places = new ArrayList<>();
        for (Object value : values) {
            List<?> row = value instanceof List<?> list ? list : Collections.singletonList(value);
            if (before.length + row.size() > limits.parameters()) {
                throw new IllegalArgumentException(
                        "one row has "
                                + row.size()
                                + " values; a statement may have "
                                + limits.parameters()
                                + " parameters");
            }
            if (before.length + parameters.size() + row.size() > limits.parameters()) {
                statements.add(chunk(sql, at, places, parameters, before));
                places.clear();
                parameters.clear();
            }
            places.add(value instanceof List<?> ? questionMarks(row.size()) : "?");
            parameters.addAll(row);
        }
        if (!places.isEmpty()) {
            statements.add(chunk(sql, at, places, parameters, before));
        }
        return statements;
    }

    private static String questionMarks(int count) {
        return "(" + String.join(", ", Collections.nCopies(count, "?")) + ")";
    }

    private static SqlStatement chunk(
            String sql,
            int at,
            List<String> places,
            List<@Nullable Object> parameters,
            @Nullable Object[] before) {
        List<@Nullable Object> all = new ArrayList<>(Arrays.asList(before));
        all.addAll(parameters);
        String text =
                sql.substring(0, at)
                        + String.join(", ", places)
                        + sql.substring(at + MARK.length());
        return new SqlStatement(text, all);
    }
}
