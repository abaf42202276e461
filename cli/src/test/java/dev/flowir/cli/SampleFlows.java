package dev.flowir.cli;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Handlers;
import dev.flowir.ir.ItemStream;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeBody;
import java.util.Optional;

/** What tests run by name. */
public final class SampleFlows {

    /** Input of the flows. */
    public record Order(String sku, int amount) {}

    /** Output of one. */
    public record Total(long cents) {}

    private static final Node<Order, Total> PRICE =
            Node.pure("price", Order.class, Total.class, order -> new Total(order.amount() * 250L));

    private static final Node<Order, ItemStream<Integer>> COUNT =
            Node.streams(
                    "count",
                    Order.class,
                    Integer.class,
                    (order, out, context) -> {
                        for (int i = 1; i <= order.amount(); i++) {
                            out.emit(i);
                        }
                    });

    /** One value. */
    public static final Flow<Order, Total> TOTAL =
            Flow.define("total", "1.0.0", Order.class, (g, order) -> g.then(order, PRICE));

    /** A stream. */
    public static final Flow<Order, ItemStream<Integer>> COUNTED =
            Flow.define("counted", "1.0.0", Order.class, (g, order) -> g.then(order, COUNT));

    /** Only one flow here. */
    public static final class Single {

        /** The one. */
        public static final Flow<Order, Total> ONLY = TOTAL;

        private Single() {}
    }

    /** No flow at all. */
    public static final class None {
        private None() {}
    }

    /** Found through the class path of the command. */
    public static final class Shouting implements Handlers {

        @Override
        public Optional<NodeBody> find(String identifier) {
            NodeBody.Single shout =
                    (in, handles, context) -> JsonValue.text(((JsonValue.Text) in).value() + "!");
            return identifier.equals("sample::shout") ? Optional.of(shout) : Optional.empty();
        }
    }

    private SampleFlows() {}
}
