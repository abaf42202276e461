package dev.flowir.wasm;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeContext;
import dev.flowir.ir.NodeOption;
import dev.flowir.ir.NonRetryableException;
import dev.flowir.ir.Type;
import dev.flowir.ir.Waits;
import dev.flowir.ir.WriteToken;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.kv.Kv;
import dev.flowir.kv.KvValue;
import dev.flowir.kv.KvWriter;
import dev.flowir.queue.Body;
import dev.flowir.queue.QueueSender;
import dev.flowir.queue.Queues;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Orders that are dealt with durably; whatever a step does is noted outside of the run. */
public final class DurableWorker implements EdgeApplication {

    static final WriteToken<KvWriter> NOTES = Kv.writer("NOTES");

    /** For the service loader. */
    public DurableWorker() {}

    /** How long a step may be kept from its end by a note. */
    private static final int PATIENCE = 1_200;

    /** An order; what it is kept from is a step that waits until a note lets it go. */
    record Order(int amount, String held, List<String> lines) {}

    /** Money that was taken. */
    record Charge(int amount, String by) {}

    /** What came of it. */
    record Shipped(int amount, String text) {}

    /** What a signal says. */
    record Address(String street) {}

    static final Flow<Order, Shipped> ORDER =
            Flow.define(
                    "order",
                    "1.0.0",
                    Order.class,
                    (g, in) -> {
                        var reserved =
                                g.then(
                                        in,
                                        Node.effect(
                                                "reserve",
                                                Order.class,
                                                Order.class,
                                                NOTES,
                                                (notes, it, ctx) -> {
                                                    note(notes, ctx);
                                                    return it;
                                                }));
                        var priced =
                                g.then(
                                        reserved,
                                        Node.pure(
                                                "price",
                                                Order.class,
                                                Order.class,
                                                it ->
                                                        new Order(
                                                                it.amount() + 1,
                                                                it.held(),
                                                                it.lines())));
                        var charged =
                                g.then(
                                        priced,
                                        Node.effect(
                                                        "charge",
                                                        Order.class,
                                                        Charge.class,
                                                        NOTES,
                                                        DurableWorker::charge)
                                                .with(NodeOption.retry(2, Duration.ofMillis(300))));
                        var rested =
                                g.then(
                                        charged,
                                        Waits.sleep("rest", Charge.class, Duration.ofMillis(700)));
                        return g.then(
                                rested,
                                Node.effect(
                                        "ship",
                                        Charge.class,
                                        Shipped.class,
                                        NOTES,
                                        (notes, it, ctx) -> {
                                            note(notes, ctx);
                                            return new Shipped(it.amount(), "shipped \u2603");
                                        }));
                    });

    /** Sleeps long enough for a process to be killed and started meanwhile. */
    static final Flow<Order, Order> NAP =
            Flow.define(
                    "nap",
                    "1.0.0",
                    Order.class,
                    (g, in) -> {
                        var rested =
                                g.then(in, Waits.sleep("nap", Order.class, Duration.ofSeconds(4)));
                        return g.then(
                                rested,
                                Node.effect(
                                        "wake",
                                        Order.class,
                                        Order.class,
                                        NOTES,
                                        (notes, it, ctx) -> {
                                            note(notes, ctx);
                                            return it;
                                        }));
                    });

    static final Flow<Order, Address> ADDRESSED =
            Flow.define(
                    "addressed",
                    "1.0.0",
                    Order.class,
                    (g, in) ->
                            g.then(
                                    in,
                                    Waits.signal(
                                            "ask",
                                            Order.class,
                                            Address.class,
                                            "address",
                                            Duration.ofHours(1))));

    /** What a person may say. */
    enum Decision {
        YES,
        NO,
        LATER
    }

    /** Asks a clerk, and when that takes too long the chief. */
    static final Flow<Order, Decision> ASKED =
            Flow.define(
                    "asked",
                    "1.0.0",
                    Order.class,
                    (g, in) ->
                            g.then(
                                    g.then(
                                            in,
                                            Waits.approval(
                                                    "clerk",
                                                    Order.class,
                                                    Decision.class,
                                                    Duration.ofSeconds(1),
                                                    Decision.LATER)),
                                    Waits.approval(
                                            "chief",
                                            Decision.class,
                                            Decision.class,
                                            Duration.ofHours(1))));

    /** Takes, waits, and then fails: what was taken is put back. */
    static final Flow<Order, Address> TAKEN =
            Flow.define(
                    "taken",
                    "1.0.0",
                    Order.class,
                    (g, in) ->
                            g.then(
                                    g.then(
                                            g.then(
                                                    in,
                                                    Node.effect(
                                                                    "take",
                                                                    Order.class,
                                                                    Order.class,
                                                                    NOTES,
                                                                    (notes, it, ctx) -> {
                                                                        note(notes, ctx);
                                                                        return it;
                                                                    })
                                                            .undoneBy(
                                                                    "put-back",
                                                                    NOTES,
                                                                    (notes, done, ctx) ->
                                                                            note(notes, ctx))),
                                            Waits.signal(
                                                    "ask-go",
                                                    Order.class,
                                                    Address.class,
                                                    "go",
                                                    Duration.ofHours(1))),
                                    Node.pure(
                                            "spoil",
                                            Address.class,
                                            Address.class,
                                            it -> {
                                                throw new IllegalStateException("spoilt");
                                            })));

