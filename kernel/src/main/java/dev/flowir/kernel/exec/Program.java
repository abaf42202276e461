package dev.flowir.kernel.exec;

import dev.flowir.kernel.Invocation;
import dev.flowir.kernel.RunInfo;
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
     * @param info what listeners know of the run; null when it is made when somebody asks
     * @param input the input
     * @return the output, or an {@link Exit}
     */
    abstract Object run(
            InlineFlow flow,
            Lane lane,
            long turn,
            @Nullable Invocation<?> invocation,
            @Nullable RunInfo info,
            Object input);
}
