package dev.flowir.wasm;

import dev.flowir.ir.Flow;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Node;
import dev.flowir.ir.Type;
import dev.flowir.ir.WriteToken;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.queue.Body;
import dev.flowir.queue.Outgoing;
import dev.flowir.queue.QueueException;
import dev.flowir.queue.QueueSender;
import dev.flowir.queue.Queues;
import dev.flowir.queue.SendOptions;
import dev.flowir.testing.HostNotes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sends messages, takes them, and runs by the clock. */
public final class EventWorker implements EdgeApplication {

    static final String HOURLY = "0 * * * *";
    static final String BROKEN = "30 2 * * 1";

    private static final Class<JsonValue> JSON = JsonValue.class;
    private static final WriteToken<QueueSender> ORDERS = Queues.publisher("ORDERS");

    /** For the service loader. */
    public EventWorker() {}

    /** Messages to send. */
    record Sending(List<String> bodies, Optional<Integer> delaySeconds, Optional<Integer> times) {}

    /** What came of it. */
    record SendingAnswer(String fault) {}

    /** A message. */
    record Order(String sku, int amount) {}

    /** A moment. */
    record Tick(String at) {}

    @Override
    public EdgeRoutes routes() {
        return EdgeRoutes.none()
                .bind(
                        HostNotes.inMemory(),
                        EdgeBindings.queue("ORDERS", "ORDERS", "orders"),
                        EdgeBindings.queue("GROWN", "GROWN", "grown"))
                .post(
                        "/grown",
                        one(
                                JSON,
                                Node.effect(
                                        "send-grown",
                                        JSON,
                                        JSON,
                                        Queues.publisher("GROWN"),
                                        (queue, in, ctx) -> {
                                            queue.send(Body.json(json(in)));
                                            return in;
                                        })))
                .limits(EdgeLimits.DEFAULT.withEventBudget(Duration.ofSeconds(2)))
                .post(
                        "/send",
                        one(
                                Sending.class,
                                Node.effect(
                                        "send",
                                        Sending.class,
                                        SendingAnswer.class,
                                        ORDERS,
                                        (queue, in, ctx) -> send(queue, in))))
                .get(
                        "/notes",
                        one(
                                JSON,
                                Node.effect(
                                        "read",
                                        JSON,
                                        JSON,
                                        HostNotes.TOKEN,
                                        (notes, in, ctx) -> {
                                            List<JsonValue> lines = new ArrayList<>();
                                            notes.all()
                                                    .forEach(it -> lines.add(JsonValue.text(it)));
                                            return new JsonValue.Arr(lines);
                                        })))
                .queue(
                        "orders",
                        one(
                                Order.class,
                                Node.effect(
                                        "take",
                                        Order.class,
                                        JSON,
                                        HostNotes.TOKEN,
                                        EventWorker::take)),
                        EdgeConsumer.DEFAULT
                                .batches(10, Duration.ofSeconds(1))
                                .retries(2, Duration.ZERO)
                                .deadLetters("dead"))
                .queue(
                        "dead",
                        one(
                                JSON,
                                Node.effect(
                                        "bury",
                                        JSON,
                                        JSON,
                                        HostNotes.TOKEN,
                                        (notes, in, ctx) -> {
                                            notes.add("dead " + json(in));
                                            return in;
                                        })),
                        EdgeConsumer.DEFAULT.batches(1, Duration.ZERO))
                .queue(
                        "grown",
                        one(
                                JSON,
                                Node.effect(
                                        "grow",
                                        JSON,
                                        JSON,
                                        HostNotes.TOKEN,
                                        (notes, in, ctx) -> {
                                            notes.add("grown at " + System.currentTimeMillis());
                                            throw new IllegalStateException("not yet");
                                        })),
                        EdgeConsumer.DEFAULT
                                .batches(1, Duration.ZERO)
                                .retries(3, Duration.ofSeconds(1))
                                .growingTo(Duration.ofSeconds(3)))
                .scheduled(HOURLY, one(Tick.class, TICK), it -> new Tick(it.toString()))
                .scheduled(BROKEN, one(Tick.class, BOOM), (Instant it) -> new Tick(""));
    }

    private static final Node<Tick, JsonValue> TICK =
            Node.effect(
                    "tick",
                    Tick.class,
                    JSON,
                    HostNotes.TOKEN,
                    (notes, in, ctx) -> {
                        notes.add("tick " + in.at() + " in " + ctx.runId());
                        return JsonValue.bool(true);
                    });

    private static final Node<Tick, JsonValue> BOOM =
            Node.pure(
                    "boom",
                    Tick.class,
                    JSON,
                    it -> {
                        throw new IllegalStateException("no");
                    });

    private static <I, O> Flow<I, O> one(Class<I> input, Node<I, O> node) {
        return Flow.define(node.name(), "1.0.0", input, (g, in) -> g.then(in, node));
    }

    private static SendingAnswer send(QueueSender queue, Sending sending) {
        List<Outgoing> messages = new ArrayList<>();
        try {
            for (int i = 0; i < sending.times().orElse(1); i++) {
                sending.bodies().forEach(body -> messages.add(Outgoing.of(Body.json(body))));
            }
            SendOptions options =
                    new SendOptions(sending.delaySeconds().map(it -> Duration.ofSeconds(it)));
            queue.sendBatch(messages, options);
            return new SendingAnswer("");
        } catch (QueueException refused) {
            return new SendingAnswer(refused.fault().name());
        }
    }

    private static JsonValue take(HostNotes notes, Order order, dev.flowir.ir.NodeContext ctx)
            throws InterruptedException {
        notes.add(order.sku() + " " + order.amount() + " as " + ctx.idempotencyKey());
        if (order.sku().startsWith("poison")) {
            throw new IllegalStateException("poison");
        }
        if (order.sku().startsWith("slow")) {
            Object never = new Object();
            synchronized (never) {
                while (!ctx.cancelled()) {
                    never.wait(60_000);
                }
            }
        }
        return JsonValue.bool(true);
    }

    private static String json(JsonValue value) throws dev.flowir.ir.CodecException {
        return new String(
                JsonCodecs.strict().of(Type.of(JSON)).encode(value),
                java.nio.charset.StandardCharsets.UTF_8);
    }
}
