package dev.flowir.examples.microcos;

import dev.flowir.examples.microcos.Inputs.Accepted;
import dev.flowir.examples.microcos.Inputs.Rejected;
import dev.flowir.http.HttpSettings;
import dev.flowir.http.model.TextSettings;
import dev.flowir.http.tool.ToolSettings;
import dev.flowir.ir.Flow;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.object.StoredKey;
import dev.flowir.object.log.EventIds;
import dev.flowir.object.log.LogObjects;
import dev.flowir.object.log.LogOptions;
import dev.flowir.wasm.EdgeApplication;
import dev.flowir.wasm.EdgeBindings;
import dev.flowir.wasm.EdgeConsumer;
import dev.flowir.wasm.EdgeModels;
import dev.flowir.wasm.EdgeOptions;
import dev.flowir.wasm.EdgePage;
import dev.flowir.wasm.EdgeRoutes;
import java.time.Duration;
import java.util.List;

/**
 * The chats as a worker: each an object of the platform, a queue for what follows from events,
 * durable runs for dates and reminders, a model and tools that other workers are. Records, reducer,
 * validation, the work of the model and travel are those of {@link MicroCos}.
 */
public final class EdgeMicroCos implements EdgeApplication {

    /** The worker that is the model. */
    static final String MODEL = "micro-cos-model-dev";

    /** The worker that has the tools. */
    static final String TOOLS = "micro-cos-tools-dev";

    /** When the day of everyone is planned, in UTC. */
    private static final String MORNING = "0 6 * * *";

    private static final String QUEUE = "micro-cos-work-dev";
    private static final String DEAD_LETTERS = "micro-cos-dlq-dev";

    private static final Duration REQUEST_DEADLINE = Duration.ofSeconds(15);

    /** As a deployment takes messages: at once, because somebody waits for an answer. */
    static final EdgeConsumer CONSUMER =
            EdgeConsumer.DEFAULT.batches(10, Duration.ZERO).retries(5, Duration.ofSeconds(1));

    /** For packaging. */
    public EdgeMicroCos() {}

    @Override
    public EdgeRoutes routes() {
        return routes(CONSUMER);
    }

    @Override
    public List<EdgePage> pages() {
        return List.of(new EdgePage("/", MicroCos.class, "index.html"));
    }

    /** The same with another way to take messages. */
    static EdgeRoutes routes(EdgeConsumer consumer) {
        Chats chats = chats();
        EdgeInlet inlet = new EdgeInlet(chats, EventIds.ofSystem(), QUEUE);
        ChatFlows flows = new ChatFlows(chats, inlet.accept());
        Planning planning = new Planning(chats);
        Travel travel = new Travel(chats, Settings.Care.USUAL.patience());
        EdgeOptions plain = EdgeOptions.DEFAULT.deadline(REQUEST_DEADLINE);
        EdgeOptions accepting =
                plain.maxBody(MicroCos.MAX_BODY_BYTES)
                        .status(Accepted.class, 202)
                        .status(Rejected.class, 400);
        return EdgeRoutes.none()
                .bind(
                        EdgeBindings.objects(
                                Chats.BINDING,
                                chats.type(),
                                Detector.CLASS,
                                Profile.CLASS,
                                Planning.Directory.CLASS),
                        EdgeBindings.queue(QUEUE, "WORK", QUEUE),
                        EdgeBindings.kv(Known.BINDING, "OFFERS"),
                        EdgeModels.text("llm", "MODEL", MODEL, TextSettings.openAi("chat")),
                        tool("flights", Search.FLIGHTS_SEARCH),
                        tool("hotels", Search.HOTEL_SEARCH))
                .route("POST", "/chats/{user}/messages", flows.message(), it -> accepting)
                .route("POST", "/chats/{user}/tasks", flows.task(), it -> accepting)
                .route("PATCH", "/chats/{user}/tasks/{taskId}", flows.change(), it -> accepting)
                .route("POST", "/chats/{user}/plans", flows.plan(), it -> accepting)
                .route("POST", "/chats/{user}/calendar", flows.date(), it -> accepting)
                .route("GET", "/chats/{user}", flows.look(), it -> plain)
                .route(
                        "GET",
                        "/chats/{user}/trace/{id}",
                        new Tracing(chats).trace(),
                        it ->
                                plain.status(Tracing.Trace.class, 200)
                                        .status(Tracing.Untraced.class, 404))
                .sockets("/chats/{user}/events", chats.type(), request -> request.parameter("user"))
                .begins(EdgeWork.DATE_RUNS, travel.whole(), entry -> entry.work().operationId())
                .begins(EdgeWork.REMINDER_RUNS, planning.reminder(), Planning.Reminder::id)
                .scheduled(
                        MORNING,
                        planning.mornings(),
                        moment -> new Planning.Morning(Days.text(moment.toEpochMilli())))
                .queue(QUEUE, work(chats), consumer.deadLetters(DEAD_LETTERS));
    }

    /** Each tool is bound by itself, so that the circuit of one says nothing about the other. */
    private static CapabilityProvider tool(String binding, String tool) {
        HttpSettings guarded = HttpSettings.DEFAULT.with(Settings.Care.USUAL.breaking());
        return EdgeModels.tools(
                binding, "TOOLS", TOOLS, ToolSettings.DEFAULT.with(guarded).reading(tool));
    }

    /** The chats, in objects whose calls have names. */
    static Chats chats() {
        LogObjects<Chat, Said> logs =
                LogObjects.of("chat", Chat.LOG, LogOptions.defaults()).followed();
        // What a model finds, and what is known of tools, is read by a codec, which is written with
        // those of the objects.
        return new Chats(
                Chats.named(logs)
                        .calls(Tracing.TRACE)
                        .keeps(
                                StoredKey.of("found", Answering.Found.class),
                                StoredKey.of("ranking", Ranking.class),
                                StoredKey.of("flights", Search.FLIGHT_LIST),
                                StoredKey.of("hotels", Search.HOTEL_LIST)));
    }

    /** What messages of the queue ask for. */
    static Flow<EdgeWork.Job, Answering.Done> work(Chats chats) {
        Answering answering = new Answering(chats, new EdgeWork.ByRuns(chats));
        return EdgeWork.flow(answering, new Planning(chats));
    }
}
