package dev.flowir.servlet;

import dev.flowir.kernel.cap.WireEnds;

/**
 * Connections at a path.
 *
 * @param ends who takes them
 * @param options of the route; what concerns bodies and answers of flows does not apply, but {@link
 *     RouteOptions#maxBody} bounds a message
 */
record WireRoute(WireEnds ends, RouteOptions options) implements RouteHandler {}
