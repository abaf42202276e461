package dev.flowir.cli;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Handlers;
import dev.flowir.ir.ItemStream;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeBody;
import dev.flowir.ir.ReadToken;
import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import java.util.Optional;
import java.util.Set;

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

    /** Says what a SKU costs. */
    public interface Prices {

        /** Cents of one piece. */
        long cents(String sku);
    }

    private static final ReadToken<Prices> PRICES =
            ReadToken.of("prices", "list", Prices.class, "resource::db::read", "resource::db");

    /** Needs a capability. */
    public static final Flow<Order, Total> LOOKED_UP =
            Flow.define(
                    "looked-up",
                    "1.0.0",
                    Order.class,
                    (g, order) ->
                            g.then(
                                    order,
                                    Node.reads(
                                            "look-up",
                                            Order.class,
                                            Total.class,
                                            PRICES,
                                            (prices, in, context) ->
                                                    new Total(
                                                            in.amount()
                                                                    * prices.cents(in.sku())))));

    /** What {@link #LOOKED_UP} needs. */
    public static final Capabilities BOUND = Capabilities.of(new PriceList());

    private static final class PriceList implements CapabilityProvider {

        @Override
        public String kind() {
            return "prices.constant";
        }

        @Override
        public String binding() {
            return "list";
        }

        @Override
        public Set<String> hints() {
            return Set.of("resource::db::read");
        }

        @Override
        public Descriptor descriptor() {
            return Descriptor.inMemory();
        }

        @Override
        public <H> H handle(Token<H> token, Scope scope) {
            return token.handle().cast((Prices) sku -> 7);
        }
    }

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

    /** A flow that is not public. */
    public static final class Hidden {
        static final Flow<Order, Total> SECRET = TOTAL;

        private Hidden() {}
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
