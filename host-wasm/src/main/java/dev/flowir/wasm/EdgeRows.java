package dev.flowir.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flowir.object.ObjectException;
import dev.flowir.object.ObjectFault;
import dev.flowir.object.ObjectRow;
import dev.flowir.object.ObjectRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows that a statement of an object has answered; they are here already. */
final class EdgeRows implements ObjectRows, ObjectRow {

    private final EdgeContext context;
    private final JsTables tables;
    private int row = -1;

    EdgeRows(EdgeContext context, JsTables tables) {
        this.context = context;
        this.tables = tables;
    }

    @Override
    public List<String> columns() {
        List<String> names = new ArrayList<>();
        for (int column = 0; column < tables.columns(0); column++) {
            names.add(tables.column(0, column));
        }
        return names;
    }

    @Override
    public long written() {
        return (long) tables.changes(0);
    }

    @Override
    public <T> Optional<T> next(Function<ObjectRow, T> mapper) {
        context.ensureTurn();
        if (row + 1 >= tables.rows(0)) {
            return Optional.empty();
        }
        row++;
        return Optional.of(mapper.apply(this));
    }

    @Override
    public <T> List<T> toList(Function<ObjectRow, T> mapper) {
        List<T> all = new ArrayList<>();
        for (Optional<T> one = next(mapper); one.isPresent(); one = next(mapper)) {
            all.add(one.get());
        }
        return all;
    }

    @Override
    public <T> T one(Function<ObjectRow, T> mapper) {
        int left = tables.rows(0) - row - 1;
        if (left != 1) {
            throw new ObjectException(
                    ObjectFault.NOT_ONE_ROW,
                    left == 0
                            ? "one row was expected, and there is none"
                            : "one row was expected, and there are more");
        }
        return next(mapper).orElseThrow();
    }

    @Override
    public @Nullable Object getObject(int column) {
        if (column < 1 || column > tables.columns(0)) {
            throw new ObjectException(
                    ObjectFault.BAD_SQL, "there is no column " + column + " of " + columns());
        }
        return EdgeTables.value(tables, 0, row, column - 1);
    }

    @Override
    public long getLong(int column) {
        return switch (getObject(column)) {
            case Long number -> number;
            case Double number -> number.longValue();
            case String text -> (long) number(text);
            case null, default -> 0;
        };
    }

    @Override
    public double getDouble(int column) {
        return switch (getObject(column)) {
            case Long number -> (double) number;
            case Double number -> number;
            case String text -> number(text);
            case null, default -> 0;
        };
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException none) { // as SQLite reads such a text
            return 0;
        }
    }

    @Override
    public @Nullable String getString(int column) {
        return switch (getObject(column)) {
            case null -> null;
            case byte[] bytes -> new String(bytes, UTF_8);
            case Object other -> other.toString();
        };
    }

    @Override
    public byte @Nullable [] getBytes(int column) {
        return switch (getObject(column)) {
            case null -> null;
            case byte[] bytes -> bytes;
            case Object other -> other.toString().getBytes(UTF_8);
        };
    }
}
