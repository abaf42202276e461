package dev.flowir.kernel.exec;

import dev.flowir.kernel.Invocation;
import org.jspecify.annotations.Nullable;

/** Runs a flow that only computes, from its input to its output, on the thread that calls. */
abstract class Program {

    /**
     * Runs it.
     *
     * @param flow what is run
     * @param lane where
     * @param turn which turn of the lane it is
     * @param invocation the request; null for one without metadata
     * @param input the input
     * @return the output, or an {@link Exit}
     */
    abstract Object run(
            InlineFlow flow,
            Lane lane,
            long turn,
            @Nullable Invocation<?> invocation,
            Object input);
}
