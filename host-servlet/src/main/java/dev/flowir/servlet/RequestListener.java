package dev.flowir.servlet;

import java.util.Optional;

/**
 * Is told how requests end: the place for metrics. Called on the thread that ends the request; it
 * must not wait. What it throws is logged and changes nothing for the request.
 */
@FunctionalInterface
public interface RequestListener {

    /**
     * Called exactly once for each request.
     *
     * @param end how it ended
     */
    void finished(End end);

    /**
     * How a request ended.
     *
     * @param requestId id of the request
     * @param method for example {@code POST}
     * @param route template of the route, empty when none matched
     * @param flow name of the flow, empty when no flow was asked for
     * @param runId id of the run, when one was started
     * @param status HTTP status that was sent
     * @param code diagnostic code of the failure, empty when there was none
     * @param outcome how it ended for the client
     * @param latencyNanos from the arrival of the head to the end
     */
    record End(
            String requestId,
            String method,
            String route,
            String flow,
            Optional<String> runId,
            int status,
            String code,
            Outcome outcome,
            long latencyNanos) {}

    /** How a request ended for the client. */
    enum Outcome {
        /** Answered in full. */
        ANSWERED,
        /** The event stream was sent to its end. */
        STREAMED,
        /** The client left before the end. */
        DISCONNECTED
    }
}
