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

    static Desk run(Runtime runtime, Bodies bodies) {
        Flow<Order, Quote> flow = diamond(bodies);
        return order -> runtime.run(flow, order).orThrow();
    }

    static Desk watched(Runtime runtime, Bodies bodies) {
        Flow<Order, Quote> flow = diamond(bodies);
        return order -> runtime.run(flow, Invocation.of(order).within(LIMIT)).orThrow();
    }
}
