package dev.flowir.benchmarks.records;

import dev.flowir.benchmarks.Contender;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The JDK's publisher: one per boundary, as its documentation chains them. */
final class BoundedPublishers {

    private BoundedPublishers() {}

    static Contender contender(List<Stage> stages, Item[] items, int bound) {
        ExecutorService threads = Executors.newFixedThreadPool(stages.size());
        return new Contender() {
            @Override
            public long run() throws Exception {
                return through(stages, items, bound, threads);
            }

            @Override
            public void close() {
                threads.close();
            }
        };
    }

    private static long through(
            List<Stage> stages, Item[] items, int bound, ExecutorService threads)
            throws InterruptedException {
        Sum sum = new Sum();
        CountDownLatch done = new CountDownLatch(1);
        Consumer<Item> next = sum::add;
        Runnable end = done::countDown;
        for (Stage stage : stages.subList(1, stages.size()).reversed()) {
            SubmissionPublisher<Item> publisher = new SubmissionPublisher<>(threads, bound);
            publisher.subscribe(new Step(stage, next, end, bound));
            next = publisher::submit;
            end = publisher::close;
        }
        Stage first = stages.get(0);
        for (Item item : items) {
            next.accept(first.apply(item));
        }
        end.run();
        done.await();
        return sum.get();
    }

    /** Takes items in halves of the bound, so that asking is not the cost. */
    private static final class Step implements Flow.Subscriber<Item> {
        private final Stage stage;
        private final Consumer<Item> next;
        private final Runnable end;
        private final int half;
        private int left;
        private Flow.@Nullable Subscription subscription;

        Step(Stage stage, Consumer<Item> next, Runnable end, int bound) {
            this.stage = stage;
            this.next = next;
            this.end = end;
            this.half = Math.max(1, bound / 2);
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            left = half;
            given.request(2L * half);
        }

        @Override
        public void onNext(Item item) {
            next.accept(stage.apply(item));
            if (--left == 0 && subscription != null) {
                left = half;
                subscription.request(half);
            }
        }

        @Override
        public void onError(Throwable failure) {
            end.run(); // the check of the result then fails
        }

        @Override
        public void onComplete() {
            end.run();
        }
    }
}
