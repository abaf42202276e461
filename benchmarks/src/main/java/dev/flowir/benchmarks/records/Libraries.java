package dev.flowir.benchmarks.records;

import dev.flowir.benchmarks.Contender;
import io.reactivex.rxjava3.core.Flowable;
import io.smallrye.mutiny.Multi;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.stream.javadsl.Source;
import reactor.core.publisher.Flux;

/** The peers, each drawing a chain of stages as its guide does and running it to the end. */
final class Libraries {

    private Libraries() {}

    static Contender streams(List<Stage> stages, Item[] items) {
        return () -> {
            Sum sum = new Sum();
            Stream<Item> stream = Arrays.stream(items);
            for (Stage stage : stages) {
                stream = stream.map(stage);
            }
            stream.forEach(sum::add);
            return sum.get();
        };
    }

    static Contender reactor(List<Stage> stages, Item[] items) {
        return () -> {
            Sum sum = new Sum();
            Flux<Item> flux = Flux.fromArray(items);
            for (Stage stage : stages) {
                flux = flux.map(stage);
            }
            flux.subscribe(sum::add);
            return sum.get();
        };
    }

    static Contender rxjava(List<Stage> stages, Item[] items) {
        return () -> {
            Sum sum = new Sum();
            Flowable<Item> flowable = Flowable.fromArray(items);
            for (Stage stage : stages) {
                flowable = flowable.map(stage);
            }
            var unused = flowable.subscribe(sum::add);
            return sum.get();
        };
    }

    static Contender mutiny(List<Stage> stages, Item[] items) {
        return () -> {
            Sum sum = new Sum();
            Multi<Item> multi = Multi.createFrom().items(items);
            for (Stage stage : stages) {
                multi = multi.onItem().transform(stage);
            }
            multi.subscribe().with(sum::add);
            return sum.get();
        };
    }

    static Contender pekko(ActorSystem system, List<Stage> stages, Item[] items) {
        List<Item> list = List.of(items);
        return () -> {
            Sum sum = new Sum();
            Source<Item, NotUsed> source = Source.from(list);
            for (Stage stage : stages) {
                source = source.map(stage);
            }
            source.runForeach(sum::add, system).toCompletableFuture().get();
            return sum.get();
        };
    }
}
