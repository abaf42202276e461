package dev.flowir.sql;

import dev.flowir.kernel.cap.Scope;
import dev.flowir.store.SqlScript;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What a handle asks before a statement goes to a database, wherever that is. */
final class Admission {

    /** Characters of a statement that are shown in an error. */
    private static final int SHOWN = 80;

    private final Checks checks;
    private final SqlLimits limits;
    private final Scope scope;
    private final AtomicInteger statements = new AtomicInteger();

    /** A statement that may run. */
    record Ready(SqlScript.Statement statement, List<@Nullable Object> parameters) {}

    Admission(SqlLimits limits, Scope scope) {
        this.checks = new Checks(limits);
        this.limits = limits;
        this.scope = scope;
    }

    SqlLimits limits() {
        return limits;
    }

    Ready ready(String sql, List<@Nullable Object> parameters) {
        SqlScript.Statement statement = checks.statement(sql);
        checks.parameters(parameters);
        count(1);
        return new Ready(statement, parameters);
    }

    /** The same for a handle that only reads. */
    Ready reading(String sql, List<@Nullable Object> parameters) {
        Ready ready = ready(sql, parameters);
        ensureReads(ready);
        return ready;
    }

    static void ensureReads(Ready ready) {
        if (!Checks.reads(ready.statement())) {
            throw new SqlException(
                    SqlFault.REFUSED,
                    "not authorized: "
                            + ready.statement().keyword().toUpperCase(Locale.ROOT)
                            + " by a reader; ask for Sql.writer(...): SQLITE_AUTH");
        }
    }

    /** The statements of a script; what each may do is asked when it is its turn. */
    List<SqlScript.Statement> script(String script) {
        List<SqlScript.Statement> cut = SqlScript.parse(script).statements();
        if (cut.isEmpty()) {
            throw new SqlException(SqlFault.EXEC, "No SQL statements detected.");
        }
        count(cut.size());
        return cut;
    }

    /** Refuses statements that are not for a handle. */
    void allow(SqlScript.Statement statement) {
        checks.allow(statement);
    }

    /** A failure of a script's statement, with its line; failures of the database stay as are. */
    static SqlException inLine(SqlScript.Statement statement, SqlException failure) {
        return switch (failure.fault()) {
            case STATEMENT, CONSTRAINT, LIMIT, REFUSED, TYPE ->
                    new SqlException(
                            SqlFault.EXEC,
                            "Error in line "
                                    + statement.line()
                                    + ": "
                                    + shown(statement.text())
                                    + ": "
                                    + failure.text(),
                            failure);
            default -> failure;
        };
    }

    private static String shown(String sql) {
        String line = sql.replace('\n', ' ');
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
    }

    /** Refuses to go on when the attempt was given up. */
    void ensureCurrent() {
        scope.fence().ensureCurrent();
    }

    /** Counts statements of an attempt; work outside of runs has no attempt to count for. */
    private void count(int more) {
        if (!scope.runId().isEmpty()
                && statements.addAndGet(more) > limits.statementsPerAttempt()) {
            throw checks.tooManyStatements();
        }
    }
}
