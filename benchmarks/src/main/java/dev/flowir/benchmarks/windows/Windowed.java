package dev.flowir.benchmarks.windows;

import dev.flowir.benchmarks.Checks;
import dev.flowir.benchmarks.Contender;
import dev.flowir.benchmarks.OurRuntime;
import dev.flowir.benchmarks.Peers;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Window;
import dev.flowir.ir.WindowShape;
import dev.flowir.kernel.Runtime;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sums of sales by shop and second, by the sales' own time. */
public final class Windowed {

    /** All contenders. */
    public static final List<String> PEERS =
            List.of(
                    Peers.OPAQUE,
                    Peers.FLOW_COMPILED,
                    Peers.FLOW_INTERPRETED,
                    Peers.REACTOR,
                    Peers.REACTOR_BY_HAND,
                    Peers.PEKKO_BY_HAND,
                    Peers.KAFKA);

    private Windowed() {}

    /**
     * Makes a contender and checks its result.
     *
     * @param peer its name
     * @param count how many sales
     * @return the contender
     */
    public static Contender prepare(String peer, int count) throws Exception {
        Sale[] sales = Sale.some(count);
        Contender contender =
                switch (peer) {
                    case Peers.OPAQUE -> () -> loop(sales);
                    case Peers.FLOW_COMPILED, Peers.FLOW_INTERPRETED ->
                            flow(OurRuntime.of(peer), sales);
                    case Peers.REACTOR -> Libraries.reactor(sales);
                    case Peers.REACTOR_BY_HAND -> Libraries.reactorByHand(sales);
                    case Peers.PEKKO_BY_HAND -> Libraries.pekkoByHand(sales);
                    case Peers.KAFKA -> KafkaWindows.contender(sales);
                    default -> throw new IllegalArgumentException(peer);
                };
        for (int i = 0; i < 3; i++) {
            Checks.same(peer, loop(sales), contender.run());
        }
        return contender;
    }

    private static Flow<Sale, Window<String, Long>> sums() {
        return Flow.define(
                "sums",
                "1.0.0",
                Sale.class,
                (g, sale) ->
                        g.window(sale, WindowShape.tumbling(Duration.ofMillis(Sale.SIZE_MILLIS)))
                                .by(String.class, Sale::shop)
                                .at(Sale::atMillis)
                                .fold(
                                        "sums",
                                        Long.class,
                                        () -> 0L,
                                        (sum, sale1) -> sum + sale1.cents()));
    }

    private static Contender flow(Runtime runtime, Sale[] sales) {
        Flow<Sale, Window<String, Long>> flow = sums();
        List<Sale> source = Arrays.asList(sales);
        return new Contender() {
            @Override
            public long run() {
                Totals totals = new Totals();
                runtime.feed(flow, source)
                        .forEach(it -> totals.add(it.key(), it.startMillis(), it.content()))
                        .orThrow();
                return totals.total();
            }

            @Override
            public void close() {
                runtime.close();
            }
        };
    }

    /** What somebody writes who needs just this: a map that is emptied at the end of a second. */
    private static long loop(Sale[] sales) {
        Totals totals = new Totals();
        Map<String, Long> sums = new HashMap<>();
        long start = 0;
        for (Sale sale : sales) {
            if (sale.start() > start) {
                empty(sums, start, totals);
                start = sale.start();
            }
            sums.merge(sale.shop(), sale.cents(), Long::sum);
        }
        empty(sums, start, totals);
        return totals.total();
    }

    private static void empty(Map<String, Long> sums, long start, Totals totals) {
        sums.forEach((shop, cents) -> totals.add(shop, start, cents));
        sums.clear();
    }
}
