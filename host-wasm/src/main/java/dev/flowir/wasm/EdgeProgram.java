package dev.flowir.wasm;

import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.Failure;
import java.util.Map;
import java.util.Optional;

/** A flow as a worker runs it. */
interface EdgeProgram {

    /**
     * Answers a request; waits for what the flow waits for.
     *
     * @param call the request
     * @param input what was read of it
     * @param limit how long it may take
     * @return the answer
     */
    EdgeReply answer(EdgeCall call, Object input, EdgeLimit limit);

    /**
     * Runs to its end for a job.
     *
     * @param platform what runs it
     * @param input the input
     * @param limit how long it may take
     * @param id of the run
     * @return why it failed; empty when it did not
     */
    Optional<Failure> run(Platform platform, Object input, EdgeLimit limit, String id);

    /** What a log says of a failure beside its message and its code, by name. */
    default Map<String, JsonValue> about(Failure failure) {
        return Map.of();
    }
}
