package dev.flowir.examples.taskrunner;

import dev.flowir.examples.taskrunner.Messages.Found;
import dev.flowir.examples.taskrunner.Messages.NotFound;
import dev.flowir.examples.taskrunner.Messages.Nothing;
import dev.flowir.examples.taskrunner.Messages.Sweep;
import dev.flowir.examples.taskrunner.Messages.Swept;
import dev.flowir.ir.Flow;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.FlowFailedException;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Timeline;
import dev.flowir.object.ObjectOptions;
import dev.flowir.object.ObjectSpace;
import dev.flowir.redis.RedisException;
import dev.flowir.servlet.Authorizer;
import dev.flowir.servlet.FlowServlet;
import dev.flowir.servlet.RateLimit;
import dev.flowir.servlet.RouteOptions;
import dev.flowir.servlet.Routes;
import dev.flowir.sql.SqlProvider;
import dev.flowir.store.Store;
import dev.flowir.store.StoreException;
import dev.flowir.store.StoreOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The task runner: one process, one store, two ways in. HTTP accepts tasks and shows them, a queue
 * or durable runs work on them; all run flows.
 */
public final class TaskRunner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TaskRunner.class);

    /**
     * Largest body of a task: a queue message holds 128,000 bytes, its envelope and escapes
     * included.
     */
    static final int MAX_BODY_BYTES = 64 * 1024;

    private static final Duration REQUEST_DEADLINE = Duration.ofSeconds(5);
    private static final Duration SWEEP_EVERY = Duration.ofMinutes(1);
    private static final Duration DRAIN = Duration.ofSeconds(10);

    private final Store store;
    private final Backing backing;
    private final TaskEngine engine;
    private final Runtime runtime;
    private final TaskFlows flows;
    private final CapabilityProvider state;
    private final FlowServlet servlet;
    private final Server server;
    private final ServerConnector connector;
    private final ScheduledExecutorService timer;

    private TaskRunner(
            Settings settings,
            InstantSource clock,
            Store store,
            Backing backing,
            List<Shape> shapes)
            throws Exception {
        this.store = store;
        this.backing = backing;
        store.migrate(SqlTasks.SCHEMA);
        TaskFeed feed = new TaskFeed();
        Bound bound = bind(settings, feed, clock);
        this.flows = bound.flows();
        this.state = bound.state();
        this.engine =
                switch (settings.engine()) {
                    case QUEUE ->
                            new QueueEngine(settings, backing.broker(), flows, shapes.getFirst());
                    case WORKFLOW -> new WorkflowEngine(settings, store, flows, shapes, state);
                };
        this.runtime =
                Runtime.builder().capabilities(Capabilities.of(state, engine.inlet())).build();
        for (Flow<?, ?> flow : flows.all()) {
            runtime.preflight(flow)
                    .ifPresent(failure -> {
                        throw new FlowFailedException(failure);
                    });
        }
        runtime.run(flows.recover(), new Nothing()).orThrow();
        engine.start(runtime);
        this.servlet = new FlowServlet(routes(settings));
        this.server = new Server();
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        this.connector = new ServerConnector(server, new HttpConnectionFactory(http));
        this.timer = Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
        listen(settings);
        ScheduledFuture<?> sweeping =
                timer.scheduleWithFixedDelay(
                        () -> sweep(clock.instant().getEpochSecond()),
                        SWEEP_EVERY.toSeconds(),
                        SWEEP_EVERY.toSeconds(),
                        TimeUnit.SECONDS);
        LOG.debug("sweeping is {}", sweeping);
    }

    /** Starts on {@link Settings#port()} with the system's clock. */
    static TaskRunner start(Settings settings) throws Exception {
        return start(settings, InstantSource.system());
    }

    static TaskRunner start(Settings settings, InstantSource clock) throws Exception {
        return start(settings, clock, List.of(Steps::process));
    }

    /** Starts a release: new tasks have the first of {@code shapes}, older ones keep theirs. */
    static TaskRunner start(Settings settings, InstantSource clock, List<Shape> shapes)
            throws Exception {
        Files.createDirectories(settings.data());
        Store store =
                Store.open(
                        settings.data().resolve(settings.service() + ".db"),
                        StoreOptions.defaults().withClock(clock));
        try {
            Backing backing = new Backing(settings, store);
            try {
                return new TaskRunner(settings, clock, store, backing, shapes);
            } catch (Exception failure) {
                backing.close();
                throw failure;
            }
        } catch (Exception failure) {
            store.close();
            throw failure;
        }
    }

    /** The flows of a store, and what is bound for their tokens. */
    private record Bound(TaskFlows flows, CapabilityProvider state) {}

    /** The time of a clock; waiting takes as long as it does. */
    private record Ticking(InstantSource clock) implements Timeline {

        @Override
        public Instant instant() {
            return clock.instant();
        }

        @Override
        public Runnable schedule(Duration delay, Runnable action) {
            return Timeline.system().schedule(delay, action);
        }
    }

    private Bound bind(Settings settings, TaskFeed feed, InstantSource clock) {
        return switch (settings.store()) {
            case D1 ->
                    new Bound(
                            new SqlTasks(
                                    settings,
                                    feed,
                                    clock,
                                    told -> store.execute(tx -> tx.afterCommit(told))),
                            SqlProvider.on(settings.database(), store));
            case KV -> new Bound(new KvTasks(settings, feed, clock), backing.keys());
            case DURABLE_OBJECT -> {
                ObjectTasks tasks = new ObjectTasks(settings, feed, clock);
                ObjectOptions options = ObjectOptions.defaults().on(new Ticking(clock));
                yield new Bound(
                        tasks,
                        ObjectSpace.sqlite(settings.objects(), store, options, tasks.classes()));
            }
        };
    }

    private Routes routes(Settings settings) {
        RateLimit posts = backing.posts();
        return Routes.on(runtime)
                .defaults(route -> route.deadline(REQUEST_DEADLINE))
                .post("/task", flows.create(), route -> guarded(settings, route.rateLimit(posts)))
                .get(
                        "/task/{taskId}",
                        flows.read(),
                        route -> route.status(Found.class, 200).status(NotFound.class, 404))
                .get("/dead-letters", flows.letters())
                .post(
                        "/dead-letters/{taskId}/redrive",
                        flows.redrive(),
                        route -> guarded(settings, route.parameters()))
                .defaults(route -> route)
                .get("/events", flows.events())
                .page("/", TaskRunner.class, "index.html")
                .page("/app.js", TaskRunner.class, "app.js")
                .otherwise(405, "method not allowed");
    }

    private static RouteOptions guarded(Settings settings, RouteOptions route) {
        RouteOptions bounded = route.maxBody(MAX_BODY_BYTES).emptyBody("{}");
        return settings.token()
                .map(token -> bounded.authorize(Authorizer.bearer(List.of(token))))
                .orElse(bounded);
    }

    private void listen(Settings settings) throws Exception {
        connector.setHost("localhost");
        connector.setPort(settings.port());
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        context.setContextPath("/");
        context.addServletContainerInitializer(
                (classes, into) -> servlet.register(into, settings.service(), "/*"));
        JsonErrors errors = new JsonErrors();
        context.setErrorHandler(errors);
        server.setErrorHandler(errors);
        server.setHandler(context);
        try {
            server.start();
        } catch (IOException taken) {
            close();
            throw new IOException(
                    "port " + settings.port() + " cannot be used; set PORT to another one", taken);
        }
    }

    /** Removes what expired before {@code nowSeconds}; returns how many tasks that were. */
    long sweep(long nowSeconds) {
        return switch (runtime.run(flows.sweep(), new Sweep(nowSeconds))) {
            case Result.Value<Swept>(Swept swept) -> {
                if (swept.removed() > 0) {
                    LOG.info("swept {} expired tasks", swept.removed());
                }
                yield swept.removed();
            }
            case Result.Failed<Swept>(Failure failure) -> {
                LOG.warn("sweeping failed: {} {}", failure.code(), failure.message());
                yield 0;
            }
        };
    }

    /** Where it listens. */
    URI url() {
        return URI.create("http://localhost:" + connector.getLocalPort());
    }

    /** What processes tasks, for tests. */
    TaskEngine engine() {
        return engine;
    }

    /** The store, for tests. */
    Store store() {
        return store;
    }

    /**
     * Stops in order: no new requests, no new messages, what runs is finished, then the store.
     *
     * @throws IOException when the HTTP server does not stop
     */
    @Override
    public void close() throws IOException {
        timer.shutdownNow();
        try {
            servlet.drain(DRAIN);
            server.stop();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } catch (Exception failure) {
            throw new IOException("the HTTP server did not stop", failure);
        } finally {
            engine.close();
            runtime.close();
            if (state instanceof ObjectSpace objects) {
                objects.close();
            }
            backing.close();
            store.close();
        }
    }

    /**
     * Starts the task runner, checks one that runs, or removes what one left.
     *
     * @param arguments nothing to start; {@code verify [URL]} to check, {@code teardown [--yes]} to
     *     remove
     * @throws Exception when it cannot start, for a reason that is no setting
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0 && arguments[0].equals("verify")) {
            System.exit(verify(arguments));
        }
        if (arguments.length > 0 && arguments[0].equals("teardown")) {
            System.exit(teardown(List.of(arguments).contains("--yes")));
        }
        if (arguments.length > 0) {
            System.err.println(
                    "unknown: "
                            + Arrays.toString(arguments)
                            + "; known are: verify [URL], teardown [--yes]");
            System.exit(2);
        }
        try {
            TaskRunner runner = start(Settings.from(System.getenv()));
            java.lang.Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(runner)));
            System.out.println("listening on " + runner.url());
        } catch (IllegalArgumentException | IOException | RedisException | StoreException refused) {
            System.err.println(refused.getMessage());
            System.exit(1);
        }
    }

    /** Checks the task runner at the URL that is given, or at the port that is set. */
    private static int verify(String[] arguments) {
        try {
            String url =
                    arguments.length > 1
                            ? arguments[1]
                            : "http://localhost:" + Settings.from(System.getenv()).port();
            return Verify.run(URI.create(url), System.getenv("API_TOKEN"), System.out);
        } catch (IllegalArgumentException refused) {
            System.err.println(refused.getMessage());
            return 2;
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static int teardown(boolean confirmed) {
        try {
            return Teardown.run(Settings.from(System.getenv()), confirmed, System.out);
        } catch (IllegalArgumentException | IOException | StoreException refused) {
            System.err.println(refused.getMessage());
            return 2;
        }
    }

    private static void stop(TaskRunner runner) {
        try {
            runner.close();
        } catch (IOException failure) {
            System.err.println("stopping failed: " + failure);
        }
    }
}
