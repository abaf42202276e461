package dev.flowir.wasm;

import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.sql.RemoteSql;
import dev.flowir.sql.Row;
import dev.flowir.sql.SqlException;
import dev.flowir.sql.SqlFault;
import dev.flowir.sql.SqlLimits;
import dev.flowir.sql.SqlMeta;
import dev.flowir.sql.SqlRemote;
import dev.flowir.sql.SqlResult;
import dev.flowir.sql.SqlStatement;
import dev.flowir.sql.SqlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tables in a database of D1.
 *
 * @param name of the platform's binding
 */
record EdgeSql(String name) implements SqlRemote {

    private static final double NANOS_PER_MILLI = 1_000_000;

    /** Passing faults of D1, after which it is not known what a write did. */
    private static final List<String> PASSING =
            List.of(
                    "Network connection lost",
                    "storage caused object to be reset",
                    "code was updated",
                    "Internal error",
                    "transient issue");

    /** Here and not beside the other bindings, which must load where there is no such module. */
    static CapabilityProvider provider(
            String binding, String platformName, String database, List<EdgeMigration> migrations) {
        for (int i = 1; i < migrations.size(); i++) {
            String name = migrations.get(i).name();
            if (name.compareTo(migrations.get(i - 1).name()) <= 0) {
                throw new IllegalArgumentException(
                        "migration '"
                                + name
                                + "' stands after '"
                                + migrations.get(i - 1).name()
                                + "'; they are applied in the order of their names");
            }
        }
        Descriptor descriptor =
                new Descriptor(
                        Descriptor.Consistency.STRONG,
                        Descriptor.Durability.REPLICATED,
                        Descriptor.Ttl.NONE,
                        Descriptor.Order.NONE,
                        Set.of());
        return new EdgeProvider(
                new EdgeManifest.Binding(
                        EdgeManifest.Kind.D1, platformName, database, migrations, Optional.empty()),
                new RemoteSql(
                        "sql.edge",
                        binding,
                        new EdgeSql(platformName),
                        descriptor,
                        SqlLimits.CLOUDFLARE_PROD));
    }

    @Override
    public SqlResult read(SqlStatement statement) {
        return run(List.of(statement), SqlFault.OVERLOADED).get(0);
    }

    @Override
    public List<SqlResult> write(List<SqlStatement> statements) {
        return run(statements, SqlFault.UNKNOWN_OUTCOME);
    }

    /**
     * Runs statements.
     *
     * @param passing what a passing fault of the platform means
     */
    private List<SqlResult> run(List<SqlStatement> statements, SqlFault passing) {
        JsD1.Batch batch = Isolate.platform().d1(name).batch();
        for (SqlStatement statement : statements) {
            JsTables.Parameters parameters = batch.statement(statement.sql());
            for (int i = 0; i < statement.parameters().size(); i++) {
                Object value = statement.parameters().get(i);
                if (!EdgeTables.bind(parameters, value)) {
                    throw inexact(i + 1, String.valueOf(value));
                }
            }
        }
        Isolate.Call<List<SqlResult>> call = Isolate.call();
        batch.send(answers -> call.arrived(results(answers, statements.size())), call::broke);
        try {
            return call.await();
        } catch (PlatformException refused) {
            throw refused(String.valueOf(refused.getMessage()), passing);
        }
    }

    private static List<SqlResult> results(JsTables answers, int count) {
        List<SqlResult> results = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            results.add(result(answers, i));
        }
        return results;
    }

    /** Another number than the one that was given is never stored. */
    private static SqlException inexact(int position, String number) {
        return new SqlException(
                SqlFault.TYPE,
                "Type 'Long' not supported for value '"
                        + number
                        + "' of parameter "
                        + position
                        + ": numbers beyond "
                        + JsTables.MOST_EXACT
                        + " lose digits on their way; bind text");
    }

    private static SqlResult result(JsTables answers, int statement) {
        List<String> columns = new ArrayList<>();
        for (int column = 0; column < answers.columns(statement); column++) {
            columns.add(answers.column(statement, column));
        }
        List<Row> rows = new ArrayList<>();
        for (int row = 0; row < answers.rows(statement); row++) {
            List<SqlValue> values = new ArrayList<>();
            for (int column = 0; column < columns.size(); column++) {
                values.add(value(EdgeTables.value(answers, statement, row, column)));
            }
            rows.add(new Row(columns, values));
        }
        double last = answers.lastRowId(statement);
        return new SqlResult(
                rows,
                new SqlMeta(
                        (long) answers.changes(statement),
                        last >= 0 || last < 0 ? OptionalLong.of((long) last) : OptionalLong.empty(),
                        answers.attempts(statement),
                        (long) (answers.durationMillis(statement) * NANOS_PER_MILLI)));
    }

    private static SqlValue value(@Nullable Object seen) {
        return switch (seen) {
            case null -> new SqlValue.Null();
            case Long number -> new SqlValue.Whole(number);
            case Double number -> new SqlValue.Real(number);
            case String text -> new SqlValue.Text(text);
            case byte[] bytes -> new SqlValue.Bytes(bytes);
            default -> throw new IllegalStateException("no kind of SQL: " + seen);
        };
    }

    /** What the platform says, by its fault. */
    static SqlException refused(String message, SqlFault passing) {
        String text = message.startsWith("D1_") ? message.substring(after(message)) : message;
        return new SqlException(fault(message, passing), text);
    }

    private static int after(String message) {
        int colon = message.indexOf(": ");
        return colon < 0 ? 0 : colon + 2;
    }

    private static SqlFault fault(String message, SqlFault passing) {
        if (message.contains("SQLITE_CONSTRAINT")) {
            return SqlFault.CONSTRAINT;
        }
        if (message.startsWith("D1_TYPE_ERROR")) {
            return SqlFault.TYPE;
        }
        if (message.contains("SQLITE_AUTH")) {
            return SqlFault.REFUSED;
        }
        if (message.contains("SQLITE_TOOBIG")
                || message.contains("too many SQL variables")
                || message.contains("Too many API requests")) {
            return SqlFault.LIMIT;
        }
        if (message.contains("SQLITE_FULL") || message.contains("maximum DB size")) {
            return SqlFault.DISK_FULL;
        }
        if (message.contains("overloaded")) {
            return SqlFault.OVERLOADED;
        }
        for (String words : PASSING) {
            if (message.contains(words)) {
                return passing;
            }
        }
        return message.contains("exceeded timeout") ? SqlFault.UNKNOWN_OUTCOME : SqlFault.STATEMENT;
    }
}
