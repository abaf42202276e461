package dev.flowir.benchmarks.requests;

import dev.flowir.ir.Body;
import dev.flowir.ir.JoinTwo;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The bodies of one flow, each a lambda of its own, in a form that every library takes without an
 * adapter. The first set is measured; flows of the others run before.
 *
 * @param validate refuses an order without quantity
 * @param goods price of the goods
 * @param freight price of the transport
 * @param total both
 * @param respond the answer
 */
record Bodies(
        Step<Order, Order> validate,
        Step<Order, Price> goods,
        Step<Order, Price> freight,
        Pair<Price, Price, Quote> total,
        Step<Quote, Quote> respond) {

    /** One value of one. */
    @FunctionalInterface
    interface Step<I, O>
            extends Function<I, O>, Body.Pure<I, O>, io.reactivex.rxjava3.functions.Function<I, O> {
        @Override
        O apply(I input);
    }

    /** One value of two. */
    @FunctionalInterface
    interface Pair<A, B, O>
            extends BiFunction<A, B, O>,
                    JoinTwo<A, B, O>,
                    io.reactivex.rxjava3.functions.BiFunction<A, B, O> {
        @Override
        O apply(A first, B second);
    }

    static final Bodies MEASURED =
            new Bodies(
                    it -> positive(it),
                    it -> Price.listed(it.quantity()),
                    it -> Price.listed(it.quantity() * 3 + 1),
                    (goods, freight) -> new Quote(goods.cents() + freight.cents()),
                    it -> within(it));

    static final List<Bodies> OTHERS =
            List.of(
                    new Bodies(
                            it -> positive(it),
                            it -> Price.listed(it.quantity() + 1),
                            it -> Price.listed(it.quantity() * 5),
                            (goods, freight) -> new Quote(goods.cents() * 2 + freight.cents()),
                            it -> within(it)),
                    new Bodies(
                            it -> positive(it),
                            it -> Price.listed(it.quantity() + 2),
                            it -> Price.listed(it.quantity() * 7),
                            (goods, freight) -> new Quote(goods.cents() + freight.cents() * 2),
                            it -> within(it)),
                    new Bodies(
                            it -> positive(it),
                            it -> Price.listed(it.quantity() + 3),
                            it -> Price.listed(it.quantity() * 9),
                            (goods, freight) -> new Quote(goods.cents() ^ freight.cents()),
                            it -> within(it)));

    /** Nothing but calls. */
    Quote plainly(Order order) {
        Order valid = validate.apply(order);
        return respond.apply(total.apply(goods.apply(valid), freight.apply(valid)));
    }

    static Order positive(Order order) {
        if (order.quantity() < 1) {
            throw new IllegalArgumentException("an order of " + order.quantity());
        }
        return order;
    }

    static Quote within(Quote quote) {
        if (quote.cents() > 1_000_000) {
            throw new IllegalArgumentException("a quote of " + quote.cents());
        }
        return quote;
    }
}
