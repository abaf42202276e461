package dev.flowir.benchmarks.windows;

import dev.flowir.benchmarks.Closing;
import dev.flowir.benchmarks.Contender;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import reactor.core.publisher.Flux;

/**
 * Libraries of streams. None of them knows the time of an event: Reactor's own operators group by
 * shop and cut a group where its second changes, which is right for events in order only; by hand,
 * an operator with state keeps a map.
 */
final class Libraries {

    private Libraries() {}

    /** A sum of a window. */
    private record Sum(String shop, long start, long cents) {}

    static Contender reactor(Sale[] sales) {
        return () -> {
            Totals totals = new Totals();
            Flux.fromArray(sales)
                    .groupBy(Sale::shop, Sale.SHOPS)
                    .flatMap(
                            group ->
                                    group.windowUntilChanged(Sale::start)
                                            .concatMap(window ->
                                                    window.map(it ->
                                                                    new Sum(
                                                                            it.shop(),
                                                                            it.start(),
                                                                            it.cents()))
                                                            .reduce(Libraries::plus)),
                            Sale.SHOPS)
                    .doOnNext(it -> totals.add(it.shop(), it.start(), it.cents()))
                    .then()
                    .block();
            return totals.total();
        };
    }

    private static Sum plus(Sum one, Sum other) {
        return new Sum(one.shop(), one.start(), one.cents() + other.cents());
    }

    /** The sums of one second. */
    private static final class Second {
        private final Map<String, Long> sums = new HashMap<>();
        private long start;

        /** The sums of the second before, when this sale is the first of another. */
        List<Sum> add(Sale sale) {
            List<Sum> over = sale.start() > start ? end() : List.of();
            start = sale.start();
            sums.merge(sale.shop(), sale.cents(), Long::sum);
            return over;
        }

        List<Sum> end() {
            List<Sum> over = new ArrayList<>(sums.size());
            sums.forEach((shop, cents) -> over.add(new Sum(shop, start, cents)));
            sums.clear();
            return over;
        }
    }

    static Contender reactorByHand(Sale[] sales) {
        return () -> {
            Totals totals = new Totals();
            Second second = new Second();
            Flux.fromArray(sales)
                    .concatMapIterable(second::add)
                    .concatWith(Flux.defer(() -> Flux.fromIterable(second.end())))
                    .doOnNext(it -> totals.add(it.shop(), it.start(), it.cents()))
                    .then()
                    .block();
            return totals.total();
        };
    }

    static Contender pekkoByHand(Sale[] sales) {
        ActorSystem system = ActorSystem.create("windows");
        List<Sale> list = Arrays.asList(sales);
        return new Contender() {
            @Override
            public long run() throws Exception {
                Totals totals = new Totals();
                Source.from(list)
                        .statefulMap(
                                Second::new,
                                (second, sale) -> Pair.create(second, second.add(sale)),
                                second -> Optional.of(second.end()))
                        .mapConcat(sums -> sums)
                        .runWith(
                                Sink.foreach(it -> totals.add(it.shop(), it.start(), it.cents())),
                                system)
                        .toCompletableFuture()
                        .get();
                return totals.total();
            }

            @Override
            public void close() {
                Closing.all(List.of(() -> Closing.end(system)));
            }
        };
    }
}
