package dev.flowir.wasm;

import dev.flowir.ir.Flow;
import dev.flowir.ir.HintTable;
import dev.flowir.ir.Type;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.UploadedFile;
import dev.flowir.kernel.cap.WireRequest;
import dev.flowir.kernel.host.PathTemplate;
import dev.flowir.kernel.host.RouteTable;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectLife;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Which flow answers where. Immutable: each method gives further routes. GET and DELETE make the
 * payload of the parameters of path and query, POST, PUT and PATCH of the JSON body.
 */
public final class EdgeRoutes extends EdgeRunRoutes {

    private final EdgeLimits limits;
    private final Capabilities capabilities;
    private final List<RouteTable.Entry<EdgeRoute>> entries;
    private final List<EdgeJob> jobs;
    private final Optional<Otherwise> otherwise;

    /** What is answered where no route answers. */
    record Otherwise(int status, String message) {}

    /** Durable runs; null where there are none, and then nothing of them is in the worker. */
    private final @Nullable EdgeRuns runs;

    private EdgeRoutes(
            EdgeLimits limits,
            Capabilities capabilities,
            List<RouteTable.Entry<EdgeRoute>> entries,
            List<EdgeJob> jobs,
            Optional<Otherwise> otherwise,
            @Nullable EdgeRuns runs) {
        this.limits = limits;
        this.capabilities = capabilities;
        this.entries = entries;
        this.jobs = jobs;
        this.otherwise = otherwise;
        this.runs = runs;
    }

    /** {@return no routes yet} */
    public static EdgeRoutes none() {
        return new EdgeRoutes(
                EdgeLimits.DEFAULT,
                Capabilities.none(),
                List.of(),
                List.of(),
                Optional.empty(),
                null);
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
        return routed(method, template, route);
    }

    /**
     * Runs a flow for those requests that pass guards.
     *
     * @param method for example {@code POST}
     * @param path path template, for example {@code /task}
     * @param flow the flow
     * @param options what the route allows and how it answers
     * @param guards who are asked, in their order; the first that does not allow it answers
     * @return further routes
     * @throws IllegalArgumentException when an earlier route answers the same
     */
    public EdgeRoutes guarded(
            String method,
            String path,
            Flow<?, ?> flow,
            UnaryOperator<EdgeOptions> options,
            List<EdgeGuard> guards) {
        PathTemplate template = PathTemplate.parse(path);
        EdgeOptions chosen = options.apply(EdgeOptions.DEFAULT);
        EdgeRoute route = new EdgeGuardedRoute(flow, method, template, chosen, guards);
        return routed(method, template, route);
    }

    /**
     * Runs a flow for forms, {@code multipart/form-data}: for flows that take a record. Its
     * components are the fields; those of type {@link UploadedFile}, an {@code Optional} or a
     * {@code List} of it are files, all others text. A file goes into a bucket while it comes, and
     * is kept when the whole form is the flow's input; after that it is the flow's to keep or to
     * remove. {@link EdgeOptions#maxBody(int)} does not count for a form.
     *
     * @param method for example {@code POST}
     * @param path path template, for example {@code /albums}
     * @param flow the flow
     * @param options what the route allows and how it answers
     * @param form where files go, and its bounds
     * @return further routes
     * @throws IllegalArgumentException when an earlier route answers the same
     */
    public EdgeRoutes form(
            String method,
            String path,
            Flow<?, ?> flow,
            UnaryOperator<EdgeOptions> options,
            EdgeForm form) {
        PathTemplate template = PathTemplate.parse(path);
        EdgeOptions chosen = options.apply(EdgeOptions.DEFAULT);
        EdgeRoute route = new EdgeFormRoute(flow, method, template, chosen, form);
        return routed(method, template, route);
    }

    @Override
    EdgeRoutes routed(String method, PathTemplate template, EdgeRoute route) {
        var more = RouteTable.with(entries, method, template, route);
        return new EdgeRoutes(limits, capabilities, more, jobs, otherwise, runs);
    }

