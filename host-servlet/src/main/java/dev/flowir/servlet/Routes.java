package dev.flowir.servlet;

import dev.flowir.ir.Codecs;
import dev.flowir.ir.Flow;
import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.WireEnds;
import dev.flowir.kernel.host.Envelope.Causes;
import dev.flowir.kernel.host.PathTemplate;
import dev.flowir.kernel.host.RouteTable;
import dev.flowir.servlet.HostSettings.UserSource;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Which flow answers where. Immutable: each method gives further routes, so the order matters only
 * for {@link #defaults(UnaryOperator)} and {@link #codecs(Codecs)}, which count for the routes that
 * follow. Mistakes are refused when the routes are made, not when a request comes: two routes for
 * one method and path, a path parameter that the flow has no place for, a page that does not exist.
 */
public final class Routes {

    private final FlowStarter starter;
    private final HostSettings settings;
    private final List<RouteTable.Entry<RouteHandler>> entries;

    private Routes(
            FlowStarter starter,
            HostSettings settings,
            List<RouteTable.Entry<RouteHandler>> entries) {
        this.starter = starter;
        this.settings = settings;
        this.entries = entries;
    }

    /**
     * No routes yet.
     *
     * @param runtime runs the flows
     * @return routes to add to
     */
    public static Routes on(Runtime runtime) {
        return on(runtime::start);
    }

    static Routes on(FlowStarter starter) {
        return new Routes(starter, HostSettings.DEFAULT, List.of());
    }

    /**
     * Runs a flow for GET; its payload is made of the parameters of path and query.
     *
     * @param path path template, for example {@code /task/{taskId}}
     * @param flow the flow
     * @return further routes
     */
    public Routes get(String path, Flow<?, ?> flow) {
        return get(path, flow, UnaryOperator.identity());
    }

    /**
     * Runs a flow for GET; its payload is made of the parameters of path and query.
     *
     * @param path path template, for example {@code /task/{taskId}}
     * @param flow the flow
     * @param options what the route allows and how it answers
     * @return further routes
     */
    public Routes get(String path, Flow<?, ?> flow, UnaryOperator<RouteOptions> options) {
        return route("GET", path, flow, options);
    }

    /**
     * Runs a flow for POST; its payload is the JSON body.
     *
     * @param path path template, for example {@code /task/{taskId}}
     * @param flow the flow
     * @return further routes
     */
    public Routes post(String path, Flow<?, ?> flow) {
        return post(path, flow, UnaryOperator.identity());
    }

    /**
     * Runs a flow for POST; its payload is the JSON body.
     *
     * @param path path template, for example {@code /task/{taskId}}
     * @param flow the flow
     * @param options what the route allows and how it answers
     * @return further routes
     */
    public Routes post(String path, Flow<?, ?> flow, UnaryOperator<RouteOptions> options) {
        return route("POST", path, flow, options);
    }

    /**
     * Runs a flow for PUT; its payload is the JSON body.
     *
     * @param path path template, for example {@code /task/{taskId}}
     * @param flow the flow
     * @param options what the route allows and how it answers
     * @return further routes
     */
    public Routes put(String path, Flow<?, ?> flow, UnaryOperator<RouteOptions> options) {
        return route("PUT", path, flow, options);
    }

    /**
     * Runs a flow for PATCH; its payload is the JSON body.
     *
     * @param path path template, for example {@code /task/{taskId}}
     * @param flow the flow
     * @param options what the route allows and how it answers
     * @return further routes
     */
    public Routes patch(String path, Flow<?, ?> flow, UnaryOperator<RouteOptions> options) {
        return route("PATCH", path, flow, options);
    }

    /**
     * Runs a flow for DELETE; its payload is made of the parameters of path and query.
     *
     * @param path path template, for example {@code /task/{taskId}}
     * @param flow the flow
     * @param options what the route allows and how it answers
     * @return further routes
     */
    public Routes delete(String path, Flow<?, ?> flow, UnaryOperator<RouteOptions> options) {
        return route("DELETE", path, flow, options);
    }

    private Routes route(
            String method, String path, Flow<?, ?> flow, UnaryOperator<RouteOptions> options) {
        PathTemplate template = PathTemplate.parse(path);
        RouteOptions chosen = options.apply(settings.defaults());
        return with(
                method,
                template,
                new FlowRoute<>(flow, method, template, chosen, settings.codecs()));
    }

    /**
     * Opens connections for GET: a WebSocket for clients that upgrade, where the container has
     * Jakarta WebSocket; server-sent events for those that accept them; the first message as JSON
     * for all others.
     *
     * @param path path template, for example {@code /rooms/{name}}
     * @param ends who takes them, for example objects with sockets
     * @return further routes
     */
    public Routes wires(String path, WireEnds ends) {
        return wires(path, ends, UnaryOperator.identity());
    }

    /**
     * Opens connections for GET, with options.
     *
     * @param path path template, for example {@code /rooms/{name}}
     * @param ends who takes them, for example objects with sockets
     * @param options who may connect, how often, and by {@link RouteOptions#maxBody} how large a
     *     message may be
     * @return further routes
     */
    public Routes wires(String path, WireEnds ends, UnaryOperator<RouteOptions> options) {
        return with(
                "GET",
                PathTemplate.parse(path),
                new WireRoute(ends, options.apply(settings.defaults())));
    }

    /**
     * Answers GET with a file from the class path, read now.
     *
     * @param path where, for example {@code /}
     * @param resource its name, for example {@code static/index.html}
     * @return further routes
     * @throws IllegalArgumentException when there is no such resource
     */
    public Routes page(String path, String resource) {
        ClassLoader own = Thread.currentThread().getContextClassLoader();
        return with(
                "GET",
                PathTemplate.parse(path),
                PageRoute.load(own == null ? Routes.class.getClassLoader() : own, resource));
    }

    /**
     * Answers GET with a file that lies beside a class, also inside a module, read now.
     *
     * @param path where, for example {@code /}
     * @param owner the class
     * @param resource its name, relative to the package of {@code owner}
     * @return further routes
     * @throws IllegalArgumentException when there is no such resource
     */
    public Routes page(String path, Class<?> owner, String resource) {
        return with("GET", PathTemplate.parse(path), PageRoute.load(owner, resource));
    }

    /**
     * Answers everything that no route answers with {@code {"error": message}}, instead of 404 and
     * 405.
     *
     * @param status HTTP status
     * @param message text of the error
     * @return further routes
     */
    public Routes otherwise(int status, String message) {
        JsonValue body = new JsonValue.Obj(Map.of("error", JsonValue.text(message)));
        return with(
                settings.withOtherwise(
                        new Reply(
                                status, "HTTP" + status, Reply.JSON, Map.of(), Reply.text(body))));
    }

    /**
     * Options that the routes after this start from.
     *
     * @param options changes to the options so far
     * @return further routes
     */
    public Routes defaults(UnaryOperator<RouteOptions> options) {
        return with(settings.with(options.apply(settings.defaults())));
    }

    /**
     * Codecs of the routes after this; unless said, strict JSON.
     *
     * @param codecs whose bytes are JSON
     * @return further routes
     */
    public Routes codecs(Codecs codecs) {
        return with(settings.with(codecs));
    }

    /**
     * Bounds of the host as a whole; unless said, {@link HostLimits#DEFAULT}.
     *
     * @param limits the bounds
     * @return further routes
     */
    public Routes limits(HostLimits limits) {
        return with(settings.with(limits));
    }

    /**
     * For development: errors repeat the message of a body's exception and the place of the node's
     * definition. Unless said, they stay in the log.
     *
     * @return further routes
     */
    public Routes showCauses() {
        return with(settings.with(Causes.SHOWN));
    }

    /**
     * Takes the user from header {@code x-auth-user}, as JSON: only behind a proxy that sets it and
     * lets no client set it.
     *
     * @return further routes
     */
    public Routes trustUserHeader() {
        return with(settings.with(UserSource.TRUSTED_HEADER));
    }

    /**
     * Tells somebody how each request ends.
     *
     * @param listener is told, after those added before
     * @return further routes
     */
    public Routes listener(RequestListener listener) {
        return with(settings.withListener(listener));
    }

    FlowStarter starter() {
        return starter;
    }

    HostSettings settings() {
        return settings;
    }

    RouteTable<RouteHandler> table() {
        return new RouteTable<>(entries);
    }

    private Routes with(HostSettings newSettings) {
        return new Routes(starter, newSettings, entries);
    }

    private Routes with(String method, PathTemplate template, RouteHandler handler) {
        return new Routes(starter, settings, RouteTable.with(entries, method, template, handler));
    }
}
