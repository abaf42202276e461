package dev.flowir.kernel.exec;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link Program} gives instead of an output when something happened that it does not decide
 * itself: a body threw or gave nothing, or the run was stopped. Everything that was worked out so
 * far is in it, so that the machine can go on from there without running a body twice.
 *
 * @param run the run
 * @param input its input
 * @param step where it stands
 * @param values outputs of the steps before
 * @param thrown what the step's body threw
 * @param output what it gave, when it gave anything
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once
record Exit(
        InlineRun run,
        Object input,
        int step,
        @Nullable Object[] values,
        @Nullable Throwable thrown,
        @Nullable Object output) {}
