package dev.flowir.benchmarks.waits;

import dev.flowir.benchmarks.Contender;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The peers. Those that have threads to spare wait in a virtual thread; those that must not wait
 * use their timers, which costs them no thread.
 */
final class Libraries {

    private Libraries() {}

    /** A virtual thread for the request, and one for each of its two waits. */
    static Contender fork(int requests) {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        return new Contender() {
            @Override
            public long run() throws Exception {
                List<Future<Long>> answers = new ArrayList<>(requests);
                for (long i = 0; i < requests; i++) {
                    long id = i;
                    answers.add(threads.submit(() -> forked(threads, id)));
                }
                long sum = 0;
                for (Future<Long> answer : answers) {
                    sum += answer.get();
                }
                return sum;
            }

            @Override
            public void close() {
                threads.close();
            }
        };
    }

    private static long forked(ExecutorService threads, long id) throws Exception {
        Future<Long> stock =
                threads.submit(() -> {
                    Thread.sleep(Answers.MILLIS);
                    return Answers.stock(id);
                });
        Future<Long> price =
                threads.submit(() -> {
                    Thread.sleep(Answers.MILLIS);
                    return Answers.price(id);
                });
        return Answers.both(stock.get(), price.get());
    }

    static Contender future(int requests) {
        Executor later =
                CompletableFuture.delayedExecutor(
                        Answers.MILLIS, TimeUnit.MILLISECONDS, Runnable::run);
        return () -> {
            List<CompletableFuture<Long>> answers = new ArrayList<>(requests);
            for (long i = 0; i < requests; i++) {
                long id = i;
                answers.add(
                        CompletableFuture.supplyAsync(() -> Answers.stock(id), later)
                                .thenCombine(
                                        CompletableFuture.supplyAsync(
                                                () -> Answers.price(id), later),
                                        Answers::both));
            }
            long sum = 0;
            for (CompletableFuture<Long> answer : answers) {
                sum += answer.join();
            }
            return sum;
        };
    }

    static Contender rxjava(int requests) {
        return () ->
                Flowable.rangeLong(0, requests)
                        .flatMapSingle(
                                id ->
                                        Single.zip(
                                                Single.timer(Answers.MILLIS, TimeUnit.MILLISECONDS)
                                                        .map(tick -> Answers.stock(id)),
                                                Single.timer(Answers.MILLIS, TimeUnit.MILLISECONDS)
                                                        .map(tick -> Answers.price(id)),
                                                Answers::both),
                                false,
                                requests)
                        .reduce(0L, Long::sum)
                        .blockingGet();
    }

    static Contender reactor(int requests) {
        Duration delay = Duration.ofMillis(Answers.MILLIS);
        return () -> {
            Long sum =
                    Flux.range(0, requests)
                            .flatMap(
                                    id ->
                                            Mono.zip(
                                                    Mono.delay(delay)
                                                            .map(tick -> Answers.stock(id)),
                                                    Mono.delay(delay)
                                                            .map(tick -> Answers.price(id)),
                                                    Answers::both),
                                    requests)
                            .reduce(0L, Long::sum)
                            .block();
            return sum == null ? 0 : sum;
        };
    }

    static Contender mutiny(int requests) {
        Duration delay = Duration.ofMillis(Answers.MILLIS);
        return () ->
                Multi.createFrom()
                        .range(0, requests)
                        .onItem()
                        .transformToUni(id ->
                                Uni.combine()
                                        .all()
                                        .unis(
                                                Uni.createFrom()
                                                        .item(Answers.stock(id))
                                                        .onItem()
                                                        .delayIt()
                                                        .by(delay),
                                                Uni.createFrom()
                                                        .item(Answers.price(id))
                                                        .onItem()
                                                        .delayIt()
                                                        .by(delay))
                                        .with(Answers::both))
                        .merge(requests)
                        .collect()
                        .in(() -> new long[1], (sum, answer) -> sum[0] += answer)
                        .await()
                        .indefinitely()[0];
    }
}
