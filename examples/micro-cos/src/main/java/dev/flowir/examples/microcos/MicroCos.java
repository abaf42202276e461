package dev.flowir.examples.microcos;

import dev.flowir.blob.BlobStore;
import dev.flowir.durable.Cron;
import dev.flowir.durable.DurableRun;
import dev.flowir.durable.DurableRuntime;
import dev.flowir.durable.Schedule;
import dev.flowir.examples.microcos.Chats.Work;
import dev.flowir.http.CircuitBreaking;
import dev.flowir.http.Egress;
import dev.flowir.http.HttpEndpoint;
import dev.flowir.http.HttpSettings;
import dev.flowir.http.model.TextEndpoint;
import dev.flowir.http.model.TextSettings;
import dev.flowir.ir.Flow;
import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.object.ObjectOptions;
import dev.flowir.object.ObjectSpace;
import dev.flowir.object.log.EventIds;
import dev.flowir.object.log.LogObjects;
import dev.flowir.servlet.FlowServlet;
import dev.flowir.servlet.RouteOptions;
import dev.flowir.servlet.Routes;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The whole: one process, one store. Requests run flows, and so does what follows from them. */
public final class MicroCos implements AutoCloseable {

    /** Largest body of a request; a message has 8,000 characters. */
    static final int MAX_BODY_BYTES = 64 * 1024;

    private static final Duration REQUEST_DEADLINE = Duration.ofSeconds(15);
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final Settings settings;
    private final Store store;
    private final BlobStore blobs;
    private final LogObjects<Chat, Said> logs;
    private final ObjectSpace objects;
    private final TextEndpoint model;
    private final HttpEndpoint tools;
    private final Flow<Answering.Question, Answering.Done> answer;
    private final Flow<Work, Answering.Done> summary;
    private final Flow<Travel.Entry, Answering.Done> entry;
    private final Flow<Planning.Wanted, Answering.Done> plan;
    private final Flow<Planning.Morning, List<Answering.Done>> mornings;
    private final DurableRuntime runs;
    private final Runtime runtime;
    private final ChatFlows flows;
    private final FlowServlet servlet;
    private final Server server;
    private final ServerConnector connector;

    private MicroCos(Settings settings, Store store) throws Exception {
        this.settings = settings;
        this.store = store;
        blobs = BlobStore.files("archive", store, settings.data().resolve("archive"));
        logs = LogObjects.of("chat", Chat.LOG, settings.log()).archivingTo(new BlobArchive(blobs));
        objects =
                ObjectSpace.sqlite(
                        Chats.BINDING,
                        store,
                        ObjectOptions.defaults().on(settings.clock()),
                        List.of(
                                logs.type(),
                                Travel.Detector.CLASS,
                                Travel.Profile.CLASS,
                                Planning.Directory.CLASS));
        HttpSettings near = HttpSettings.DEFAULT.with(Egress.own().withPrivateAddresses());
        model =
                TextEndpoint.open(
                        "llm",
                        settings.modelUrl(),
                        TextSettings.openAi(settings.model()).with(near));
        tools = HttpEndpoint.open("tools", settings.toolsUrl(), near.with(CircuitBreaking.DEFAULT));
        Chats chats = new Chats(logs);
        Answering answering = new Answering(chats);
        Travel travel = new Travel(chats, new Tools(chats));
        Planning planning = new Planning(chats);
        answer = answering.answer();
        summary = answering.summary();
        entry = travel.detect();
        plan = planning.plan();
        mornings = planning.mornings();
        runs =
                DurableRuntime.on(store)
                        .flows(answer, summary, entry, travel.travel(), plan, mornings)
                        .capabilities(Capabilities.of(objects, model, tools))
                        .open();
        runs.schedule(
                Schedule.of(
                        "daily-plan",
                        Cron.parse("0 6 * * *", Cron.Dialect.UNIX),
                        mornings,
                        moment ->
                                new Planning.Morning(
                                        LocalDate.ofInstant(moment, ZoneOffset.UTC).toString())));
        runtime = Runtime.builder().capabilities(Capabilities.of(objects)).build();
        flows = new ChatFlows(chats, new EventIds(settings.instants()), this::begin);
        servlet = new FlowServlet(routes());
        server = new Server();
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        connector = new ServerConnector(server, new HttpConnectionFactory(http));
        listen();
    }

    /** Starts it: what was under way when it last ended goes on. */
    static MicroCos start(Settings settings) throws Exception {
        Files.createDirectories(settings.data());
        Store store =
                Store.open(
                        settings.data().resolve("cos.db"),
                        StoreOptions.defaults().withClock(settings.instants()));
        try {
            return new MicroCos(settings, store);
        } catch (Exception failure) {
            store.close();
            throw failure;
        }
    }

