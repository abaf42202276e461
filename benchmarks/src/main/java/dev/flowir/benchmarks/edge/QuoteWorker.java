package dev.flowir.benchmarks.edge;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.wasm.EdgeApplication;
import dev.flowir.wasm.EdgeRoutes;
import java.util.ArrayList;
import java.util.List;

/** Prices an order of many lines by four nodes: records in and out, a fan-out and a join. */
public final class QuoteWorker implements EdgeApplication {

    /**
     * A line of an order.
     *
     * @param sku what
     * @param cents price of one
     * @param grams weight of one
     * @param quantity how many
     */
    public record Line(String sku, int cents, int grams, int quantity) {}

    /**
     * An order.
     *
     * @param id its name
     * @param lines what is ordered
     */
    public record Order(String id, List<Line> lines) {}

    /**
     * What it costs.
     *
     * @param id name of the order
     * @param goodsCents the goods
     * @param postageCents sending them
     * @param lines the lines, dearest first
     */
    public record Quote(String id, int goodsCents, int postageCents, List<Line> lines) {}

    /**
     * An order that was looked at.
     *
     * @param order the order
     * @param goodsCents its goods
     */
    public record Summed(Order order, int goodsCents) {}

    /** For the isolate. */
    public QuoteWorker() {}

    @Override
    public EdgeRoutes routes() {
        Node<Order, Order> sort = Node.pure("sort", Order.class, Order.class, QuoteWorker::sorted);
        Node<Order, Summed> sum = Node.pure("sum", Order.class, Summed.class, QuoteWorker::sum);
        Node<Order, Integer> weigh =
                Node.pure("weigh", Order.class, Integer.class, QuoteWorker::postage);
        Flow<Order, Quote> quote =
                Flow.define(
                        "quote",
                        "1.0.0",
                        Order.class,
                        (g, in) -> {
                            var order = g.then(in, sort);
                            return g.join(
                                    "quote",
                                    g.then(order, sum),
                                    g.then(order, weigh),
                                    Quote.class,
                                    (summed, postage) ->
                                            new Quote(
                                                    summed.order().id(),
                                                    summed.goodsCents(),
                                                    postage,
                                                    summed.order().lines()));
                        });
        return EdgeRoutes.none().post("/quote", quote);
    }

    private static Order sorted(Order order) {
        List<Line> lines = new ArrayList<>(order.lines());
        lines.sort((one, two) -> Integer.compare(price(two), price(one)));
        return new Order(order.id(), lines);
    }

    private static int price(Line line) {
        return line.cents() * line.quantity();
    }

    private static Summed sum(Order order) {
        int cents = 0;
        for (Line line : order.lines()) {
            cents += price(line);
        }
        return new Summed(order, cents);
    }

    private static int postage(Order order) {
        int grams = 0;
        for (Line line : order.lines()) {
            grams += line.grams() * line.quantity();
        }
        return 300 + grams / 10;
    }
}
