package dev.flowir.http.tool;

/**
 * A call that is over, for logs and meters. One for each call, also for those that fail.
 *
 * @param tool its name
 * @param requestId id of the call in its session
 * @param flow the flow that called; empty outside of flows
 * @param node the node that called
 * @param attempt number of its attempt
 * @param nanos how long it took
 * @param status {@code done}, {@code failed} when the tool said so, else the code of the fault
 */
public record ToolInvocation(
        String tool,
        String requestId,
        String flow,
        String node,
        int attempt,
        long nanos,
        String status) {}
