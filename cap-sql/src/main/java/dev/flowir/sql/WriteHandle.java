package dev.flowir.sql;

import dev.flowir.kernel.cap.Scope;
import dev.flowir.store.SqlScript;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a node that writes receives. */
final class WriteHandle extends ReadHandle implements SqlWriter {

    WriteHandle(Engine engine, SqlLimits limits, Scope scope) {
        super(engine, limits, scope);
    }

    @Override
    public SqlMeta run(String sql, @Nullable Object... parameters) {
        return write(ready(sql, parameters), Engine.Fetch.first()).meta();
    }

    @Override
    public List<SqlResult> batch(List<SqlStatement> statements) {
        List<Admission.Ready> ready = new ArrayList<>();
        for (SqlStatement statement : statements) {
            ready.add(admission.ready(statement.sql(), statement.parameters()));
        }
        return fenced(tx -> {
            List<SqlResult> results = new ArrayList<>();
            for (Admission.Ready one : ready) {
                long started = System.nanoTime();
                Engine.Answer answer =
                        tx.run(one.statement(), one.parameters(), Engine.Fetch.all(limits()));
                results.add(result(answer, 1, started));
            }
            return List.copyOf(results);
        });
    }

    @Override
    public SqlExec exec(String script) {
        long started = System.nanoTime();
        List<SqlScript.Statement> statements = admission.script(script);
        fenced(tx -> {
            for (SqlScript.Statement statement : statements) {
                line(tx, statement);
            }
            return statements.size();
        });
        return new SqlExec(statements.size(), System.nanoTime() - started);
    }

    private void line(Engine.Tx tx, SqlScript.Statement statement) {
        try {
            admission.allow(statement);
            tx.run(statement, List.of(), Engine.Fetch.first());
        } catch (SqlException e) {
            throw Admission.inLine(statement, e);
        }
    }

    @Override
    public <T, X extends Exception> T atomically(AtomicWork<T, X> work) throws X {
        return this.<T, X>fenced(tx -> work.run(this));
    }

    @Override
    SqlResult answer(Admission.Ready ready, Engine.Fetch fetch) {
        return Checks.reads(ready.statement()) ? read(ready, fetch) : write(ready, fetch);
    }

    private SqlResult write(Admission.Ready ready, Engine.Fetch fetch) {
        long started = System.nanoTime();
        Engine.Answer answer = fenced(tx -> tx.run(ready.statement(), ready.parameters(), fetch));
        return result(answer, 1, started);
    }

    /** A transaction that is refused when its attempt was given up by the time of its commit. */
    private <T, X extends Exception> T fenced(Engine.Work<T, X> work) throws X {
        return engine.<T, X>write(
                tx -> {
                    T answer = work.run(tx);
                    admission.ensureCurrent();
                    return answer;
                },
                limits().statementTime());
    }
}