    /** Over at once, and soon forgotten. */
    static final Flow<Order, Order> BRIEF =
            Flow.define(
                    "brief",
                    "1.0.0",
                    Order.class,
                    (g, in) ->
                            g.then(
                                    in,
                                    Node.effect(
                                            "brief-note",
                                            Order.class,
                                            Order.class,
                                            NOTES,
                                            (notes, it, ctx) -> {
                                                note(notes, ctx);
                                                return it;
                                            })));

    /** Orders that nodes send to a queue of runs. */
    static final Flow<Order, Shipped> SENT =
            Flow.define(
                    "sent",
                    "1.0.0",
                    Order.class,
                    (g, in) ->
                            g.then(
                                    in,
                                    Node.effect(
                                            "ship-sent",
                                            Order.class,
                                            Shipped.class,
                                            NOTES,
                                            (notes, it, ctx) -> {
                                                note(notes, ctx);
                                                return new Shipped(it.amount(), it.held());
                                            })));

    /** Fails for good. */
    static final Flow<Order, Order> DOOMED =
            Flow.define(
                    "doomed",
                    "1.0.0",
                    Order.class,
                    (g, in) -> {
                        var rested =
                                g.then(
                                        in,
                                        Waits.sleep("wait", Order.class, Duration.ofMillis(500)));
                        return g.then(
                                rested,
                                Node.effect(
                                        "fall",
                                        Order.class,
                                        Order.class,
                                        NOTES,
                                        (notes, it, ctx) -> {
                                            throw new NonRetryableException(
                                                    it.held() + " \u2603 is doomed");
                                        }));
                    });

    /** A run that failed. */
    record Fallen(String run, Order order, String why) {}

    /** Notes what failed. */
    static final Flow<Fallen, Fallen> MOURN =
            Flow.define(
                    "mourn",
                    "1.0.0",
                    Fallen.class,
                    (g, in) ->
                            g.then(
                                    in,
                                    Node.effect(
                                            "mourn",
                                            Fallen.class,
                                            Fallen.class,
                                            NOTES,
                                            (notes, it, ctx) -> {
                                                note(notes, ctx);
                                                return it;
                                            })));

    private static final WriteToken<QueueSender> BEGIN = Queues.publisher("sent-orders");

    private static Flow<Order, Order> sending() {
        return Flow.define(
                "sending",
                "1.0.0",
                Order.class,
                (g, in) ->
                        g.then(
                                in,
                                Node.effect(
                                        "send",
                                        Order.class,
                                        Order.class,
                                        BEGIN,
                                        (runs, it, ctx) -> {
                                            Body body =
                                                    Body.of(
                                                            it,
                                                            JsonCodecs.strict()
                                                                    .of(Type.of(Order.class)));
                                            runs.send(body);
                                            return it;
                                        })));
    }

    static void note(KvWriter notes, NodeContext ctx) {
        String key = ctx.runId() + "." + ctx.node() + "." + ctx.attempt();
        int before = notes.get(key).map(it -> Integer.parseInt(it.text())).orElse(0);
        notes.put(key, KvValue.of(Integer.toString(before + 1)));
        notes.put(key + ".key", KvValue.of(ctx.idempotencyKey()));
    }

    private static Charge charge(KvWriter notes, Order it, NodeContext ctx) throws Exception {
        note(notes, ctx);
        if (ctx.attempt() == 1) {
            throw new IllegalStateException("the till is closed");
        }
        for (int i = 0; it.held().equals(ctx.runId()) && i < PATIENCE; i++) {
            if (notes.get(it.held() + ".go").isPresent()) {
                return new Charge(it.amount(), "till");
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return new Charge(it.amount(), "till");
    }

    /** Reads and writes notes from outside. */
    record Note(String key, String value) {}

    @Override
    public EdgeRoutes routes() {
        return DurableLists.routes(DurableRelatives.routes(EdgeRoutes.none()))
                .bind(EdgeBindings.kv("NOTES"))
                .durable("/orders", ORDER)
                .durable("/addressed", ADDRESSED)
                .durable("/naps", NAP)
                .durable("/doomed", DOOMED)
                .afterFailure(DOOMED, MOURN, Fallen::new)
                .states("/mourned", MOURN)
                .journals("/journals", ORDER)
                .durable("/asked", ASKED)
                .journals("/asked-journals", ASKED)
                .durable("/taken", TAKEN)
                .durable("/brief", BRIEF)
                .keeps(BRIEF, Duration.ofSeconds(1))
                .steers("/operate", NAP)
                .hears("/sent", SENT)
                .begins("sent-orders", SENT, Order::held)
                .states("/sent", SENT)
                .post("/sendings", sending())
                .post(
                        "/notes",
                        Flow.define(
                                "notes",
                                "1.0.0",
                                Note.class,
                                (g, in) ->
                                        g.then(
                                                in,
                                                Node.effect(
                                                        "look",
                                                        Note.class,
                                                        Note.class,
                                                        NOTES,
                                                        (notes, it, ctx) -> {
                                                            if (!it.value().isEmpty()) {
                                                                notes.put(
                                                                        it.key(),
                                                                        KvValue.of(it.value()));
                                                            }
                                                            return new Note(
                                                                    it.key(),
                                                                    notes.get(it.key())
                                                                            .map(KvValue::text)
                                                                            .orElse("0"));
                                                        }))));
    }
}
