package dev.flowir.kernel.exec;

import dev.flowir.ir.Window;
import dev.flowir.kernel.Invocation;
import dev.flowir.kernel.machine.Outcome;
import dev.flowir.kernel.machine.WindowState;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;

/**
 * Works on a feed of a flow with windows that only computes: as {@link WindowedFeed}, without a
 * machine. Inputs go through the half before the windows in a loop of its own; windows that end go
 * through the other half.
 *
 * @param <I> what goes in
 * @param <O> what comes out
 */
final class WindowedLanes<I, O> extends FeedWorker<I, O> {

    private final Prepared prepared;
    private final WindowHalves halves;
    private final WindowState state;
    private final FeedLane<I, Object> before;
    private final FeedLane<Object, O> after;

    WindowedLanes(
            Feeding<I, O> feeding,
            Prepared prepared,
            WindowHalves halves,
            Inline inline,
            Invocation<String> each,
            Consumer<? super O> consumer) {
        super(feeding, prepared, each, consumer, count -> count - 1);
        this.prepared = prepared;
        this.halves = halves;
        this.state = WindowState.of(halves.windowing());
        this.before =
                new FeedLane<>(
                        part(), halves.before(), inline, each, this::take, count -> count - 1);
        this.after =
                new FeedLane<>(part(), halves.after(), inline, each, consumer, count -> count - 1) {
                    @Override
                    void left(Object window) {
                        // no input: its own were begun, and are counted
                    }
                };
    }

    /** The feed as both halves see it: what fails in either ends it. */
    @SuppressWarnings("unchecked") // it is told of failures and asked whether it goes on
    private <A, B> Feeding<A, B> part() {
        return (Feeding<A, B>) feeding;
    }

    @Override
    List<Lane> lanes() {
        return List.of(before.lane(), after.lane());
    }

    @Override
    void work(Iterator<? extends I> source) {
        before.work(new Going(source));
        begun = before.inputs();
        if (feeding.goesOn()) {
            state.finish();
            tell();
        }
    }

    /** The source, until the feed is stopped: no input is taken in vain. */
    private final class Going implements Iterator<I> {
        private final Iterator<? extends I> source;

        Going(Iterator<? extends I> source) {
            this.source = source;
        }

        @Override
        public boolean hasNext() {
            return !feeding.isStopped() && source.hasNext();
        }

        @Override
        public I next() {
            return source.next();
        }
    }

    private void take(Object item) {
        try {
            state.take(item, 0);
        } catch (Throwable thrown) { // times, keys and folds are the user's: a failure of the node
            int node = halves.windowing().node();
            Failures.of(new Outcome.NodeFailed(node, 1, thrown), prepared, "")
                    .ifPresent(feeding::failed);
            return;
        }
        if (state.waiting() > 0) {
            tell();
        }
    }

    private void tell() {
        after.work(new Ended());
    }

    /** Windows that ended, as the source of the other half. */
    private final class Ended implements Iterator<Object> {
        @Override
        public boolean hasNext() {
            return !feeding.isStopped() && state.waiting() > 0;
        }

        @Override
        public Object next() {
            Window<Object, Object> window = state.poll();
            if (window == null) {
                throw new NoSuchElementException();
            }
            return halves.windowing().given().apply(window);
        }
    }

    @Override
    void cancel(String reason) {
        before.cancel(reason);
        after.cancel(reason);
    }

    @Override
    long outputs() {
        return after.outputs();
    }
}
