package dev.flowir.kernel.exec;

import dev.flowir.ir.ItemStream;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.FlowFailedException;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.host.LiveStream;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams of runs as a publisher of Reactive Streams. Each subscriber has a run of its own, and a
 * virtual thread that pulls from it and tells the subscriber, so signals never overlap.
 *
 * <p>One item is pulled ahead of demand: a subscriber that asked for as many as there are is told
 * of the end without having to ask once more.
 *
 * @param <T> type of an item
 */
public final class StreamPublisher<T> implements Flow.Publisher<T> {

    private static final Logger LOG = LoggerFactory.getLogger(StreamPublisher.class);

    private final Supplier<Result<ItemStream<T>>> runs;

    /**
     * A publisher.
     *
     * @param runs makes a run for a subscriber, and waits for its stream
     */
    public StreamPublisher(Supplier<Result<ItemStream<T>>> runs) {
        this.runs = runs;
    }

    @SuppressWarnings({
        "unchecked",
        "TypeParameterUnusedInFormals"
    }) // the stream's type says what its items are
    private static <T> T cast(Object item) {
        return (T) item;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super T> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        Thread.ofVirtual().name("flowir-publisher").start(new Pulling<T>(runs, subscriber)::pull);
    }

    /** What one subscriber asked for, and the thread that sees to it. */
    private static final class Pulling<T> implements Flow.Subscription {
        private final Supplier<Result<ItemStream<T>>> runs;
        private final Flow.Subscriber<? super T> subscriber;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private long demand;
        private boolean cancelled;

        /** The stream broke because this subscriber did not keep up: it is told without demand. */
        private boolean cut;

        /** The first demand that was none; 1 while there was no such. */
        private long refused = 1;

        /** Whom to interrupt: there only while the run is waited for, never inside a subscriber. */
        private @Nullable Thread waiting;

        Pulling(Supplier<Result<ItemStream<T>>> runs, Flow.Subscriber<? super T> subscriber) {
            this.runs = runs;
            this.subscriber = subscriber;
        }

        @Override
        public void request(long count) {
            lock.lock();
            try {
                if (count > 0) {
                    demand = demand + count < 0 ? Long.MAX_VALUE : demand + count;
                    changed.signal();
                } else if (refused == 1) {
                    refused = count;
                    leave();
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void cancel() {
            lock.lock();
            try {
                cancelled = true;
                leave();
            } finally {
                lock.unlock();
            }
        }

        private void leave() {
            changed.signal();
            if (waiting != null) {
                waiting.interrupt();
            }
        }

        void pull() {
            try {
                subscriber.onSubscribe(this);
                if (startWaiting()) {
                    Result<ItemStream<T>> result = runs.get();
                    stopWaiting();
                    switch (result) {
                        case Result.Value<ItemStream<T>> run -> {
                            try (ItemStream<T> stream = run.value()) {
                                tell(stream);
                            }
                        }
                        case Result.Failed<ItemStream<T>> failed -> fail(failed.failure());
                    }
                }
            } catch (InterruptedException left) {
                Thread.currentThread().interrupt(); // nobody else looks at this thread
            } catch (RuntimeException | Error thrown) {
                // By rule 2.13 a subscriber does not throw; one that does has left.
                LOG.warn("a subscriber threw and is told nothing more", thrown);
                cancel();
            }
            refuse();
        }

        private void tell(ItemStream<T> stream) throws InterruptedException {
            LiveStream live = stream instanceof LiveStream it ? it : null;
            if (live != null) {
                live.whenCut(this::cutOff);
            }
            while (startWaiting()) {
                ItemStream.Next<T> next;
                try {
                    next = stream.next();
                } catch (InterruptedException left) {
                    return;
                } finally {
                    stopWaiting();
                }
                switch (next) {
                    case ItemStream.Item<T> item -> {
                        if (awaitDemand()) {
                            subscriber.onNext(newest(live, item.value()));
                        } else if (!isWanted()) {
                            return;
                        }
                    }
                    case ItemStream.End<T> end -> {
                        if (isWanted()) {
                            subscriber.onComplete();
                            cancel();
                        }
                        return;
                    }
                    case ItemStream.Broken<T> broken -> {
                        fail(new Failure.Recorded(broken.code(), broken.message()));
                        return;
                    }
                }
            }
        }

        /** The item, or what has taken its place while nobody asked for it. */
        private T newest(@Nullable LiveStream live, T item) {
            Object newer = live == null ? null : live.newest();
            return newer == null ? item : StreamPublisher.<T>cast(newer);
        }

        private void cutOff() {
            lock.lock();
            try {
                cut = true;
                changed.signal();
            } finally {
                lock.unlock();
            }
        }

        private void fail(Failure failure) {
            if (isWanted()) {
                subscriber.onError(new FlowFailedException(failure));
                cancel();
            }
        }

        /** Rule 3.9: who asks for nothing, or less, is told so; after all else has stopped. */
        private void refuse() {
            long count;
            lock.lock();
            try {
                if (cancelled || refused == 1) {
                    return;
                }
                cancelled = true;
                count = refused;
            } finally {
                lock.unlock();
            }
            subscriber.onError(
                    new IllegalArgumentException(
                            "a subscriber asked for "
                                    + count
                                    + " items; ask for one at least (Reactive Streams, rule 3.9)"));
        }

        private boolean isWanted() {
            lock.lock();
            try {
                return !cancelled && refused == 1;
            } finally {
                lock.unlock();
            }
        }

        private boolean startWaiting() {
            lock.lock();
            try {
                waiting = Thread.currentThread();
                return !cancelled && refused == 1;
            } finally {
                lock.unlock();
            }
        }

        /** An interrupt that came too late is nobody's. */
        private void stopWaiting() {
            lock.lock();
            try {
                waiting = null;
                Thread.interrupted();
            } finally {
                lock.unlock();
            }
        }

        private boolean awaitDemand() throws InterruptedException {
            lock.lock();
            try {
                while (demand == 0 && !cut && !cancelled && refused == 1) {
                    changed.await();
                }
                boolean wanted = demand > 0 && !cancelled && refused == 1;
                if (wanted && demand != Long.MAX_VALUE) {
                    demand--;
                }
                return wanted;
            } finally {
                lock.unlock();
            }
        }
    }
}