    /**
     * Answers everything that no route answers with {@code {"error": message}}, instead of 404 and
     * 405.
     *
     * @param status HTTP status
     * @param message text of the error
     * @return further routes
     */
    public EdgeRoutes otherwise(int status, String message) {
        var all = Optional.of(new Otherwise(status, message));
        return new EdgeRoutes(limits, capabilities, entries, jobs, all, runs);
    }

    Optional<Otherwise> otherwise() {
        return otherwise;
    }

    @Override
    EdgeRoutes running(EdgeRuns all) {
        return new EdgeRoutes(limits, capabilities, entries, jobs, otherwise, all);
    }

    /**
     * Takes clients for objects of a class, by WebSocket or by server-sent events: they stay while
     * the object sleeps. To the object, who listens to events is a socket that says nothing.
     *
     * @param path path template, for example {@code /rooms/{room}/live}
     * @param type a class with {@link ObjectClass#sockets} that {@link EdgeBindings#objects} binds
     * @param name which object a client wants; is given parameters of path and query, no headers
     * @return further routes
     * @throws IllegalArgumentException when an earlier route answers the same, or the class has no
     *     sockets
     */
    public EdgeRoutes sockets(
            String path, ObjectClass<?> type, Function<WireRequest, String> name) {
        if (!ObjectLife.hasSockets(type)) {
            throw new IllegalArgumentException("the class '" + type.name() + "' has no sockets");
        }
        PathTemplate template = PathTemplate.parse(path);
        EdgeRoute route = new EdgeRoute("GET", template, new EdgeSocketDesk(type, name));
        return routed("GET", template, route);
    }

    @Override
    @Nullable EdgeRuns runs() {
        return runs;
    }

    /**
     * What durable runs are pinned to, for the worker that is built.
     *
     * @param hints what hints demand
     * @param refused is told why flows cannot run durably at the edge, each with its code
     * @return hashes of their flows
     */
    public List<String> plans(HintTable hints, List<String> refused) {
        return runs == null ? List.of() : runs.plans(capabilities, hints, refused);
    }

    /**
     * Runs a flow for each message of a queue, whose JSON body is the input. A run that gives a
     * value acknowledges its message, one that fails asks for it again; messages of a batch run
     * side by side and do not touch each other. The id of the run is that of the message.
     *
     * @param queue name of the queue
     * @param flow the flow; not one that gives a stream
     * @param consumer how messages are taken
     * @return further routes
     * @throws IllegalArgumentException when another flow takes messages of the queue
     */
    public EdgeRoutes queue(String queue, Flow<?, ?> flow, EdgeConsumer consumer) {
        for (EdgeJob job : jobs) {
            if (job.cause() instanceof EdgeJob.Message other && other.queue().equals(queue)) {
                throw new IllegalArgumentException(
                        "flow '" + job.flow().name() + "' takes the messages of '" + queue + "'");
            }
        }
        return with(new EdgeJob(flow, new EdgeJob.Message(queue, consumer)));
    }

    /**
     * Runs a flow at the moments of a schedule, which the platform may leave out or tell twice. The
     * id of the run is made of flow and moment.
     *
     * @param cron moments in UTC, as the platform reads them: weekday 1 is Sunday
     * @param flow the flow; not one that gives a stream
     * @param input makes the input of a moment
     * @param <I> the input
     * @return further routes
     */
    public <I> EdgeRoutes scheduled(String cron, Flow<I, ?> flow, Function<Instant, I> input) {
        return with(
                new EdgeJob(
                        flow,
                        new EdgeJob.Moment(
                                cron, millis -> input.apply(Instant.ofEpochMilli(millis)))));
    }

    private EdgeRoutes with(EdgeJob job) {
        List<EdgeJob> all = new ArrayList<>(jobs);
        all.add(job);
        return new EdgeRoutes(limits, capabilities, entries, all, otherwise, runs);
    }

    List<EdgeJob> jobs() {
        return jobs;
    }

    /** {@return what the worker needs of its platform} */
    public EdgeManifest manifest() {
        return EdgeManifest.of(capabilities(), jobs);
    }

