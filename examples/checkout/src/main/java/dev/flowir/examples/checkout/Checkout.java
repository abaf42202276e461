package dev.flowir.examples.checkout;

import static dev.flowir.ir.NodeOption.retry;
import static dev.flowir.ir.NodeOption.timeout;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeContext;
import dev.flowir.ir.render.Pictures;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kv.Kv;
import dev.flowir.kv.KvNamespace;
import dev.flowir.kv.KvReader;
import dev.flowir.kv.KvValue;
import dev.flowir.kv.KvWriter;
import java.util.List;

/** A first flow: prices the items of an order, eight at a time, and charges or holds it. */
public final class Checkout {

    /**
     * An order.
     *
     * @param id its number
     * @param skus what is ordered
     */
    public record Order(String id, List<String> skus) {}

    /**
     * An order with its price.
     *
     * @param order the order
     * @param cents the sum
     */
    public record Priced(Order order, long cents) {}

    /** How risky an order is. */
    public sealed interface Risk {}

    /**
     * Charge it.
     *
     * @param priced the order
     */
    public record Low(Priced priced) implements Risk {}

    /**
     * Let a person look.
     *
     * @param priced the order
     */
    public record High(Priced priced) implements Risk {}

    /**
     * What the customer gets.
     *
     * @param text a line
     */
    public record Receipt(String text) {}

    static final Node<Order, List<String>> SKUS =
            Node.split("skus", Order.class, String.class, Order::skus);

    static final Node<String, Long> QUOTE =
            Node.reads("quote", String.class, Long.class, Kv.reader("prices"), Checkout::price)
                    .with(retry(3, ofMillis(50)), timeout(ofSeconds(2)));

    static final Node<Priced, Risk> SCORE =
            Node.pure("score", Priced.class, Risk.class, Checkout::score);

    static final Node<Low, Receipt> CHARGE =
            Node.effect("charge", Low.class, Receipt.class, Kv.writer("charges"), Checkout::charge);

    static final Node<High, Receipt> HOLD =
            Node.pure("hold", High.class, Receipt.class, high -> new Receipt("held for review"));

    /** The flow. */
    public static final Flow<Order, Receipt> CHECKOUT =
            Flow.define(
                    "checkout",
                    "1.0.0",
                    Order.class,
                    (g, order) -> {
                        var quotes = g.each(g.then(order, SKUS), 8, QUOTE);
                        var priced = g.join("priced", order, quotes, Priced.class, Checkout::sum);
                        return g.choose(g.then(priced, SCORE), Risk.class, Receipt.class)
                                .on(Low.class, CHARGE)
                                .on(High.class, HOLD)
                                .merge("done");
                    });

    /** What the flow may use when it runs on its own: two namespaces in memory. */
    public static final Capabilities CAPABILITIES = shop();

    private Checkout() {}

    private static Long price(KvReader prices, String sku, NodeContext context) {
        return prices.getWithMetadata(sku)
                .map(entry -> Long.parseLong(entry.value().text()))
                .orElseThrow(() -> new IllegalArgumentException("no price for " + sku));
    }

    private static Priced sum(Order order, List<Long> quotes) {
        return new Priced(order, quotes.stream().mapToLong(Long::longValue).sum());
    }

    private static Risk score(Priced priced) {
        return priced.cents() < 10_000 ? new Low(priced) : new High(priced);
    }

    private static Receipt charge(KvWriter charges, Low low, NodeContext context) {
        Priced priced = low.priced();
        charges.put(priced.order().id(), KvValue.of(Long.toString(priced.cents())));
        return new Receipt("charged " + priced.cents() + " cents");
    }

    private static Capabilities shop() {
        KvNamespace prices = KvNamespace.memory("prices");
        prices.writer(Scope.outside("shop")).put("tea", KvValue.of("450"));
        prices.writer(Scope.outside("shop")).put("pot", KvValue.of("9900"));
        return Capabilities.of(prices, KvNamespace.memory("charges"));
    }

    /**
     * Draws the flow and runs it.
     *
     * @param arguments what is ordered, for example {@code tea tea pot}
     */
    public static void main(String[] arguments) {
        System.out.println(Pictures.mermaid(CHECKOUT.definition()));
        try (Runtime runtime = Runtime.builder().capabilities(CAPABILITIES).build()) {
            Order order = new Order("o-1", List.of(arguments));
            switch (runtime.run(CHECKOUT, order)) {
                case Result.Value<Receipt>(Receipt receipt) -> System.out.println(receipt.text());
                case Result.Failed<Receipt>(Failure failure) ->
                        System.out.println(failure.code() + " " + failure.message());
            }
        }
    }
}
