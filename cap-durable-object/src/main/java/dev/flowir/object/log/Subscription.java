package dev.flowir.object.log;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Who follows a log: states and events, each version once and none left out. It holds at most
 * {@link LogOptions#maxLag()} events. One thread takes from it; any may close it.
 *
 * @param <S> type of the state
 * @param <E> type of the payloads
 */
public final class Subscription<S, E> implements AutoCloseable {

    private final Live<E> live;
    private final Source<S, E> source;
    private final int maxLag;
    private final Slow slow;
    private final Runnable leave;
    private final Deque<Frame<S, E>> taken = new ArrayDeque<>();
    private long known;
    private boolean begun;
    private Optional<Frame.Why> end = Optional.empty();
    private volatile boolean closed;

    /** Reads frames after a version out of the object. */
    @FunctionalInterface
    interface Source<S, E> {
        List<Frame<S, E>> since(long version, int most);
    }

    Subscription(
            Live<E> live, Source<S, E> source, long known, int maxLag, Slow slow, Runnable leave) {
        this.live = live;
        this.source = source;
        this.known = known;
        this.maxLag = maxLag;
        this.slow = slow;
        this.leave = leave;
    }

    /**
     * Waits for the next frame.
     *
     * @param wait how long
     * @return the frame; empty when none came. After {@link Frame.Ended} always that
     * @throws InterruptedException when interrupted; nothing is lost
     */
    public Optional<Frame<S, E>> next(Duration wait) throws InterruptedException {
        long deadline = System.nanoTime() + wait.toNanos();
        while (true) {
            if (end.isPresent()) {
                return Optional.of(new Frame.Ended<>(end.get()));
            }
            if (!taken.isEmpty() && !closed) {
                return Optional.of(given(taken.remove()));
            }
            if (!begun) {
                begun = true;
                read(known, maxLag);
                continue;
            }
            switch (live.after(known, deadline - System.nanoTime(), () -> closed)) {
                case Live.Next.Event<E>(Envelope<E> event) -> taken.add(new Frame.Event<>(event));
                case Live.Next.InLog<E> inLog -> read(known, maxLag);
                case Live.Next.Behind<E> behind -> {
                    if (slow == Slow.DISCONNECT) {
                        finish(Frame.Why.LAGGED);
                    } else {
                        read(known, 0);
                    }
                }
                case Live.Next.Nothing<E> nothing -> {
                    return Optional.empty();
                }
                case Live.Next.Closed<E> over -> finish(Frame.Why.CLOSED);
            }
        }
    }

    private void read(long after, int most) {
        taken.addAll(source.since(after, most));
    }

    private Frame<S, E> given(Frame<S, E> frame) {
        switch (frame) {
            case Frame.State<S, E>(LogSnapshot<S> snapshot) -> known = snapshot.version();
            case Frame.Event<S, E>(Envelope<E> event) -> known = event.version();
            case Frame.Ended<S, E> ended -> finish(ended.why());
        }
        return frame;
    }

    private void finish(Frame.Why why) {
        end = Optional.of(why);
        taken.clear();
        close();
    }

    /** {@return the last version that was given, -1 before the first frame} */
    public long version() {
        return known;
    }

    /** Ends it; who waits is woken. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        live.wake();
        leave.run();
    }
}
