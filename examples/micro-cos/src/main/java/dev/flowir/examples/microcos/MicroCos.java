package dev.flowir.examples.microcos;

import dev.flowir.durable.DurableBuilder;
import dev.flowir.durable.DurableRun;
import dev.flowir.durable.DurableRuntime;
import dev.flowir.durable.Schedule;
import dev.flowir.examples.microcos.Chats.Work;
import dev.flowir.examples.serving.Door;
import dev.flowir.http.Egress;
import dev.flowir.http.HttpSettings;
import dev.flowir.http.model.TextEndpoint;
import dev.flowir.http.model.TextSettings;
import dev.flowir.http.tool.ToolEndpoint;
import dev.flowir.http.tool.ToolSettings;
import dev.flowir.ir.Flow;
import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.Cron;
import dev.flowir.object.ObjectOptions;
import dev.flowir.object.ObjectSpace;
import dev.flowir.object.ObjectWriter;
import dev.flowir.object.log.EventIds;
import dev.flowir.object.log.LogObjects;
import dev.flowir.servlet.FlowServlet;
import dev.flowir.servlet.RateLimit;
import dev.flowir.servlet.RouteOptions;
import dev.flowir.servlet.Routes;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The whole: one process, one store. Requests run flows, and so does what follows from them. */
public final class MicroCos implements AutoCloseable {

    /** Largest body of a request; a message has 8,000 characters. */
    static final int MAX_BODY_BYTES = 64 * 1024;

    private static final Duration REQUEST_DEADLINE = Duration.ofSeconds(15);

    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final Settings settings;
    private final Store store;
    private final Backing backing;
    private final BlobArchive archive;
    private final LogObjects<Chat, Said> logs;
    private final ObjectSpace objects;
    private final TextEndpoint model;
    private final ToolEndpoint flights;
    private final ToolEndpoint hotels;
    private final Flow<Answering.Question, Answering.Done> answer;
    private final Flow<Work, Answering.Done> tasks;
    private final Flow<Work, Answering.Done> summary;
    private final Flow<Travel.Entry, Answering.Done> entry;
    private final Flow<Planning.Wanted, Answering.Done> plan;
    private final Flow<Planning.Reminder, Answering.Done> reminder;
    private final Flow<Planning.Morning, List<Answering.Done>> mornings;
    private final DurableRuntime runs;
    private final Runtime runtime;
    private final Door door;

    private MicroCos(Settings settings, Store store, Backing backing) throws Exception {
        this.settings = settings;
        this.store = store;
        this.backing = backing;
        archive = backing.archive();
        logs = LogObjects.of("chat", Chat.LOG, settings.log()).archivingTo(archive);
        objects =
                ObjectSpace.sqlite(
                        Chats.BINDING,
                        store,
                        ObjectOptions.defaults().on(settings.clock()),
                        List.of(
                                logs.type(),
                                Detector.CLASS,
                                Profile.CLASS,
                                Planning.Directory.CLASS));
        HttpSettings near = HttpSettings.DEFAULT.with(Egress.own().withPrivateAddresses());
        model =
                TextEndpoint.open(
                        "llm",
                        settings.modelUrl(),
                        TextSettings.openAi(settings.model()).with(near));
        HttpSettings guarded = near.with(settings.care().breaking()).with(settings.instants());
        flights = tool("flights", Search.FLIGHTS_SEARCH, guarded);
        hotels = tool("hotels", Search.HOTEL_SEARCH, guarded);
        Chats chats = new Chats(logs.type());
        Answering answering =
                new Answering(
                        chats,
                        new Answering.ByObjects(
                                (objects, wanted, day) -> remind(chats, objects, wanted, day)));
        Travel travel = new Travel(chats, settings.care().patience());
        Planning planning = new Planning(chats);
        answer = answering.answer();
        tasks = answering.tasks();
        summary = answering.summary();
        entry = travel.detect();
        plan = planning.plan();
        reminder = planning.reminder();
        mornings = planning.mornings();
        DurableBuilder builder =
                DurableRuntime.on(store)
                        .flows(answer, tasks, summary, entry, travel.travel())
                        .flows(plan, reminder, mornings)
                        .capabilities(
                                Capabilities.of(objects, model, flights, hotels, backing.offers()));
        settings.steps().ifPresent(builder::time);
        runs = builder.open();
        runs.schedule(
                Schedule.of(
                        "daily-plan",
                        Cron.parse("0 6 * * *", Cron.Dialect.UNIX),
                        mornings,
                        moment -> new Planning.Morning(day(moment))));
        runtime = Runtime.builder().capabilities(Capabilities.of(objects)).build();
        Inlet inlet = new Inlet(chats, new EventIds(settings.instants()), this::begin);
        ChatFlows flows = new ChatFlows(chats, inlet.accept());
        door =
                Door.open(
                        settings.port(),
                        new FlowServlet(routes(flows, new Tracing(chats).trace())),
                        DRAIN,
                        Map.of());
    }

