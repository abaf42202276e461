package dev.flowir.kernel.exec;

import dev.flowir.kernel.Invocation;
import dev.flowir.kernel.RunInfo;
import java.util.Iterator;
import java.util.function.Consumer;
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

    /** Why {@link #feed} came back before something was out of the ordinary. */
    enum Pause {
        /** The source has no more. */
        EMPTY,
        /** An input was taken and could not be begun: see {@link Loop#begins}. */
        HELD,
        /** There is a better program by now. */
        AGAIN
    }

    /**
     * Takes inputs through, one after another, and gives each output on.
     *
     * @param at where
     * @param source where inputs come from
     * @param sink where outputs go
     * @return a {@link Pause}, or the {@link Exit} of a run that is still on
     */
    @SuppressWarnings("ReferenceEquality") // this very program
    Object feed(Loop at, Iterator<?> source, Consumer<Object> sink) {
        InlineFlow flow = at.flow();
        while (source.hasNext()) {
            Object input = source.next();
            if (!at.begins(input)) {
                return Pause.HELD;
            }
            Object output = run(flow, at.lane(), at.turn(), at.each(), at.info(), input);
            if (output instanceof Exit) {
                return output;
            }
            at.ends();
            sink.accept(output);
            if (flow.program() != this) {
                return Pause.AGAIN;
            }
        }
        return Pause.EMPTY;
    }
}
