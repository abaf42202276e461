package dev.flowir.benchmarks.records;

import dev.flowir.benchmarks.Contender;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.schedulers.Schedulers;
import io.smallrye.mutiny.Multi;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.javadsl.Source;
import reactor.core.publisher.Flux;

/** Libraries of streams with their asynchronous boundary, bounded, between every two stages. */
final class BoundedLibraries {

    private BoundedLibraries() {}

    static Contender reactor(List<Stage> stages, Item[] items, int bound) {
        return () -> {
            Sum sum = new Sum();
            Flux<Item> flux = Flux.fromArray(items).map(stages.get(0));
            for (Stage stage : stages.subList(1, stages.size())) {
                flux =
                        flux.publishOn(reactor.core.scheduler.Schedulers.parallel(), bound)
                                .map(stage);
            }
            flux.doOnNext(sum::add).then().block();
            return sum.get();
        };
    }

    static Contender rxjava(List<Stage> stages, Item[] items, int bound) {
        return () -> {
            Sum sum = new Sum();
            Flowable<Item> flowable = Flowable.fromArray(items).map(stages.get(0));
            for (Stage stage : stages.subList(1, stages.size())) {
                flowable = flowable.observeOn(Schedulers.computation(), false, bound).map(stage);
            }
            flowable.doOnNext(sum::add).ignoreElements().blockingAwait();
            return sum.get();
        };
    }

    static Contender mutiny(List<Stage> stages, Item[] items, int bound) {
        ExecutorService threads = Executors.newFixedThreadPool(stages.size());
        return new Contender() {
            @Override
            public long run() throws Exception {
                Sum sum = new Sum();
                CountDownLatch done = new CountDownLatch(1);
                chain(stages, items, bound, threads)
                        .subscribe()
                        .with(sum::add, failure -> done.countDown(), done::countDown);
                done.await();
                return sum.get();
            }

            @Override
            public void close() {
                threads.close();
            }
        };
    }

    private static Multi<Item> chain(
            List<Stage> stages, Item[] items, int bound, Executor threads) {
        Multi<Item> multi = Multi.createFrom().items(items).onItem().transform(stages.get(0));
        for (Stage stage : stages.subList(1, stages.size())) {
            multi = multi.emitOn(threads, bound).onItem().transform(stage);
        }
        return multi;
    }

    static Contender pekko(ActorSystem system, List<Stage> stages, Item[] items, int bound) {
        List<Item> list = List.of(items);
        return () -> {
            Sum sum = new Sum();
            Source<Item, NotUsed> source = Source.from(list).map(stages.get(0));
            for (Stage stage : stages.subList(1, stages.size())) {
                source =
                        source.async()
                                .map(stage)
                                .addAttributes(Attributes.inputBuffer(bound, bound));
            }
            source.runForeach(sum::add, system).toCompletableFuture().get();
            return sum.get();
        };
    }
}
