package dev.flowir.servlet;

import dev.flowir.ir.Codecs;
import dev.flowir.ir.Flow;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.servlet.Envelope.Causes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Which flow answers where. Immutable: each method gives further routes, so the order matters only
 * for {@link #defaults(UnaryOperator)} and {@link #codecs(Codecs)}, which count for the routes that
 * follow. Mistakes are refused when the routes are made, not when a request comes: two routes for
 * one method and path, a path parameter that the flow has no place for, a page that does not exist.
 */
public final class Routes {

    /** Everything that is not a route. */
    record Settings(
            Codecs codecs,
            RouteOptions defaults,
            HostLimits limits,
            Causes causes,
            boolean userHeader,
            Optional<Reply> otherwise,
            List<RequestListener> listeners) {}

    private final FlowStarter starter;
    private final Settings settings;
    private final List<RouteTable.Entry> entries;

    private Routes(FlowStarter starter, Settings settings, List<RouteTable.Entry> entries) {
        this.starter = starter;
        this.settings = settings;
        this.entries = entries;
    }

    static Routes on(FlowStarter starter) {
        return new Routes(
                starter,
                new Settings(
                        JsonCodecs.strict(),
                        RouteOptions.DEFAULT,
                        HostLimits.DEFAULT,
                        Causes.HIDDEN,
                        false,
                        Optional.empty(),
                        List.of()),
                List.of());
    }

    /** Runs {@code flow} for GET; its payload is made of the parameters of path and query. */
    public Routes get(String path, Flow<?, ?> flow) {
        return get(path, flow, UnaryOperator.identity());
    }

    /** As {@link #get(String, Flow)}, with options. */
    public Routes get(String path, Flow<?, ?> flow, UnaryOperator<RouteOptions> options) {
        return route("GET", path, flow, options);
    }

    /** Runs {@code flow} for POST; its payload is the JSON body. */
    public Routes post(String path, Flow<?, ?> flow) {
        return post(path, flow, UnaryOperator.identity());
    }

    /** As {@link #post(String, Flow)}, with options. */
    public Routes post(String path, Flow<?, ?> flow, UnaryOperator<RouteOptions> options) {
        return route("POST", path, flow, options);
    }

    /** Runs {@code flow} for PUT; its payload is the JSON body. */
    public Routes put(String path, Flow<?, ?> flow, UnaryOperator<RouteOptions> options) {
        return route("PUT", path, flow, options);
    }

    /** Runs {@code flow} for PATCH; its payload is the JSON body. */
    public Routes patch(String path, Flow<?, ?> flow, UnaryOperator<RouteOptions> options) {
        return route("PATCH", path, flow, options);
    }

    /** Runs {@code flow} for DELETE; its payload is made of the parameters of path and query. */
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
     * Answers GET with a file from the class path, read now.
     *
     * @param resource its name, for example {@code static/index.html}
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
     * Answers GET with a file that lies beside {@code owner}, also inside a module, read now.
     *
     * @param resource its name, relative to the package of {@code owner}
     * @throws IllegalArgumentException when there is no such resource
     */
    public Routes page(String path, Class<?> owner, String resource) {
        return with("GET", PathTemplate.parse(path), PageRoute.load(owner, resource));
    }

    /**
     * Answers everything that no route answers with {@code {"error": message}}, instead of 404 and
     * 405.
     */
    public Routes otherwise(int status, String message) {
        JsonValue body = new JsonValue.Obj(Map.of("error", JsonValue.text(message)));
        Reply reply = new Reply(status, "HTTP" + status, Reply.JSON, Map.of(), Reply.text(body));
        return with(
                new Settings(
                        settings.codecs(),
                        settings.defaults(),
                        settings.limits(),
                        settings.causes(),
                        settings.userHeader(),
                        Optional.of(reply),
                        settings.listeners()));
    }

    /** Options that the routes after this start from. */
    public Routes defaults(UnaryOperator<RouteOptions> options) {
        return with(
                new Settings(
                        settings.codecs(),
                        options.apply(settings.defaults()),
                        settings.limits(),
                        settings.causes(),
                        settings.userHeader(),
                        settings.otherwise(),
                        settings.listeners()));
    }

    /** Codecs of the routes after this; unless said, strict JSON. */
    public Routes codecs(Codecs codecs) {
        return with(
                new Settings(
                        codecs,
                        settings.defaults(),
                        settings.limits(),
                        settings.causes(),
                        settings.userHeader(),
                        settings.otherwise(),
                        settings.listeners()));
    }

    /** Bounds of the host as a whole; unless said, {@link HostLimits#DEFAULT}. */
    public Routes limits(HostLimits limits) {
        return with(
                new Settings(
                        settings.codecs(),
                        settings.defaults(),
                        limits,
                        settings.causes(),
                        settings.userHeader(),
                        settings.otherwise(),
                        settings.listeners()));
    }

    /**
     * For development: errors repeat the message of a body's exception and the place of the node's
     * definition. Unless said, they stay in the log.
     */
    public Routes showCauses() {
        return with(
                new Settings(
                        settings.codecs(),
                        settings.defaults(),
                        settings.limits(),
                        Causes.SHOWN,
                        settings.userHeader(),
                        settings.otherwise(),
                        settings.listeners()));
    }

    /**
     * Takes the user from header {@code x-auth-user}, as JSON: only behind a proxy that sets it and
     * lets no client set it.
     */
    public Routes trustUserHeader() {
        return with(
                new Settings(
                        settings.codecs(),
                        settings.defaults(),
                        settings.limits(),
                        settings.causes(),
                        true,
                        settings.otherwise(),
                        settings.listeners()));
    }

    /** Tells {@code listener} how each request ends. */
    public Routes listener(RequestListener listener) {
        List<RequestListener> all = new ArrayList<>(settings.listeners());
        all.add(listener);
        return with(
                new Settings(
                        settings.codecs(),
                        settings.defaults(),
                        settings.limits(),
                        settings.causes(),
                        settings.userHeader(),
                        settings.otherwise(),
                        List.copyOf(all)));
    }

    FlowStarter starter() {
        return starter;
    }

    Settings settings() {
        return settings;
    }

    RouteTable table() {
        return new RouteTable(entries);
    }

    private Routes with(Settings newSettings) {
        return new Routes(starter, newSettings, entries);
    }

    private Routes with(String method, PathTemplate template, RouteHandler handler) {
        return new Routes(starter, settings, RouteTable.with(entries, method, template, handler));
    }
}