    /** {@return what flows need and nothing serves, each with the name of its flow} */
    public List<String> missing() {
        List<String> lines = new ArrayList<>();
        for (Flow<?, ?> flow : flows()) {
            for (String line : EdgePlan.lacks(flow, capabilities)) {
                lines.add("flow '" + flow.name() + "': " + line);
            }
        }
        EdgeGuardedRoute.lacks(entries, capabilities, lines);
        return lines;
    }

    /**
     * Bounds of the host; unless said, {@link EdgeLimits#DEFAULT}.
     *
     * @param newLimits the bounds
     * @return further routes
     */
    public EdgeRoutes limits(EdgeLimits newLimits) {
        return new EdgeRoutes(newLimits, capabilities, entries, jobs, otherwise, runs);
    }

    /**
     * Binds capabilities, besides those bound before.
     *
     * @param providers what turns tokens into handles
     * @return further routes
     * @throws IllegalArgumentException when two serve the same hint under the same name
     */
    @Override
    public EdgeRoutes bind(CapabilityProvider... providers) {
        return new EdgeRoutes(limits, capabilities.with(providers), entries, jobs, otherwise, runs);
    }

    Capabilities capabilities() {
        return runs == null ? capabilities : capabilities.with(runs.provider());
    }

    EdgeLimits limits() {
        return limits;
    }

    RouteTable<EdgeRoute> table() {
        return new RouteTable<>(entries);
    }

    /**
     * {@return the flows: those of routes in their order, then those of queues, schedules and
     * durable runs}
     */
    public List<Flow<?, ?>> flows() {
        List<Flow<?, ?>> flows = new ArrayList<>();
        for (RouteTable.Entry<EdgeRoute> entry : entries) {
            for (EdgeRoute route : entry.byMethod().values()) {
                if (route.desk() == null) {
                    flows.add(route.flow());
                }
            }
        }
        jobs.forEach(job -> flows.add(job.flow()));
        if (runs != null) {
            flows.addAll(runs.flows());
        }
        return flows;
    }

    /**
     * {@return what is written for a worker of these routes, so that it has no more than it uses}
     */
    public EdgeContents contents() {
        return EdgeContents.of(this, capabilities);
    }

    @SuppressWarnings("ReferenceEquality") // flows that are equal can have other bodies
    boolean isDurable(Flow<?, ?> flow) {
        return runs != null && runs.flows().stream().anyMatch(it -> it == flow);
    }

    List<EdgeRoute> routes() {
        List<EdgeRoute> routes = new ArrayList<>();
        for (RouteTable.Entry<EdgeRoute> entry : entries) {
            routes.addAll(entry.byMethod().values());
        }
        return routes;
    }

    /**
     * {@return types that need JSON besides those of flows: what objects are given and store, and
     * files of forms}
     */
    public List<Type<?>> kept() {
        List<Type<?>> types = new ArrayList<>();
        for (CapabilityProvider provider : capabilities().providers()) {
            if (provider instanceof EdgeProvider bound && bound.served() instanceof EdgeDoor door) {
                types.addAll(door.types());
            }
        }
        if (routes().stream().anyMatch(EdgeFormRoute.class::isInstance)) {
            types.add(Type.of(UploadedFile.class));
        }
        return types;
    }

    /** {@return why flows cannot take the forms of their routes, each with the name of its flow} */
    public List<String> unfit() {
        List<String> lines = new ArrayList<>();
        for (EdgeRoute route : routes()) {
            if (route instanceof EdgeFormRoute && !route.flow().input().raw().isRecord()) {
                lines.add(
                        "flow '"
                                + route.flow().name()
                                + "': form(…) is for flows that take a record, whose components are"
                                + " the fields; this flow takes "
                                + route.flow().input());
            }
        }
        return lines;
    }

    /** {@return classes that answers are written as, besides the outputs of the flows} */
    public List<Class<?>> answers() {
        return entries.stream()
                .flatMap(entry -> entry.byMethod().values().stream())
                .<Class<?>>flatMap(route -> route.options().statuses().keySet().stream())
                .toList();
    }
}
