package dev.flowir.kernel.exec;

/**
 * A program that also begins and ends a run that brings nothing but its input. Made for one flow of
 * one runtime, so that whom it asks is a constant to the JIT, as its bodies are: see {@link
 * Entrance}.
 */
abstract class Whole extends Program {

    /** What {@link #call} gives instead of an output, beside {@link Left}. */
    enum Refusal {
        /** The run was not admitted on its lane, and ended there. */
        REFUSED
    }

    /**
     * Runs it, in a turn of its own.
     *
     * @param flow what is run
     * @param lane where; idle
     * @param input the input
     * @return the output, a {@link Left}, or {@link Refusal#REFUSED}
     */
    abstract Object call(InlineFlow flow, Lane lane, Object input);
}
