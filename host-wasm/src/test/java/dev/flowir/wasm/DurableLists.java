package dev.flowir.wasm;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Waits;
import dev.flowir.wasm.DurableWorker.Address;
import dev.flowir.wasm.DurableWorker.Order;
import java.time.Duration;

/** Flows whose runs are listed. */
final class DurableLists {

    private DurableLists() {}

    private static Flow<Order, Address> waiting(String name) {
        return Flow.define(
                name,
                "1.0.0",
                Order.class,
                (g, in) ->
                        g.then(
                                in,
                                Waits.signal(
                                        name + "-asks",
                                        Order.class,
                                        Address.class,
                                        "address",
                                        Duration.ofHours(1))));
    }

    static final Flow<Order, Address> ONE = waiting("listed-one");
    static final Flow<Order, Address> OTHER = waiting("listed-other");

    /** Many. */
    static final Flow<Order, Address> MANY = waiting("listed-many");

    /** Over at once, and soon forgotten. */
    static final Flow<Order, Order> SHORT =
            Flow.define(
                    "listed-short",
                    "1.0.0",
                    Order.class,
                    (g, in) -> g.then(in, Node.pure("pass", Order.class, Order.class, it -> it)));

    /** Has a run that it begins itself do its step, some time after it told the list. */
    static final Flow<Order, Order> RAISING =
            Flow.define(
                    "listed-raising",
                    "1.0.0",
                    Order.class,
                    (g, in) ->
                            g.then(
                                    g.then(
                                            in,
                                            Waits.sleep(
                                                    "a-moment",
                                                    Order.class,
                                                    Duration.ofMillis(300))),
                                    Waits.flow("pass-on", SHORT)));

    static EdgeRoutes routes(EdgeRoutes routes) {
        return HeldList.routes(routes)
                .durable("/listed-one", ONE)
                .durable("/listed-other", OTHER)
                .durable("/listed-many", MANY)
                .durable("/listed-short", SHORT)
                .durable("/listed-raising", RAISING)
                .keeps(SHORT, Duration.ofSeconds(3))
                .lists("/lists", ONE, OTHER, MANY, SHORT, RAISING)
                .lists("/list-of-one", ONE);
    }
}
