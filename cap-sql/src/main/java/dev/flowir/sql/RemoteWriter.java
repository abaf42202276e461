package dev.flowir.sql;

import dev.flowir.store.SqlScript;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a node that writes receives for a database elsewhere. */
final class RemoteWriter extends RemoteReader implements SqlWriter {

    /** Fails wherever it runs, and says so by this name. */
    private static final String STOP = "flowir_stop";

    RemoteWriter(SqlRemote remote, Admission admission) {
        super(remote, admission);
    }

    @Override
    SqlResult answer(String sql, @Nullable Object[] parameters) {
        Admission.Ready ready = admission.ready(sql, Arrays.asList(parameters));
        return Checks.reads(ready.statement())
                ? remote.read(statement(ready))
                : write(List.of(statement(ready))).get(0);
    }

    @Override
    public SqlMeta run(String sql, @Nullable Object... parameters) {
        return write(List.of(statement(admission.ready(sql, Arrays.asList(parameters)))))
                .get(0)
                .meta();
    }

    @Override
    public List<SqlResult> batch(List<SqlStatement> statements) {
        List<SqlStatement> ready = new ArrayList<>();
        for (SqlStatement one : statements) {
            ready.add(statement(admission.ready(one.sql(), one.parameters())));
        }
        if (ready.isEmpty()) {
            return List.of();
        }
        List<SqlResult> results = write(ready);
        results.forEach(this::bounded);
        return results;
    }

    @Override
    public SqlExec exec(String script) {
        List<SqlScript.Statement> cut = admission.script(script);
        List<SqlStatement> statements = new ArrayList<>();
        for (SqlScript.Statement one : cut) {
            try {
                admission.allow(one);
            } catch (SqlException refused) {
                throw Admission.inLine(one, refused);
            }
            statements.add(new SqlStatement(one.text(), List.of()));
        }
        try {
            long nanos = 0;
            for (SqlResult result : write(statements)) {
                nanos += result.meta().durationNanos();
            }
            return new SqlExec(cut.size(), nanos);
        } catch (SqlException failed) {
            throw failed.fault().retryable() || failed.fault() == SqlFault.UNKNOWN_OUTCOME
                    ? failed
                    : Admission.inLine(cut.get(failing(statements)), failed);
        }
    }

    /**
     * Which statement fails. A transaction elsewhere does not tell; so parts of the script run
     * again before something that fails for certain, and are undone with it.
     */
    private int failing(List<SqlStatement> statements) {
        int well = 0;
        int fails = statements.size();
        while (fails - well > 1) {
            int middle = (well + fails) / 2;
            if (runs(statements.subList(0, middle))) {
                well = middle;
            } else {
                fails = middle;
            }
        }
        return fails - 1;
    }

    private boolean runs(List<SqlStatement> part) {
        List<SqlStatement> stopped = new ArrayList<>(part);
        stopped.add(new SqlStatement("SELECT " + STOP, List.of()));
        try {
            write(stopped);
            return true;
        } catch (SqlException failed) {
            return failed.text().contains(STOP);
        }
    }

    @Override
    public <T, X extends Exception> T atomically(AtomicWork<T, X> work) throws X {
        throw new SqlException(
                SqlFault.REFUSED,
                "atomically(...) is refused, this database is elsewhere and has no interactive"
                        + " transactions: batch(...) is one transaction: SQLITE_AUTH");
    }

    /** A late write of an attempt that was given up does not leave. */
    private List<SqlResult> write(List<SqlStatement> statements) {
        admission.ensureCurrent();
        return remote.write(statements);
    }
}
