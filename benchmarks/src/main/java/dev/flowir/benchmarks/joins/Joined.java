package dev.flowir.benchmarks.joins;

import dev.flowir.benchmarks.Checks;
import dev.flowir.benchmarks.Contender;
import dev.flowir.benchmarks.OurRuntime;
import dev.flowir.benchmarks.Peers;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.kernel.Runtime;
import java.util.Arrays;
import java.util.List;

/** Each order is priced and judged, and both are put together. */
public final class Joined {

    /** All contenders. */
    public static final List<String> PEERS =
            List.of(
                    Peers.INLINE,
                    Peers.FLOW_COMPILED,
                    Peers.FLOW_INTERPRETED,
                    Peers.REACTOR,
                    Peers.RXJAVA,
                    Peers.PEKKO);

    private static final Node<Order, Order.Price> PRICE =
            Node.pure("price", Order.class, Order.Price.class, Order::price);
    private static final Node<Order, Order.Risk> RISK =
            Node.pure("risk", Order.class, Order.Risk.class, Order::risk);

    private Joined() {}

    /**
     * Makes a contender and checks its result.
     *
     * @param peer its name
     * @param count how many orders
     * @return the contender
     */
    public static Contender prepare(String peer, int count) throws Exception {
        Order[] orders = Order.some(count);
        Contender contender =
                switch (peer) {
                    case Peers.INLINE -> () -> loop(orders);
                    case Peers.FLOW_COMPILED, Peers.FLOW_INTERPRETED ->
                            flow(OurRuntime.of(peer), orders);
                    case Peers.REACTOR -> Libraries.reactor(orders);
                    case Peers.RXJAVA -> Libraries.rxjava(orders);
                    case Peers.PEKKO -> Libraries.pekko(orders);
                    default -> throw new IllegalArgumentException(peer);
                };
        for (int i = 0; i < 3; i++) {
            Checks.same(peer, loop(orders), contender.run());
        }
        return contender;
    }

    private static Contender flow(Runtime runtime, Order[] orders) {
        Flow<Order, Long> flow =
                Flow.define(
                        "judged",
                        "1.0.0",
                        Order.class,
                        (g, order) ->
                                g.join(
                                        "both",
                                        g.then(order, PRICE),
                                        g.then(order, RISK),
                                        Long.class,
                                        Order::both));
        List<Order> source = Arrays.asList(orders);
        return new Contender() {
            @Override
            public long run() {
                long[] total = {0};
                runtime.feed(flow, source).forEach(it -> total[0] = total[0] * 31 + it).orThrow();
                return total[0];
            }

            @Override
            public void close() {
                runtime.close();
            }
        };
    }

    private static long loop(Order[] orders) {
        long total = 0;
        for (Order order : orders) {
            total = total * 31 + Order.both(order.price(), order.risk());
        }
        return total;
    }
}
