package dev.flowir.wasm;

import dev.flowir.ir.Flow;
import dev.flowir.kernel.cap.Capabilities;

/**
 * How the flows of a worker run. Who builds a worker writes another class of this name, which makes
 * for each flow what it needs and nothing else.
 */
final class EdgePrograms {

    private EdgePrograms() {}

    /**
     * What runs a flow.
     *
     * @param number its place among the flows of the worker's routes
     * @param flow the flow
     * @param capabilities what the worker serves
     * @return the program; nothing in it waits
     */
    @SuppressWarnings("unused") // the class that is written asks for the number
    static EdgeProgram of(int number, Flow<?, ?> flow, Capabilities capabilities) {
        return EdgePlan.prepare(flow, capabilities);
    }
}
