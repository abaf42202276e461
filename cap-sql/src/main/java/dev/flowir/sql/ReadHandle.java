package dev.flowir.sql;

import dev.flowir.kernel.cap.Scope;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a node that only reads receives. */
class ReadHandle implements SqlReader {

    /** The first try and, as D1 does, up to two more. */
    private static final int READ_ATTEMPTS = 3;

    /** Before the second try; twice as long before the third. */
    private static final long PAUSE_NANOS = Duration.ofMillis(10).toNanos();

    final Engine engine;
    final Admission admission;

    ReadHandle(Engine engine, SqlLimits limits, Scope scope) {
        this.engine = engine;
        this.admission = new Admission(limits, scope);
    }

    @Override
    public final SqlLimits limits() {
        return admission.limits();
    }

    @Override
    public final SqlResult all(String sql, @Nullable Object... parameters) {
        return answer(ready(sql, parameters), Engine.Fetch.all(limits()));
    }

    @Override
    public final <T> List<T> query(
            String sql, Function<Row, T> mapper, @Nullable Object... parameters) {
        return all(sql, parameters).rows().stream().map(mapper).toList();
    }

    @Override
    public final Optional<Row> first(String sql, @Nullable Object... parameters) {
        return answer(ready(sql, parameters), Engine.Fetch.first()).rows().stream().findFirst();
    }

    final Admission.Ready ready(String sql, @Nullable Object[] parameters) {
        return admission.ready(sql, Arrays.asList(parameters));
    }

    SqlResult answer(Admission.Ready ready, Engine.Fetch fetch) {
        Admission.ensureReads(ready);
        return read(ready, fetch);
    }

    final SqlResult read(Admission.Ready ready, Engine.Fetch fetch) {
        long started = System.nanoTime();
        for (int attempt = 1; ; attempt++) {
            try {
                Engine.Answer answer =
                        engine.read(
                                tx -> tx.run(ready.statement(), ready.parameters(), fetch),
                                limits().statementTime());
                return result(answer, attempt, started);
            } catch (SqlException e) {
                if (attempt == READ_ATTEMPTS
                        || e.fault() != SqlFault.OVERLOADED
                        || engine.inTransaction()) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE_NANOS << (attempt - 1));
            }
        }
    }

    static SqlResult result(Engine.Answer answer, int attempts, long startedNanos) {
        return new SqlResult(
                answer.rows(),
                new SqlMeta(
                        answer.changes(),
                        answer.lastRowId(),
                        attempts,
                        System.nanoTime() - startedNanos));
    }
}
