package dev.flowir.kernel.exec;

import dev.flowir.ir.Flow;
import dev.flowir.kernel.FailedInput;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.Fed;
import dev.flowir.kernel.Invocation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Takes the inputs of a source through a flow: what the workers of one feed share.
 *
 * @param <I> what goes in
 * @param <O> what comes out
 */
public final class Feeding<I, O> {

    /**
     * Where feeds run.
     *
     * @param environment what runs share
     * @param inline the way of flows that only compute; null when listeners hear every step
     */
    public record Place(Environment environment, @Nullable Inline inline) {

        Gate gate() {
            return environment.gate();
        }
    }

    /**
     * How inputs are shared out.
     *
     * @param workers how many work beside each other
     * @param key inputs of one key are worked on in order
     * @param bound inputs that may wait for one worker
     * @param <I> what goes in
     */
    public record Sharing<I>(int workers, Optional<Function<? super I, ?>> key, int bound) {}

    private static final Duration RETRY_WHEN_CLOSED = Duration.ofSeconds(10);

    private final Place place;
    private final Flow<I, O> flow;
    private final Preparation preparation;
    private final Iterator<? extends I> source;
    private volatile boolean stopped;

    /** Whether all inputs are one run, which one failure ends. */
    private boolean ofOneRun;

    // ---- guarded by this
    private List<FeedWorker<I, O>> workers = List.of();
    private List<Lane> lanes = List.of();
    private Optional<Consumer<? super FailedInput<I>>> onFailure = Optional.empty();
    private @Nullable Failure failure;
    private @Nullable String cancelled;
    private @Nullable Throwable thrown;
    private final List<FailedInput<I>> failed = new ArrayList<>();
    private final List<I> left = new ArrayList<>();
    private boolean begun;

    /** A feed that is not begun. */
    public Feeding(
            Place place, Flow<I, O> flow, Preparation preparation, Iterator<? extends I> source) {
        this.place = place;
        this.flow = flow;
        this.preparation = preparation;
        this.source = source;
    }

    Place place() {
        return place;
    }

    /** Takes all inputs through, on this thread; {@link dev.flowir.kernel.Feed#forEach}. */
    public Fed<I> run(
            Invocation<String> each,
            Consumer<? super O> consumer,
            Optional<Consumer<? super FailedInput<I>>> handler,
            Sharing<I> sharing) {
        begin(handler);
        return switch (preparation.of(flow)) {
            case Preparation.Refused refused ->
                    new Fed.Stopped<>(0, 0, refused.failure(), List.of(), List.of());
            case Preparation.Ready ready when ready.prepared().plan().windowCount() > 0 -> {
                if (sharing.workers() > 1) {
                    throw new IllegalArgumentException(
                            "a flow with windows is fed by one worker: its windows are by key");
                }
                ofOneRun = true;
                inOrder(windowed(ready.prepared(), each, consumer));
                yield ended();
            }
            case Preparation.Ready ready -> {
                Function<LongUnaryOperator, FeedWorker<I, O>> hire =
                        numbers -> worker(ready, each, consumer, numbers);
                if (sharing.workers() == 1) {
                    inOrder(hire.apply(count -> count - 1));
                } else {
                    shared(hire, sharing);
                }
                yield ended();
            }
        };
    }

    private void inOrder(FeedWorker<I, O> worker) {
        enter(List.of(worker));
        try {
            worker.work(source);
        } finally {
            leave();
        }
    }

    private void shared(Function<LongUnaryOperator, FeedWorker<I, O>> hire, Sharing<I> sharing) {
        List<Share<I, O>> shares = new ArrayList<>();
        for (int i = 0; i < sharing.workers(); i++) {
            shares.add(new Share<>(sharing.bound(), hire));
        }
        List<FeedWorker<I, O>> some = shares.stream().map(Share::worker).toList();
        boolean computes = some.get(0).ownLane().isPresent();
        enter(some);
        try {
            new Dealing<>(this, shares, sharing.key(), computes).run(source);
        } finally {
            leave();
        }
        Throwable thrown = broken();
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
        if (thrown != null) { // checked, and thrown where nobody may
            throw new IllegalStateException(thrown);
        }
    }

    private synchronized void begin(Optional<Consumer<? super FailedInput<I>>> handler) {
        if (begun) {
            throw new IllegalStateException("a feed is used once");
        }
        begun = true;
        onFailure = handler;
    }

