package dev.flowir.wasm;

import dev.flowir.sql.SqlStatement;
import dev.flowir.sql.SqlValue;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call of an SQL handle and its answer, as they go to a worker and back. */
final class SqlCalls {

    private SqlCalls() {}

    /** Methods of {@link dev.flowir.sql.SqlReader} and of its writing heir. */
    enum Method {
        ALL,
        READER_ALL,
        FIRST,
        READER_FIRST,
        RUN,
        BATCH,
        EXEC,
        ATOMICALLY
    }

    /**
     * A value with its kind.
     *
     * @param kind one letter
     * @param text the value; of bytes their Base64
     */
    record Cell(String kind, String text) {

        static Cell of(@Nullable Object value) {
            return switch (value) {
                case null -> new Cell("n", "");
                case String text -> new Cell("t", text);
                case byte[] bytes -> new Cell("b", Base64.getEncoder().encodeToString(bytes));
                case Boolean truth -> new Cell("z", truth.toString());
                case Double number -> new Cell("r", number.toString());
                case Long number -> new Cell("w", number.toString());
                case Integer number -> new Cell("w", number.toString());
                default -> new Cell("o", "an object");
            };
        }

        @Nullable Object parameter() {
            return switch (kind) {
                case "n" -> null;
                case "t" -> text;
                case "b" -> Base64.getDecoder().decode(text);
                case "z" -> text.equals("true");
                case "r" -> Double.parseDouble(text);
                case "w" -> Long.parseLong(text);
                default -> new Object();
            };
        }

        static Cell of(SqlValue value) {
            return switch (value) {
                case SqlValue.Null() -> of((Object) null);
                case SqlValue.Whole(long number) -> of((Object) number);
                case SqlValue.Real(double number) -> of((Object) number);
                case SqlValue.Text(String text) -> of((Object) text);
                case SqlValue.Bytes(byte[] bytes) -> of((Object) bytes);
            };
        }

        SqlValue value() {
            return switch (kind) {
                case "n" -> new SqlValue.Null();
                case "t" -> new SqlValue.Text(text);
                case "b" -> new SqlValue.Bytes(Base64.getDecoder().decode(text));
                case "r" -> new SqlValue.Real(Double.parseDouble(text));
                default -> new SqlValue.Whole(Long.parseLong(text));
            };
        }
    }

    /** A statement. */
    record Asked(String sql, List<Cell> parameters) {

        static Asked of(SqlStatement statement) {
            List<Cell> cells = new ArrayList<>();
            for (Object parameter : statement.parameters()) {
                cells.add(Cell.of(parameter));
            }
            return new Asked(statement.sql(), cells);
        }

        SqlStatement statement() {
            List<@Nullable Object> parameters = new ArrayList<>();
            for (Cell cell : this.parameters) {
                parameters.add(cell.parameter());
            }
            return new SqlStatement(sql, parameters);
        }
    }

    /**
     * A call.
     *
     * @param current whether the attempt still counts
     */
    record Call(Method method, boolean current, List<Asked> statements) {}

    /** What a statement answered. */
    record Told(
            List<String> columns,
            List<List<Cell>> rows,
            long changes,
            Optional<Long> lastRowId,
            int attempts) {}

    /**
     * What came of a call.
     *
     * @param refused a fault, {@code STALE}, or empty
     * @param why message of a refusal
     */
    record Answer(String refused, String why, List<Told> told, int count) {}
}
