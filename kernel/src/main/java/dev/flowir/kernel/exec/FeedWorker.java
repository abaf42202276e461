package dev.flowir.kernel.exec;

import dev.flowir.ir.ItemStream;
import dev.flowir.kernel.FailedInput;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.Invocation;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.RunInfo;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One who works on a feed, on one thread at a time: takes inputs through the machine, one after
 * another, each as a run of its own.
 *
 * @param <I> what goes in
 * @param <O> what comes out
 */
class FeedWorker<I, O> {

    final Feeding<I, O> feeding;
    final Feeding.Place place;
    final Consumer<? super O> consumer;

    private final Prepared prepared;
    private final Invocation<String> each;

    /** Number in the source of the input that was begun last, of how many were begun. */
    private final LongUnaryOperator numbers;

    /** The run that is on in a machine. */
    private volatile @Nullable DirectRun<O> current;

    /** Inputs that were begun. */
    long begun;

    /** Those that gave no output. */
    private long without;

    FeedWorker(
            Feeding<I, O> feeding,
            Prepared prepared,
            Invocation<String> each,
            Consumer<? super O> consumer,
            LongUnaryOperator numbers) {
        this.feeding = feeding;
        this.place = feeding.place();
        this.prepared = prepared;
        this.each = each;
        this.consumer = consumer;
        this.numbers = numbers;
    }

    /** The lane that it works on, if it does. */
    Optional<Lane> ownLane() {
        return Optional.empty();
    }

    /** All lanes that it works on. */
    List<Lane> lanes() {
        return ownLane().map(List::of).orElse(List.of());
    }

    /** An input was taken that will not be begun. */
    void left(I input) {
        feeding.left(input);
    }

    /** Works until the source has no more, or the feed is stopped. */
    void work(Iterator<? extends I> source) {
        while (feeding.goesOn() && source.hasNext()) {
            through(source.next());
        }
    }

    /** Takes one input through the machine when there is room; it is left if there never is. */
    final void through(I input) {
        if (!admitted()) {
            left(input);
            return;
        }
        begun++;
        DirectRun<O> run =
                new DirectRun<>(
                        place.environment(), prepared, newInfo(), limitNanos(), place.gate());
        run.enter();
        deliver(input, complete(run, input));
    }

    /** Waits for a place for a run; false when the feed was stopped before there was one. */
    final boolean admitted() {
        boolean goesOn = feeding.goesOn();
        while (goesOn && !place.gate().admit()) {
            LockSupport.parkNanos(Lanes.MOMENT_NANOS);
            goesOn = feeding.goesOn();
        }
        return goesOn;
    }

    final RunInfo newInfo() {
        RunIds ids = place.environment().ids();
        return RunInfo.of(prepared.flow(), each.labels(), each.extensions(), ids);
    }

    private long limitNanos() {
        return each.deadline().map(Nanos::of).orElse(place.environment().defaultLimitNanos());
    }

    /** Runs {@code run} to its end, where {@link #cancel} sees it. */
    final Result<O> complete(DirectRun<O> run, I input) {
        current = run;
        try {
            String reason = feeding.cancelled(); // asked when the run can be seen
            if (reason != null) {
                run.cancel(reason);
            }
            return run.complete(input);
        } finally {
            current = null;
        }
    }

    /** Hands on what came of an input. */
    final void deliver(I input, Result<O> result) {
        if (result instanceof Result.Value<O> value) {
            consume(value.value());
            return;
        }
        without++;
        if (result instanceof Result.Failed<O> failed
                && !(failed.failure() instanceof Failure.MissingOutput)) {
            long number = numbers.applyAsLong(begun);
            feeding.failed(new FailedInput<>(input, number, failed.failure()));
        }
    }

    private void consume(O output) {
        if (output instanceof ItemStream<?> stream) {
            try (stream) {
                consumer.accept(output);
            }
        } else {
            consumer.accept(output);
        }
    }

    /** Gives up the run that is on. */
    void cancel(String reason) {
        DirectRun<O> run = current;
        if (run != null) {
            run.cancel(reason);
        }
    }

    /** Inputs that were begun. */
    final long inputs() {
        return begun;
    }

    /** Outputs that were consumed. */
    long outputs() {
        return begun - without;
    }
}
