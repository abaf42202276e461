package dev.flowir.ir;

import static dev.flowir.ir.NodeOption.retry;
import static dev.flowir.ir.NodeOption.timeout;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import java.util.List;

/** The flow of the authoring page, used by several tests. */
final class Checkout {

    private Checkout() {}

    record Order(String id, List<String> skus) {}

    record Quote(String sku, long cents) {}

    record Priced(Order order, long cents) {}

    sealed interface Risk permits Low, High {}

    record Low(Priced priced) implements Risk {}

    record High(Priced priced) implements Risk {}

    record Receipt(String text) {}

    interface Catalog {
        Quote quote(String sku);
    }

    interface Payments {
        Receipt charge(String key, Priced priced);
    }

    static final ReadToken<Catalog> CATALOG =
            ReadToken.of(
                    "catalog", "main", Catalog.class, "resource::http::read", "resource::http");
    static final WriteToken<Payments> PAYMENTS =
            WriteToken.of(
                    "payments", "main", Payments.class, "resource::http::write", "resource::http");

    static final Node<Order, List<String>> SKUS =
            Node.split("skus", Order.class, String.class, Order::skus);
    static final Node<String, Quote> QUOTE =
            Node.reads(
                            "quote",
                            String.class,
                            Quote.class,
                            CATALOG,
                            (catalog, sku, context) -> catalog.quote(sku))
                    .with(retry(3, ofMillis(50)), timeout(ofSeconds(2)));
    static final Node<Priced, Risk> SCORE =
            Node.pure(
                    "score",
                    Priced.class,
                    Risk.class,
                    priced -> priced.cents() < 10_000 ? new Low(priced) : new High(priced));
    static final Node<Low, Receipt> CHARGE =
            Node.effect(
                    "charge",
                    Low.class,
                    Receipt.class,
                    PAYMENTS,
                    (payments, low, context) ->
                            payments.charge(context.idempotencyKey(), low.priced()));
    static final Node<High, Receipt> HOLD =
            Node.pure("hold", High.class, Receipt.class, high -> new Receipt("held"));

    static final Flow<Order, Receipt> CHECKOUT =
            Flow.define(
                    "checkout",
                    "3.0.0",
                    Order.class,
                    (g, order) -> {
                        var quotes = g.each(g.then(order, SKUS), 8, QUOTE);
                        var priced = g.join("priced", order, quotes, Priced.class, Checkout::price);
                        return g.choose(g.then(priced, SCORE), Risk.class, Receipt.class)
                                .on(Low.class, CHARGE)
                                .on(High.class, HOLD)
                                .merge("done");
                    });

    static Priced price(Order order, List<Quote> quotes) {
        return new Priced(order, quotes.stream().mapToLong(Quote::cents).sum());
    }
}