    private ToolEndpoint tool(String binding, String tool, HttpSettings http) {
        return ToolEndpoint.open(
                binding,
                settings.toolsUrl() + "/mcp",
                ToolSettings.DEFAULT.with(backing.guarding(binding, http)).reading(tool));
    }

    /** Starts it: what was under way when it last ended goes on. */
    static MicroCos start(Settings settings) throws Exception {
        Files.createDirectories(settings.data());
        Store store =
                Store.open(
                        settings.data().resolve("cos.db"),
                        StoreOptions.defaults().withClock(settings.instants()));
        try {
            Backing backing = new Backing(settings, store);
            try {
                return new MicroCos(settings, store, backing);
            } catch (Exception failure) {
                backing.close();
                throw failure;
            }
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
            case "workflow.daily_plan" ->
                    runs.enqueue(
                            plan,
                            run,
                            new Planning.Wanted(work, day(settings.instants().instant())));
            case "task.extract" -> runs.enqueue(tasks, run, work);
            case "workflow.generate_summary" -> runs.enqueue(summary, run, work);
            default -> {
                // a task has no further work
            }
        }
    }

    /** The event, and the run that waits, are one transaction. */
    private void remind(Chats chats, ObjectWriter in, Planning.Reminder wanted, String day) {
        Said set = new Said.ReminderSet(wanted.title(), day);
        chats.append(
                in,
                wanted.work().user(),
                Chats.event(wanted.work(), "reminder.set", wanted.id(), set),
                () -> runs.enqueue(reminder, wanted.id(), wanted));
    }

    private static String day(Instant moment) {
        return Days.text(moment.toEpochMilli());
    }

    private Routes routes(ChatFlows flows, Flow<Inputs.Track, Tracing.Traced> trace) {
        RateLimit actions = backing.actions();
        UnaryOperator<RouteOptions> accepting = route -> accepting(route).rateLimit(actions);
        return Routes.on(runtime)
                .defaults(route -> route.deadline(REQUEST_DEADLINE).maxBody(MAX_BODY_BYTES))
                .post("/chats/{user}/messages", flows.message(), accepting)
                .post("/chats/{user}/tasks", flows.task(), accepting)
                .patch("/chats/{user}/tasks/{taskId}", flows.change(), accepting)
                .post("/chats/{user}/plans", flows.plan(), accepting)
                .post("/chats/{user}/calendar", flows.date(), accepting)
                .get("/chats/{user}", flows.look())
                .get(
                        "/chats/{user}/trace/{id}",
                        trace,
                        route ->
                                route.status(Tracing.Trace.class, 200)
                                        .status(Tracing.Untraced.class, 404))
                .defaults(route -> route)
                .wires(
                        "/chats/{user}/events",
                        logs.wires(objects, request -> request.parameter("user")))
                .page("/", MicroCos.class, "index.html");
    }

    private static RouteOptions accepting(RouteOptions route) {
        return route.status(Inputs.Accepted.class, 202).status(Inputs.Rejected.class, 400);
    }

    /** Where it listens. */
    URI url() {
        return door.url();
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
        return archive;
    }

    /**
     * Stops in order: no new requests, followers, runs, objects, then the store.
     *
     * @throws IOException when the HTTP server does not stop
     */
    @Override
    public void close() throws IOException {
        logs.close();
        try {
            door.close();
        } finally {
            runs.close();
            runtime.close();
            objects.close();
            model.close();
            flights.close();
            hotels.close();
            backing.close();
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