    /** Somebody to work on the feed, in the way that suits the flow. */
    private FeedWorker<I, O> worker(
            Preparation.Ready ready,
            Invocation<String> each,
            Consumer<? super O> consumer,
            LongUnaryOperator numbers) {
        Inline inline = place.inline();
        InlineFlow computing = ready.inline();
        if (inline == null || computing == null || !computing.keeps(computing.limitNanos(each))) {
            return new FeedWorker<>(this, ready.prepared(), each, consumer, numbers);
        }
        return new FeedLane<>(this, computing, inline, each, consumer, numbers);
    }

    /** Somebody to work on a feed whose inputs are one run. */
    private FeedWorker<I, O> windowed(
            Prepared prepared, Invocation<String> each, Consumer<? super O> consumer) {
        Inline inline = place.inline();
        boolean told = place.environment().listening().isActive();
        Optional<WindowHalves> halves =
                inline == null || told || each.deadline().isPresent()
                        ? Optional.empty()
                        : prepared.halves(place.environment().unlimited());
        return halves.isPresent() && inline != null
                ? new WindowedLanes<>(this, prepared, halves.get(), inline, each, consumer)
                : new WindowedFeed<>(this, prepared, each, consumer);
    }

    private synchronized void enter(List<FeedWorker<I, O>> some) {
        workers = some;
        lanes = some.stream().flatMap(it -> it.lanes().stream()).toList();
        place.gate().lanes().add(lanes);
    }

    private synchronized void leave() {
        place.gate().lanes().remove(lanes);
    }

    private synchronized Fed<I> ended() {
        long inputs = 0;
        long outputs = 0;
        for (FeedWorker<I, O> worker : workers) {
            inputs += worker.inputs();
            outputs += worker.outputs();
        }
        return failure == null
                ? new Fed.Whole<>(inputs, outputs)
                : new Fed.Stopped<>(inputs, outputs, failure, failed, left);
    }

    // ---- asked and told by workers

    /** True when no further input may begin. */
    boolean isStopped() {
        return stopped;
    }

    /** False when no further input may begin; finds out whether that is so. */
    boolean goesOn() {
        if (!stopped && Thread.currentThread().isInterrupted()) {
            stop(new Failure.Cancelled("the calling thread was interrupted"));
        } else if (!stopped && place.gate().isClosed()) {
            stop(new Failure.Refused("the runtime is closing", RETRY_WHEN_CLOSED));
        }
        return !stopped;
    }

    /** Who cancelled it, and why; null while nobody has. */
    synchronized @Nullable String cancelled() {
        return cancelled;
    }

    /** An input was taken that will not be begun. */
    synchronized void left(I input) {
        left.add(input);
    }

    /** An input failed: somebody handles it, or it is the last. */
    void failed(FailedInput<I> input) {
        if (ofOneRun) {
            failed(input.failure());
            return;
        }
        if (onFailure.isPresent()) {
            onFailure.get().accept(input);
            return;
        }
        synchronized (this) {
            failed.add(input);
            stop(input.failure());
        }
    }

    /** What all inputs are part of failed. */
    synchronized void failed(Failure why) {
        stop(why);
    }

    /** The source or the consumer threw: it ends, and that is thrown in the end. */
    synchronized void broke(Throwable what) {
        if (thrown == null) {
            thrown = what;
        }
        stop(new Failure.Cancelled("the source or the consumer failed"));
    }

    private synchronized @Nullable Throwable broken() {
        return thrown;
    }

    private synchronized void stop(Failure why) {
        if (failure == null) {
            failure = why;
            stopped = true;
        }
    }

    /** Ends it before the next input, and gives up what is at work. */
    public void cancel(String reason) {
        List<FeedWorker<I, O>> some;
        Lane[] theirs;
        synchronized (this) {
            if (cancelled != null) {
                return;
            }
            cancelled = reason;
            stop(new Failure.Cancelled(reason));
            some = workers;
            theirs = lanes.toArray(Lane[]::new);
        }
        Lanes all = place.gate().lanes();
        all.settle(); // a run that began before is seen now
        all.cancel(theirs, reason);
        for (FeedWorker<I, O> worker : some) {
            worker.cancel(reason);
        }
    }
}