    /** What follows from an event begins with it, in one transaction, as a run named after it. */
    private void begin(String type, Work work, Inputs.Valid valid) {
        String run = work.operationId();
        switch (type) {
            case "user.message" -> {
                if (valid.said().orElseThrow() instanceof Said.UserMessage(String text)) {
                    runs.enqueue(answer, run, new Answering.Question(work, text));
                }
            }
            case "calendar.added" -> {
                if (valid.said().orElseThrow()
                        instanceof Said.CalendarAdded(String title, String date)) {
                    runs.enqueue(entry, run, new Travel.Entry(work, title, date));
                }
            }
            case "workflow.daily" -> runs.enqueue(plan, run, new Planning.Wanted(work, today()));
            case "workflow.summary" -> runs.enqueue(summary, run, work);
            default -> {
                // a task has no further work
            }
        }
    }

    private String today() {
        return LocalDate.ofInstant(settings.clock().instant(), ZoneOffset.UTC).toString();
    }

    private Routes routes() {
        return Routes.on(runtime)
                .defaults(route -> route.deadline(REQUEST_DEADLINE).maxBody(MAX_BODY_BYTES))
                .post("/chats/{user}/messages", flows.message(), MicroCos::accepting)
                .post("/chats/{user}/tasks", flows.task(), MicroCos::accepting)
                .patch("/chats/{user}/tasks/{taskId}", flows.change(), MicroCos::accepting)
                .post("/chats/{user}/plans", flows.plan(), MicroCos::accepting)
                .post("/chats/{user}/calendar", flows.date(), MicroCos::accepting)
                .get("/chats/{user}", flows.look())
                .defaults(route -> route)
                .get(
                        "/chats/{user}/events",
                        flows.follow(),
                        route ->
                                route.resumable(
                                        "after",
                                        ChatFlows.Pushed.class,
                                        pushed -> Long.toString(pushed.version())))
                .page("/", MicroCos.class, "index.html");
    }

    private static RouteOptions accepting(RouteOptions route) {
        return route.status(Inputs.Accepted.class, 202).status(Inputs.Rejected.class, 400);
    }

    private void listen() throws Exception {
        connector.setHost("localhost");
        connector.setPort(settings.port());
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        context.setContextPath("/");
        context.addServletContainerInitializer(
                (classes, into) -> servlet.register(into, "micro-cos", "/*"));
        server.setHandler(context);
        server.start();
    }

    /** Where it listens. */
    URI url() {
        return URI.create("http://localhost:" + connector.getLocalPort());
    }

    /** Plans a day for everyone, as the schedule does each morning; once for each day. */
    DurableRun<List<Answering.Done>> morning(String day) {
        return runs.start(mornings, "morning-" + day, new Planning.Morning(day));
    }

    /** The runs, for tests. */
    DurableRuntime runs() {
        return runs;
    }

    /** The chats, for tests. */
    LogObjects<Chat, Said> logs() {
        return logs;
    }

    /** The objects, for tests. */
    ObjectSpace objects() {
        return objects;
    }

    /** The archive, for tests. */
    BlobArchive archive() {
        return new BlobArchive(blobs);
    }

    /**
     * Stops in order: no new requests, followers, runs, objects, then the store.
     *
     * @throws IOException when the HTTP server does not stop
     */
    @Override
    public void close() throws IOException {
        try {
            logs.close();
            servlet.drain(DRAIN);
            server.stop();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } catch (Exception failure) {
            throw new IOException("the HTTP server did not stop", failure);
        } finally {
            runs.close();
            runtime.close();
            objects.close();
            model.close();
            tools.close();
            blobs.close();
            store.close();
        }
    }

    /**
     * Starts it, with a model and tools of its own where {@code MODEL_URL} and {@code TOOLS_URL}
     * are not set.
     *
     * @param arguments none
     * @throws Exception when it cannot start
     */
    public static void main(String[] arguments) throws Exception {
        LocalModel localModel = LocalModel.start();
        LocalTools localTools = LocalTools.start();
        MicroCos cos = start(Settings.from(System.getenv(), localModel.url(), localTools.url()));
        java.lang.Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(cos)));
        System.out.println("listening on " + cos.url());
    }

    private static void stop(MicroCos cos) {
        try {
            cos.close();
        } catch (IOException e) {
            System.err.println(e.getMessage());
        }
    }
}
