package dev.flowir.store;

/**
 * What one {@link PagedDatabase} takes.
 *
 * @param maxValueBytes longest text, blob or row
 * @param maxStatementBytes longest statement, in UTF-8
 * @param maxColumns columns of a table, an index or an answer
 * @param maxBindings parameters of a statement
 * @param maxPatternBytes longest pattern of LIKE and GLOB
 * @param maxCompoundSelects terms of UNION and its like
 * @param maxExpressionDepth how deep expressions may nest
 * @param maxTriggerDepth how deep triggers may call each other
 * @param maxFunctionArguments arguments of a function
 */
public record PagedLimits(
        int maxValueBytes,
        int maxStatementBytes,
        int maxColumns,
        int maxBindings,
        int maxPatternBytes,
        int maxCompoundSelects,
        int maxExpressionDepth,
        int maxTriggerDepth,
        int maxFunctionArguments) {

    /** Refuses bounds below 1. */
    public PagedLimits {
        if (maxValueBytes < 1
                || maxStatementBytes < 1
                || maxColumns < 1
                || maxBindings < 1
                || maxPatternBytes < 1
                || maxCompoundSelects < 1
                || maxExpressionDepth < 1
                || maxTriggerDepth < 1
                || maxFunctionArguments < 1) {
            throw new IllegalArgumentException("bounds of a database are at least 1");
        }
    }
}
