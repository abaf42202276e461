package dev.flowir.wasm;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.StaleAttemptException;
import dev.flowir.sql.Row;
import dev.flowir.sql.Sql;
import dev.flowir.sql.SqlException;
import dev.flowir.sql.SqlMeta;
import dev.flowir.sql.SqlReader;
import dev.flowir.sql.SqlResult;
import dev.flowir.sql.SqlStatement;
import dev.flowir.sql.SqlValue;
import dev.flowir.sql.SqlWriter;
import dev.flowir.wasm.SqlCalls.Answer;
import dev.flowir.wasm.SqlCalls.Asked;
import dev.flowir.wasm.SqlCalls.Call;
import dev.flowir.wasm.SqlCalls.Cell;
import dev.flowir.wasm.SqlCalls.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the calls of the SQL contract, inside an isolate. */
public final class SqlWorker implements EdgeApplication {

    static final String BINDING = "KIT";

    /** Values that are too long shall come to the capability, and not be refused by the host. */
    private static final int MAX_BODY = 4 << 20;

    private static final CapabilityProvider PROVIDER = EdgeBindings.sql(BINDING);

    /** For the service loader. */
    public SqlWorker() {}

    @Override
    public EdgeRoutes routes() {
        Flow<Call, Answer> call =
                Flow.define(
                        "call",
                        "1.0.0",
                        Call.class,
                        (g, in) ->
                                g.then(
                                        in,
                                        Node.effect(
                                                "call",
                                                Call.class,
                                                Answer.class,
                                                Sql.writer(BINDING),
                                                (db, it, ctx) -> answer(db, it))));
        return EdgeRoutes.none()
                .bind(PROVIDER)
                .route("POST", "/call", call, it -> it.maxBody(MAX_BODY));
    }

    private static Answer answer(SqlWriter ofFlow, Call call) {
        Scope scope =
                call.current()
                        ? Scope.outside("kit")
                        : new Scope("flow", "run", "call", 1, "key", () -> false);
        boolean own = call.current() && call.method() == SqlCalls.Method.RUN;
        SqlWriter db = own ? ofFlow : PROVIDER.handle(Sql.writer(BINDING), scope);
        try {
            return made(db, PROVIDER.handle(Sql.reader(BINDING), scope), call);
        } catch (SqlException refused) {
            return refused(refused.fault().name(), refused);
        } catch (StaleAttemptException late) {
            return refused("STALE", late);
        }
    }

    private static Answer refused(String what, RuntimeException why) {
        return new Answer(what, String.valueOf(why.getMessage()), List.of(), 0);
    }

    private static Answer made(SqlWriter db, SqlReader reader, Call call) {
        List<SqlStatement> statements = new ArrayList<>();
        for (Asked one : call.statements()) {
            statements.add(one.statement());
        }
        SqlStatement first = statements.get(0);
        Object[] parameters = first.parameters().toArray();
        return switch (call.method()) {
            case ALL -> told(List.of(db.all(first.sql(), parameters)), 0);
            case READER_ALL -> told(List.of(reader.all(first.sql(), parameters)), 0);
            case FIRST -> told(db.first(first.sql(), parameters));
            case READER_FIRST -> told(reader.first(first.sql(), parameters));
            case RUN -> told(List.of(new SqlResult(List.of(), db.run(first.sql(), parameters))), 0);
            case BATCH -> told(db.batch(statements), 0);
            case EXEC -> told(List.of(), db.exec(first.sql()).count());
            case ATOMICALLY -> told(List.of(), db.atomically(tx -> 1));
        };
    }

    private static Answer told(Optional<Row> row) {
        SqlMeta meta = new SqlMeta(0, java.util.OptionalLong.empty(), 1, 0);
        return told(
                List.of(new SqlResult(row.isPresent() ? List.of(row.get()) : List.of(), meta)), 0);
    }

    private static Answer told(List<SqlResult> results, int count) {
        List<Told> told = new ArrayList<>();
        for (SqlResult result : results) {
            List<List<Cell>> rows = new ArrayList<>();
            List<String> columns = List.of();
            for (Row row : result.rows()) {
                columns = row.columns();
                List<Cell> cells = new ArrayList<>();
                for (SqlValue value : row.values()) {
                    cells.add(Cell.of(value));
                }
                rows.add(cells);
            }
            SqlMeta meta = result.meta();
            Optional<Long> last =
                    meta.lastRowId().isPresent()
                            ? Optional.of(meta.lastRowId().getAsLong())
                            : Optional.empty();
            told.add(new Told(columns, rows, meta.changes(), last, meta.attempts()));
        }
        return new Answer("", "", told, count);
    }
}
