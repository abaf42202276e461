package dev.flowir.wasm;

import java.util.List;
import java.util.Map;

/** Who answers the requests of a route where no flow runs for each of them. */
interface EdgeDesk {

    /**
     * A request that was let in.
     *
     * @param host who let it in
     * @param route where it came to
     * @param request the request
     * @param body its body; empty when there is none
     * @param path parameters of the path
     * @param query parameters of the query
     * @param id id of the request
     */
    record Asked(
            EdgeHost host,
            EdgeRoute route,
            EdgeRequest request,
            String body,
            Map<String, String> path,
            Map<String, List<String>> query,
            String id) {}

    /** Answers; waits for what it needs. */
    EdgeReply answer(Asked asked);
}
