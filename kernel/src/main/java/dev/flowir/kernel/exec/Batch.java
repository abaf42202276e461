package dev.flowir.kernel.exec;

import dev.flowir.kernel.Failure;
import dev.flowir.kernel.FlowInstance;
import dev.flowir.kernel.Invocation;
import dev.flowir.kernel.RunInfo;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Inputs of an instance that are worked on in one go, by one thread at a time: they go through the
 * loop of the flow's program, out of one array into another.
 *
 * @param <O> what comes out
 */
final class Batch<O> implements Loop, Iterator<Object>, Consumer<Object> {

    /** Inputs that are worked on before others may take from the instance again. */
    private static final int MOST = 64;

    private final Inline inline;
    private final InlineFlow flow;
    private final RunInfo info;
    private final Lane lane;
    private final long limitNanos;

    private final @Nullable Object[] inputs;
    private final @Nullable Object[] outputs;
    private int count;
    private int next;
    private int made;
    private long number;
    private long turn;

    /** A batch of an instance of which {@code capacity} inputs may be outstanding. */
    Batch(Inline inline, InlineFlow flow, RunInfo info, Lane lane, int capacity, long limitNanos) {
        this.inline = inline;
        this.flow = flow;
        this.info = info;
        this.lane = lane;
        this.limitNanos = limitNanos;
        this.inputs = new Object[Math.min(MOST, capacity)];
        this.outputs = new Object[inputs.length];
    }

    /** Takes inputs and begins; afterwards {@link #work} does the work. */
    void begin(Ring<?> from) {
        count = from.moveTo(inputs);
        next = 0;
        made = 0;
        lane.runOn(Thread.currentThread());
        turn = lane.begin(Lane.NO_LIMIT);
    }

    /** Works on all, and ends; returns why not on all, if so. */
    @Nullable Failure work() {
        try {
            Object came = Program.Pause.AGAIN;
            Failure failure = null;
            while (failure == null && (came instanceof Exit || came == Program.Pause.AGAIN)) {
                came = flow.program().feed(this, this, this);
                failure = failure(came);
            }
            return failure;
        } finally {
            lane.end(turn);
            lane.runOn(null);
            Arrays.fill(inputs, 0, count, null);
        }
    }

    private @Nullable Failure failure(Object came) {
        if (came instanceof Exit exit) {
            return lane.isStopped(turn) ? stopped(flow.alias(exit.step())) : rest(exit);
        }
        return came == Program.Pause.HELD ? stopped("") : null;
    }

    /** Lets the machine go on where a program left an input. */
    private @Nullable Failure rest(Exit exit) {
        return switch (inline.<O>rest(exit)) {
            case FlowInstance.Output<O> output -> {
                accept(output.value());
                yield null;
            }
            case FlowInstance.Failed<O> failed -> failed.failure();
            case FlowInstance.End<O> end -> null;
        };
    }

    /** Why it was stopped, while a node worked or none. */
    Failure stopped(String node) {
        Lane.Stop stop = lane.stop();
        if (!stop.reason().isEmpty()) {
            return new Failure.Cancelled(stop.reason());
        }
        String doing = node.isEmpty() ? "" : "while '" + node + "' was " + stop.doing();
        return new Failure.DeadlineExceeded(Duration.ofNanos(limitNanos), doing);
    }

    /** Moves what was made; returns how many inputs that were worked on gave nothing. */
    int moveTo(Ring<O> to) {
        for (int i = 0; i < made; i++) {
            to.add(InlineRun.given(outputs[i]));
        }
        int nothing = next - made;
        clear();
        return nothing;
    }

    /** Forgets what was made. */
    void clear() {
        Arrays.fill(outputs, 0, made, null);
        made = 0;
    }

    // ---- for programs

    @Override
    public boolean hasNext() {
        return next < count;
    }

    @Override
    public Object next() {
        if (next >= count) {
            throw new NoSuchElementException();
        }
        return InlineRun.given(inputs[next++]);
    }

    @Override
    public void accept(Object output) {
        outputs[made++] = output;
    }

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
        return null;
    }

    @Override
    public RunInfo info() {
        return info;
    }

    @Override
    public boolean begins(@Nullable Object input) {
        lane.input(number++);
        return !lane.isStopped(turn);
    }

    @Override
    public long turn() {
        return turn;
    }

    /** The turn goes on: it is that of the batch. */
    @Override
    public void ends() {}
}
