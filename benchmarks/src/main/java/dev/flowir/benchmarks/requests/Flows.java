package dev.flowir.benchmarks.requests;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Port;
import dev.flowir.kernel.Invocation;
import dev.flowir.kernel.Runtime;
import java.time.Duration;

/** Our own contenders: a diamond of pure nodes. */
public final class Flows {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Flows() {}

    static Flow<Order, Quote> diamond(Bodies bodies) {
        return Flow.define(
                "quote",
                "1.0.0",
                Order.class,
                (g, order) -> {
                    Port<Order> valid =
                            g.then(
                                    order,
                                    Node.pure(
                                            "validate",
                                            Order.class,
                                            Order.class,
                                            bodies.validate()));
                    Port<Price> goods =
                            g.then(
                                    valid,
                                    Node.pure("goods", Order.class, Price.class, bodies.goods()));
                    Port<Price> freight =
                            g.then(
                                    valid,
                                    Node.pure(
                                            "freight", Order.class, Price.class, bodies.freight()));
                    return g.then(
                            g.join("total", goods, freight, Quote.class, bodies.total()),
                            Node.pure("respond", Quote.class, Quote.class, bodies.respond()));
                });
    }

    /** Every request has the runtime's deadline, can be cancelled and has an id. */
    static Desk desk(Runtime runtime, Bodies bodies) {
        Flow<Order, Quote> flow = diamond(bodies);
        return order -> runtime.run(flow, order).orThrow();
    }

    /** Every request brings a deadline of its own. */
    static Desk invoking(Runtime runtime, Bodies bodies) {
        Flow<Order, Quote> flow = diamond(bodies);
        return order -> runtime.run(flow, Invocation.of(order).within(LIMIT)).orThrow();
    }

    /** Three nodes in a row: validate, price, respond. */
    static Desk chain(Runtime runtime, Bodies bodies) {
        Flow<Order, Quote> flow =
                Flow.define(
                        "quote-in-a-row",
                        "1.0.0",
                        Order.class,
                        (g, order) -> {
                            Port<Order> valid =
                                    g.then(
                                            order,
                                            Node.pure(
                                                    "validate",
                                                    Order.class,
                                                    Order.class,
                                                    bodies.validate()));
                            Port<Quote> priced =
                                    g.then(
                                            valid,
                                            Node.pure(
                                                    "price",
                                                    Order.class,
                                                    Quote.class,
                                                    it -> priced(bodies, it)));
                            return g.then(
                                    priced,
                                    Node.pure(
                                            "respond", Quote.class, Quote.class, bodies.respond()));
                        });
        return order -> runtime.run(flow, order).orThrow();
    }

    private static Quote priced(Bodies bodies, Order order) {
        return new Quote(bodies.goods().apply(order).cents());
    }

    static Quote inARow(Bodies bodies, Order order) {
        return bodies.respond().apply(priced(bodies, bodies.validate().apply(order)));
    }
}
