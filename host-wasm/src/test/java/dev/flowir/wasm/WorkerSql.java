package dev.flowir.wasm;

import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.StaleAttemptException;
import dev.flowir.sql.AtomicWork;
import dev.flowir.sql.Row;
import dev.flowir.sql.SqlException;
import dev.flowir.sql.SqlExec;
import dev.flowir.sql.SqlFault;
import dev.flowir.sql.SqlLimits;
import dev.flowir.sql.SqlMeta;
import dev.flowir.sql.SqlReader;
import dev.flowir.sql.SqlResult;
import dev.flowir.sql.SqlStatement;
import dev.flowir.sql.SqlWriter;
import dev.flowir.wasm.SqlCalls.Answer;
import dev.flowir.wasm.SqlCalls.Asked;
import dev.flowir.wasm.SqlCalls.Call;
import dev.flowir.wasm.SqlCalls.Cell;
import dev.flowir.wasm.SqlCalls.Method;
import dev.flowir.wasm.SqlCalls.Told;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** SQL as a worker sees it, for rules that run on the JVM: every call is made in the isolate. */
final class WorkerSql implements CapabilityProvider {

    private final CapabilityProvider edge = EdgeBindings.sql(SqlWorker.BINDING);
    private final IsolateCalls<Call, Answer> calls;

    WorkerSql(URI worker) {
        this.calls = new IsolateCalls<>(worker.resolve("/call"), Call.class, Answer.class);
    }

    @Override
    public String kind() {
        return edge.kind();
    }

    @Override
    public String binding() {
        return edge.binding();
    }

    @Override
    public Set<String> hints() {
        return edge.hints();
    }

    @Override
    public Descriptor descriptor() {
        return edge.descriptor();
    }

    @Override
    public <H> H handle(Token<H> token, Scope scope) {
        boolean reads = token.handle() == SqlReader.class;
        return token.handle().cast(reads ? new Reader(scope, true) : new Writer(scope));
    }

    private Answer made(Call call) {
        Answer answer = calls.made(call);
        switch (answer.refused()) {
            case "" -> {}
            case "STALE" -> throw new StaleAttemptException(answer.why());
            default -> {
                SqlFault fault = SqlFault.valueOf(answer.refused());
                String code = fault.code() + ": ";
                if (!answer.why().startsWith(code)) {
                    throw new AssertionError(answer.why());
                }
                throw new SqlException(fault, answer.why().substring(code.length()));
            }
        }
        return answer;
    }

    private static SqlResult result(Told told) {
        return new SqlResult(
                told.rows().stream()
                        .map(row -> new Row(told.columns(), row.stream().map(Cell::value).toList()))
                        .toList(),
                new SqlMeta(
                        told.changes(),
                        told.lastRowId().map(OptionalLong::of).orElse(OptionalLong.empty()),
                        told.attempts(),
                        0));
    }

    private class Reader implements SqlReader {
        private final Scope scope;
        private final boolean reads;

        Reader(Scope scope, boolean reads) {
            this.scope = scope;
            this.reads = reads;
        }

        final Answer made(Method method, List<SqlStatement> statements) {
            return WorkerSql.this.made(
                    new Call(
                            method,
                            scope.fence().isCurrent(),
                            statements.stream().map(Asked::of).toList()));
        }

        final SqlResult one(Method method, String sql, @Nullable Object[] parameters) {
            SqlStatement statement = new SqlStatement(sql, Arrays.asList(parameters));
            return result(made(method, List.of(statement)).told().get(0));
        }

        @Override
        public SqlResult all(String sql, @Nullable Object... parameters) {
            return one(reads ? Method.READER_ALL : Method.ALL, sql, parameters);
        }

        @Override
        public <T> List<T> query(
                String sql, Function<Row, T> mapper, @Nullable Object... parameters) {
            return all(sql, parameters).rows().stream().map(mapper).toList();
        }

        @Override
        public Optional<Row> first(String sql, @Nullable Object... parameters) {
            Method method = reads ? Method.READER_FIRST : Method.FIRST;
            return one(method, sql, parameters).rows().stream().findFirst();
        }

        @Override
        public SqlLimits limits() {
            return SqlLimits.CLOUDFLARE_PROD;
        }
    }

    private final class Writer extends Reader implements SqlWriter {

        Writer(Scope scope) {
            super(scope, false);
        }

        @Override
        public SqlMeta run(String sql, @Nullable Object... parameters) {
            return one(Method.RUN, sql, parameters).meta();
        }

        @Override
        public List<SqlResult> batch(List<SqlStatement> statements) {
            return made(Method.BATCH, statements).told().stream().map(WorkerSql::result).toList();
        }

        @Override
        public SqlExec exec(String script) {
            SqlStatement whole = new SqlStatement(script, List.of());
            return new SqlExec(made(Method.EXEC, List.of(whole)).count(), 0);
        }

        @Override
        public <T, X extends Exception> T atomically(AtomicWork<T, X> work) throws X {
            made(Method.ATOMICALLY, List.of(new SqlStatement("SELECT 1", List.of())));
            throw new AssertionError("atomically(…) is not refused");
        }
    }
}
