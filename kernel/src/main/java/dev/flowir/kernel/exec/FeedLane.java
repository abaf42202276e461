package dev.flowir.kernel.exec;

import dev.flowir.kernel.Invocation;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.RunInfo;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One who works on a feed of a flow that only computes: a {@link Program} loops over the inputs and
 * asks here, once before and once after each, what else there is to know. What it asks is read and
 * written plainly: a turn of the lane, as for a run, and whether the next input may begin.
 *
 * @param <I> what goes in
 * @param <O> what comes out
 */
class FeedLane<I, O> extends FeedWorker<I, O> implements Loop {

    private final InlineFlow flow;
    private final Inline inline;
    private final Lane lane = Lane.feeding();
    private final Gate gate;
    private final LaneWatch watch;
    private final @Nullable Invocation<?> each;
    private final long limitNanos;
    private final boolean observed;

    private Thread thread = Thread.currentThread();
    private long turn;
    private long startedNanos;
    private @Nullable Object held;

    FeedLane(
            Feeding<I, O> feeding,
            InlineFlow flow,
            Inline inline,
            Invocation<String> each,
            Consumer<? super O> consumer,
            LongUnaryOperator numbers) {
        super(feeding, flow.prepared(), each, consumer, numbers);
        this.flow = flow;
        this.inline = inline;
        this.gate = place.gate();
        this.watch = gate.lanes().watch();
        this.each = each;
        this.limitNanos = flow.limitNanos(each);
        this.observed = place.environment().listening().isActive();
    }

    @Override
    Optional<Lane> ownLane() {
        return Optional.of(lane);
    }

    // ---- for programs

    @Override
    public InlineFlow flow() {
        return flow;
    }

    @Override
    public Lane lane() {
        return lane;
    }

    @Override
    public @Nullable Invocation<?> each() {
        return each;
    }

    /** Each input is a run of its own. */
    @Override
    public @Nullable RunInfo info() {
        return null;
    }

    @Override
    public long turn() {
        return turn;
    }

    @Override
    public boolean begins(@Nullable Object input) {
        if (input == null) {
            throw new NullPointerException("the source of a feed gave null");
        }
        long now = lane.begin(limitNanos);
        turn = now;
        // Asked when the run can be seen: whoever stops the feed or closes the gate looks later.
        if (feeding.isStopped() || !gate.admitsOnLane() || thread.isInterrupted()) {
            lane.end(now);
            held = input;
            return false;
        }
        if (limitNanos >= 0) {
            watch.expect();
        }
        begun++;
        return true;
    }

    @Override
    public void ends() {
        lane.end(turn);
    }

    // ---- working

    @Override
    void work(Iterator<? extends I> source) {
        thread = Thread.currentThread();
        lane.runOn(thread);
        try {
            while (feeding.goesOn() && goesOn(source)) {
                // until something is out of the ordinary again
            }
        } finally {
            if (lane.isOn()) { // no memory, or a bug here
                lane.end(turn);
            }
            lane.runOn(null);
        }
    }

    /** Works on; false when the source has no more. */
    private boolean goesOn(Iterator<? extends I> source) {
        Object came = observed ? observed(source) : program(source);
        if (came instanceof Exit exit) {
            leave(exit);
        } else if (came == Program.Pause.HELD) {
            Object input = Objects.requireNonNull(held);
            held = null;
            if (feeding.goesOn()) { // no room on lanes: the machine's way is counted exactly
                through(input(input));
            } else {
                left(input(input));
            }
        }
        return came != Program.Pause.EMPTY;
    }

    @SuppressWarnings("unchecked") // a consumer gets what the flow's type says
    private Object program(Iterator<? extends I> source) {
        return flow.program().feed(this, source, (Consumer<Object>) consumer);
    }

    @SuppressWarnings("unchecked") // what the source gave
    private I input(Object given) {
        return (I) given;
    }

    /** As a program's loop, and tells listeners of each run. */
    private Object observed(Iterator<? extends I> source) {
        while (source.hasNext()) {
            I input = source.next();
            if (!begins(input)) {
                return Program.Pause.HELD;
            }
            RunInfo info = flow.info(each);
            startedNanos = place.environment().time().nanos();
            inline.tellStarted(info);
            Object output = flow.program().run(flow, lane, turn, each, info, input);
            if (output instanceof Exit) {
                return output;
            }
            ends();
            Result<O> result = new Result.Value<>(InlineFlow.<O>typed(output));
            inline.tellEnded(info, result, place.environment().time().nanos() - startedNanos);
            deliver(input, result);
        }
        return Program.Pause.EMPTY;
    }

    /** Ends the run that a program left. */
    private void leave(Exit exit) {
        Lane.Stop stop = lane.isStopped(turn) ? lane.stop() : null;
        long since =
                observed
                        ? place.environment().time().nanos() - startedNanos
                        : LaneWatch.elapsed(lane, turn);
        lane.end(turn);
        I input = input(exit.input());
        Result<O> result;
        if (stop == null) {
            result = complete(inline.rest(exit, limitNanos, since), input);
        } else {
            result = Inline.stopped(exit, stop, limitNanos);
            if (observed) {
                inline.tellEnded(exit.run().info(), result, since);
            }
        }
        deliver(input, result);
    }
}
