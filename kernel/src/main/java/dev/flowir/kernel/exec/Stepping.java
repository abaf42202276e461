package dev.flowir.kernel.exec;

import dev.flowir.ir.NodeBody;
import dev.flowir.kernel.Execution;
import dev.flowir.kernel.machine.Schedule;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Runs a schedule step by step, from arrays, until there is something better. */
abstract sealed class Stepping extends Program permits Straight, Stepwise {

    /** Runs after which compiling pays: it costs about as much as some thousand of them. */
    private static final int HOT = 2_000;

    /** Stands for an output that nobody can ask for any more: every step after has used it. */
    private static final Object USED = new Object();

    private final boolean counts;

    /** Runs so far, roughly: threads may overwrite each other's count. */
    private int runs;

    Stepping(boolean counts) {
        this.counts = counts;
    }

    /** The program for a schedule that costs least. */
    static Program of(Schedule schedule, NodeBody.Single[] bodies, Execution execution) {
        boolean counts = execution == Execution.ADAPTIVE;
        return Straight.of(schedule, bodies, counts)
                .orElseGet(() -> new Stepwise(schedule, bodies, counts));
    }

    /** Steps at the beginning that only pass the input on: nobody can tell whether they ran. */
    static int passing(NodeBody.Single[] bodies) {
        int passing = 0;
        while (passing < bodies.length && bodies[passing] == NodeBody.Passing.ON) {
            passing++;
        }
        return passing;
    }

    /** Outputs of a schedule of which those of the first steps were used. */
    static @Nullable Object[] used(int steps, int first) {
        @Nullable Object[] values = new Object[steps];
        Arrays.fill(values, 0, first, USED);
        return values;
    }

    /** Counts a run: a flow that is run often is compiled. */
    final void count(InlineFlow flow) {
        if (counts && runs <= HOT && ++runs == HOT) {
            flow.becameHot();
        }
    }
}
