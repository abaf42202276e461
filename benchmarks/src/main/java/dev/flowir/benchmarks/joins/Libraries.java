package dev.flowir.benchmarks.joins;

import dev.flowir.benchmarks.Closing;
import dev.flowir.benchmarks.Contender;
import io.reactivex.rxjava3.core.Flowable;
import java.util.Arrays;
import java.util.List;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.stream.FanInShape2;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Graph;
import org.apache.pekko.stream.UniformFanOutShape;
import org.apache.pekko.stream.javadsl.Broadcast;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.GraphDSL;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.ZipWith;
import reactor.core.publisher.Flux;

/** Libraries that send a stream two ways and put the results together by their place. */
final class Libraries {

    private Libraries() {}

    /** Where results end: a number that depends on all of them and on their order. */
    private static final class Total {
        private long total;

        void add(long result) {
            total = total * 31 + result;
        }
    }

    static Contender reactor(Order[] orders) {
        return () -> {
            Total total = new Total();
            Flux.fromArray(orders)
                    .publish(both ->
                            Flux.zip(both.map(Order::price), both.map(Order::risk), Order::both))
                    .doOnNext(total::add)
                    .then()
                    .block();
            return total.total;
        };
    }

    static Contender rxjava(Order[] orders) {
        return () -> {
            Total total = new Total();
            Flowable.fromArray(orders)
                    .publish(both ->
                            Flowable.zip(
                                    both.map(Order::price), both.map(Order::risk), Order::both))
                    .doOnNext(total::add)
                    .ignoreElements()
                    .blockingAwait();
            return total.total;
        };
    }

    static Contender pekko(Order[] orders) {
        ActorSystem system = ActorSystem.create("joins");
        List<Order> list = Arrays.asList(orders);
        return new Contender() {
            @Override
            public long run() throws Exception {
                Total total = new Total();
                Source.from(list)
                        .via(Flow.fromGraph(diamond()))
                        .runWith(Sink.foreach(total::add), system)
                        .toCompletableFuture()
                        .get();
                return total.total;
            }

            @Override
            public void close() {
                Closing.all(List.of(() -> Closing.end(system)));
            }
        };
    }

    private static Graph<FlowShape<Order, Long>, NotUsed> diamond() {
        return GraphDSL.create(builder -> {
            UniformFanOutShape<Order, Order> ways = builder.add(Broadcast.create(2));
            FanInShape2<Order.Price, Order.Risk, Long> meet =
                    builder.add(ZipWith.create(Order::both));
            builder.from(ways.out(0))
                    .via(builder.add(Flow.of(Order.class).map(Order::price)))
                    .toInlet(meet.in0());
            builder.from(ways.out(1))
                    .via(builder.add(Flow.of(Order.class).map(Order::risk)))
                    .toInlet(meet.in1());
            return FlowShape.of(ways.in(), meet.out());
        });
    }
}
