package dev.flowir.wasm;

import org.jspecify.annotations.Nullable;

/** Values of SQL on their way to JavaScript and back. */
final class EdgeTables {

    private EdgeTables() {}

    /**
     * Binds a value of a kind that SQL has.
     *
     * @return false when the value is a whole number that would arrive as another
     * @throws IllegalArgumentException when it has no kind that SQL has
     */
    static boolean bind(JsTables.Parameters parameters, @Nullable Object value) {
        switch (value) {
            case null -> parameters.nothing();
            case String text -> parameters.text(text);
            case byte[] bytes -> parameters.bytes(bytes);
            case Boolean truth -> parameters.number(truth ? 1 : 0);
            case Double number -> parameters.number(number);
            case Float number -> parameters.number(number);
            case Number whole -> {
                long number = whole.longValue();
                if (number > JsTables.MOST_EXACT || number < -JsTables.MOST_EXACT) {
                    return false;
                }
                parameters.number((double) number);
            }
            default ->
                    throw new IllegalArgumentException(
                            "SQL has no kind for " + value.getClass().getName());
        }
        return true;
    }

    /** A {@link Long}, {@link Double}, {@link String} or {@code byte[]}; null for NULL. */
    static @Nullable Object value(JsTables tables, int statement, int row, int column) {
        return switch (tables.kind(statement, row, column)) {
            case JsTables.NOTHING -> null;
            case JsTables.WHOLE -> (long) tables.number(statement, row, column);
            case JsTables.REAL -> tables.number(statement, row, column);
            case JsTables.TEXT -> tables.text(statement, row, column);
            default -> {
                byte[][] taken = new byte[1][];
                tables.bytes(statement, row, column, bytes -> taken[0] = bytes);
                yield taken[0];
            }
        };
    }
}
