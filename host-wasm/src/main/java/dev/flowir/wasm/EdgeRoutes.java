package dev.flowir.wasm;

import dev.flowir.ir.Flow;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.host.PathTemplate;
import dev.flowir.kernel.host.RouteTable;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Which flow answers where. Immutable: each method gives further routes. GET and DELETE make the
 * payload of the parameters of path and query, POST, PUT and PATCH of the JSON body.
 */
public final class EdgeRoutes {

    private final EdgeLimits limits;
    private final Capabilities capabilities;
    private final List<RouteTable.Entry<EdgeRoute>> entries;

    private EdgeRoutes(
            EdgeLimits limits,
            Capabilities capabilities,
            List<RouteTable.Entry<EdgeRoute>> entries) {
        this.limits = limits;
        this.capabilities = capabilities;
        this.entries = entries;
    }

    /** {@return no routes yet} */
    public static EdgeRoutes none() {
        return new EdgeRoutes(EdgeLimits.DEFAULT, Capabilities.none(), List.of());
    }

    /**
     * Runs a flow for GET.
     *
     * @param path path template, for example {@code /task/{taskId}}
     * @param flow the flow
     * @return further routes
     */
    public EdgeRoutes get(String path, Flow<?, ?> flow) {
        return route("GET", path, flow, UnaryOperator.identity());
    }

    /**
     * Runs a flow for POST.
     *
     * @param path path template, for example {@code /task/{taskId}}
     * @param flow the flow
     * @return further routes
     */
    public EdgeRoutes post(String path, Flow<?, ?> flow) {
        return route("POST", path, flow, UnaryOperator.identity());
    }

    /**
     * Runs a flow for any method.
     *
     * @param method for example {@code PUT}
     * @param path path template, for example {@code /task/{taskId}}
     * @param flow the flow
     * @param options what the route allows and how it answers
     * @return further routes
     * @throws IllegalArgumentException when an earlier route answers the same
     */
    public EdgeRoutes route(
            String method, String path, Flow<?, ?> flow, UnaryOperator<EdgeOptions> options) {
        PathTemplate template = PathTemplate.parse(path);
        EdgeRoute route = new EdgeRoute(flow, method, template, options.apply(EdgeOptions.DEFAULT));
        return new EdgeRoutes(
                limits, capabilities, RouteTable.with(entries, method, template, route));
    }

    /**
     * Bounds of the host; unless said, {@link EdgeLimits#DEFAULT}.
     *
     * @param newLimits the bounds
     * @return further routes
     */
    public EdgeRoutes limits(EdgeLimits newLimits) {
        return new EdgeRoutes(newLimits, capabilities, entries);
    }

    /**
     * Binds capabilities, besides those bound before.
     *
     * @param providers what turns tokens into handles
     * @return further routes
     * @throws IllegalArgumentException when two serve the same hint under the same name
     */
    public EdgeRoutes bind(CapabilityProvider... providers) {
        return new EdgeRoutes(limits, capabilities.with(providers), entries);
    }

    Capabilities capabilities() {
        return capabilities;
    }

    EdgeLimits limits() {
        return limits;
    }

    RouteTable<EdgeRoute> table() {
        return new RouteTable<>(entries);
    }

    /** {@return the flows, in the order of the routes} */
    public List<Flow<?, ?>> flows() {
        return entries.stream()
                .flatMap(entry -> entry.byMethod().values().stream())
                .<Flow<?, ?>>map(EdgeRoute::flow)
                .toList();
    }

    /** {@return classes that answers are written as, besides the outputs of the flows} */
    public List<Class<?>> answers() {
        return entries.stream()
                .flatMap(entry -> entry.byMethod().values().stream())
                .<Class<?>>flatMap(route -> route.options().statuses().keySet().stream())
                .toList();
    }
}
