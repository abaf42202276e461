package dev.flowir.benchmarks.requests;

import org.openjdk.jmh.annotations.CompilerControl;

/** The measured bodies called one after another: what the request costs without any library. */
final class Calls {

    private Calls() {}

    /** The compiler sees everything. */
    static Quote inline(Order order) {
        Order valid = Bodies.positive(order);
        Price goods = Price.listed(valid.quantity());
        Price freight = Price.listed(valid.quantity() * 3 + 1);
        return Bodies.within(new Quote(goods.cents() + freight.cents()));
    }

    /** The same, and the compiler may not look into the bodies. */
    static Quote opaque(Order order) {
        Order valid = validate(order);
        return respond(total(goods(valid), freight(valid)));
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    private static Order validate(Order order) {
        return Bodies.positive(order);
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    private static Price goods(Order order) {
        return Price.listed(order.quantity());
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    private static Price freight(Order order) {
        return Price.listed(order.quantity() * 3 + 1);
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    private static Quote total(Price goods, Price freight) {
        return new Quote(goods.cents() + freight.cents());
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    private static Quote respond(Quote quote) {
        return Bodies.within(quote);
    }
}
