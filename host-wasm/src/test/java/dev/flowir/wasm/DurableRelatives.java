package dev.flowir.wasm;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.NonRetryableException;
import dev.flowir.ir.Waits;
import dev.flowir.wasm.DurableWorker.Address;
import dev.flowir.wasm.DurableWorker.Order;
import java.time.Duration;

/** Durable flows that have to do with other objects than those of their runs. */
final class DurableRelatives {

    private DurableRelatives() {}

    private static Node<Order, Order> noted(String name) {
        return Node.effect(
                name,
                Order.class,
                Order.class,
                DurableWorker.NOTES,
                (notes, it, ctx) -> {
                    DurableWorker.note(notes, ctx);
                    if (it.held().equals(name)) {
                        throw new NonRetryableException(name + " \u2603 is not to be");
                    }
                    return new Order(it.amount() + 1, it.held(), it.lines());
                });
    }

    /** Sleeps long enough for a process to be killed and started meanwhile. */
    static final Flow<Order, Order> CHILD =
            Flow.define(
                    "child",
                    "1.0.0",
                    Order.class,
                    (g, in) ->
                            g.then(
                                    g.then(
                                            g.then(in, noted("grow")),
                                            Waits.sleep(
                                                    "rest-a-while",
                                                    Order.class,
                                                    Duration.ofSeconds(3))),
                                    noted("leave-home")));

    static final Flow<Order, Order> PARENT =
            Flow.define(
                    "parent",
                    "1.0.0",
                    Order.class,
                    (g, in) ->
                            g.then(
                                    g.then(
                                            g.then(in, noted("before")),
                                            Waits.flow("bring-up", CHILD)),
                                    noted("after")));

    /** Waits for the address of its order, whose key is what the order is held by. */
    static final Flow<Order, Address> KEYED =
            Flow.define(
                    "keyed",
                    "1.0.0",
                    Order.class,
                    (g, in) ->
                            g.then(
                                    in,
                                    Waits.signal(
                                            "ask-by-key",
                                            Order.class,
                                            Address.class,
                                            "address",
                                            Order::held,
                                            Duration.ofHours(1))));

    /** Sleeps between two steps, and then waits for an address that may have come before. */
    static final Flow<Order, Address> LATE =
            Flow.define(
                    "late",
                    "1.0.0",
                    Order.class,
                    (g, in) ->
                            g.then(
                                    g.then(
                                            g.then(
                                                    g.then(in, noted("first")),
                                                    Waits.sleep(
                                                            "doze",
                                                            Order.class,
                                                            Duration.ofSeconds(2))),
                                            noted("second")),
                                    Waits.signal(
                                            "ask-late",
                                            Order.class,
                                            Address.class,
                                            "address",
                                            Duration.ofHours(1))));

    static EdgeRoutes routes(EdgeRoutes routes) {
        return routes.durable("/parents", PARENT)
                .journals("/parent-journals", PARENT)
                .states("/children", CHILD)
                .journals("/child-journals", CHILD)
                .durable("/late", LATE)
                .durable("/keyed", KEYED)
                .journals("/keyed-journals", KEYED)
                .hearsKeys("/parcels", KEYED);
    }
}
