package dev.flowir.kernel.exec;

import dev.flowir.kernel.Failure;
import dev.flowir.kernel.FlowInstance;
import dev.flowir.kernel.RunInfo;
import dev.flowir.kernel.host.TimeSource;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An instance of a flow that only computes. Nobody can tell when that is done, so it is done when
 * somebody needs what comes of it, by whom it is needed: who asks for an output, or finds no room
 * for an input. Many inputs at a time, in order; nobody is woken to do it.
 *
 * @param <I> what goes in
 * @param <O> what comes out
 */
final class InlineInstance<I, O> extends Active implements FlowInstance<I, O> {

    private static final Thread[] NOBODY = {};
    private static final long FOREVER = Long.MAX_VALUE;
    private static final VarHandle FULL;

    static {
        try {
            FULL =
                    MethodHandles.lookup()
                            .findVarHandle(InlineInstance.class, "full", boolean.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final RunInfo info;
    private final Gate gate;
    private final TimeSource time;
    private final int capacity;
    private final long limitNanos;
    private final Lane lane;
    private final Batch<O> batch;
    private final Latch latch = new Latch();

    // ---- guarded by the latch
    private final Ring<I> inputs = new Ring<>();
    private final Ring<O> outputs = new Ring<>();

    /** Those who wait for a change: of all that is here. */
    private final ArrayDeque<Thread> waiting = new ArrayDeque<>(1);

    /** Inputs that came and whose outputs were not yet taken: what has a permit. */
    private int outstanding;

    private @Nullable Failure failure;
    private boolean untimed;
    private boolean expired;
    private boolean working;
    private boolean closing;
    private boolean ended;

    // ---- what is to be done when the latch is given back
    private boolean changed;
    private boolean leaving;

    /** That there is no room before an output is taken: for those who do not have the latch. */
    @SuppressWarnings("UnusedVariable") // by handle
    private boolean full;

    private volatile TimeSource.@Nullable Timer timer;
    private volatile long startedNanos;

    /** An instance that is admitted; a negative limit means none. */
    InlineInstance(
            Inline inline,
            InlineFlow flow,
            RunInfo info,
            Gate gate,
            TimeSource time,
            int capacity,
            long limitNanos) {
        this.info = info;
        this.gate = gate;
        this.time = time;
        this.capacity = capacity;
        this.limitNanos = limitNanos;
        this.untimed = limitNanos > 0;
        this.lane = Lane.of(this::remainingNanos);
        this.batch = new Batch<>(inline, flow, info, lane, capacity, limitNanos);
    }

    /** Counts it as under way. */
    InlineInstance<I, O> enter() {
        gate.entered(this);
        return this;
    }

    @Override
    public String id() {
        return info.runId();
    }

    // ---- inputs

    @Override
    public Admission offer(I input) {
        if ((boolean) FULL.getOpaque(this)) {
            return Admission.FULL;
        }
        while (true) {
            boolean works;
            latch.take();
            try {
                Admission answer = put(input);
                works = answer == Admission.FULL && workMakesRoom() && beginWork();
                if (!works) {
                    return answer;
                }
            } finally {
                give();
            }
            work();
        }
    }

    @Override
    public int offerAll(Collection<? extends I> some) {
        int sent = 0;
        latch.take();
        try {
            for (I input : some) {
                if (put(input) != Admission.ACCEPTED) {
                    break;
                }
                sent++;
            }
        } finally {
            give();
        }
        return sent;
    }

    /** Takes an input if there is room. With the latch. */
    private Admission put(I input) {
        if (ended || closing) {
            return Admission.CLOSED;
        }
        if (outstanding == capacity) {
            return Admission.FULL;
        }
        inputs.add(input);
        outstanding++;
        changed = true;
        if (untimed) {
            untimed = false;
            startedNanos = time.nanos();
            timer = time.arm(startedNanos, limitNanos, this::expire);
        }
        return Admission.ACCEPTED;
    }

    @Override
    public Admission send(I input) throws InterruptedException {
        meetInterrupt();
        while (true) {
            Admission answer = offer(input);
            if (answer != Admission.FULL) {
                return answer;
            }
            latch.take();
            if (outstanding == capacity && !ended && !closing && !workMakesRoom()) {
                pause(FOREVER);
            } else {
                give();
            }
        }
    }

    // ---- outputs

    @Override
    public Next<O> next() throws InterruptedException {
        Next<O> next = next(FOREVER);
        while (next == null) {
            next = next(FOREVER);
        }
        return next;
    }

    @Override
    public Optional<Next<O>> next(Duration limit) throws InterruptedException {
        long left = Nanos.of(limit);
        long until = System.nanoTime() + left;
        Next<O> next = next(left);
        while (next == null && left > 0) {
            left = until - System.nanoTime();
            next = next(left);
        }
        return Optional.ofNullable(next);
    }

    /** What comes next; null after waiting for a change, of which there is no telling what. */
    private @Nullable Next<O> next(long waitNanos) throws InterruptedException {
        meetInterrupt();
        while (true) {
            latch.take();
            O output = outputs.poll();
            if (output != null) {
                release(1);
                give();
                return new Output<>(output);
            }
            if (ended) {
                Failure last = failure;
                failure = null;
                give();
                return last == null ? new End<>() : new Failed<>(last);
            }
            if (!beginWork()) {
                if (waitNanos > 0) {
                    pause(waitNanos);
                } else {
                    give();
                }
                return null;
            }
            give();
            work();
        }
    }

    @Override
    public int drainTo(Consumer<? super O> consumer, int most) {
        int drained = 0;
        while (drained < most) {
            latch.take();
            O output = outputs.poll();
            boolean works = false;
            if (output == null) {
                works = beginWork();
            } else {
                release(1);
            }
            give();
            if (output != null) {
                consumer.accept(output);
                drained++;
            } else if (works) {
                work();
            } else {
                return drained;
            }
        }
        return drained;
    }

    private static void meetInterrupt() throws InterruptedException {
        if (Thread.currentThread().isInterrupted() && Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** Gives permits back. With the latch. */
    private void release(int permits) {
        outstanding -= permits;
        changed = true;
        if (closing && outstanding == 0) {
            end(null);
        }
    }

    /** Ends it now. With the latch. */
    private void end(@Nullable Failure why) {
        if (!ended) {
            ended = true;
            failure = why;
            inputs.clear();
            changed = true;
            leaving = true;
        }
    }

    // ---- waiting

    private boolean isFull() {
        return outstanding == capacity && !outputs.isEmpty() && !closing && !ended;
    }

    /** Gives the latch back, and does what must not be done with it. */
    private void give() {
        boolean leaves = leaving;
        Thread[] woken = changed && !waiting.isEmpty() ? waiting.toArray(NOBODY) : NOBODY;
        leaving = false;
        changed = false;
        FULL.setOpaque(this, isFull());
        if (woken.length > 0) {
            waiting.clear();
        }
        latch.give();
        for (Thread thread : woken) {
            LockSupport.unpark(thread);
        }
        if (leaves) {
            TimeSource.Timer armed = timer;
            if (armed != null) {
                armed.cancel();
            }
            gate.left(this);
        }
    }

    /** Waits for a change, or for something else; gives the latch back meanwhile, and then. */
    private void pause(long nanos) throws InterruptedException {
        Thread self = Thread.currentThread();
        waiting.add(self);
        give();
        LockSupport.parkNanos(this, nanos);
        latch.take();
        waiting.remove(self);
        give();
        meetInterrupt();
    }

    // ---- working

    /** With the latch. */
    private boolean canWork() {
        return !working && !inputs.isEmpty();
    }

    /**
     * True when all that a sender can do for room is work: an input that gives nothing makes some.
     * Where outputs wait, whoever takes one does. With the latch.
     */
    private boolean workMakesRoom() {
        return outputs.isEmpty() && canWork();
    }

    /** Begins to work if there is anything to do and nobody does. With the latch. */
    private boolean beginWork() {
        if (!canWork()) {
            return false;
        }
        working = true;
        batch.begin(inputs); // here, so that whoever ends the instance sees it
        return true;
    }

    /** Works on the batch that was begun. */
    private void work() {
        Failure why = null;
        try {
            why = batch.work();
        } finally {
            latch.take();
            worked(why);
            give();
        }
    }

    private void worked(@Nullable Failure why) {
        working = false;
        changed = true;
        if (ended) {
            batch.clear();
            return;
        }
        int nothing = batch.moveTo(outputs);
        if (why != null) {
            end(why instanceof Failure.Cancelled ? null : why); // whoever cancels knows it
        } else if (expired) {
            end(batch.stopped(""));
        } else {
            release(nothing);
        }
    }

    // ---- ending

    /** The time is over: called by the clock, which must not be held up. */
    private void expire() {
        Thread.ofVirtual().name("flowir-timer").start(this::end);
    }

    private void end() {
        latch.take();
        expired = true;
        boolean works = working && !ended;
        long turn = lane.turn();
        if (!works) {
            end(new Failure.DeadlineExceeded(Duration.ofNanos(limitNanos), ""));
        }
        give();
        Thread worker = lane.runner();
        if (works && (turn & 1) == 1) { // whoever works will say what it was doing
            String doing = worker == null ? "" : Interrupter.describe(worker);
            lane.stopSoon(turn, new Lane.Stop("", doing));
        }
    }

    private OptionalLong remainingNanos() {
        return limitNanos <= 0
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(0, startedNanos + limitNanos - time.nanos()));
    }

    @Override
    public int permits() {
        latch.take();
        int permits = ended ? capacity : capacity - outstanding;
        give();
        return permits;
    }

    @Override
    public void finish() {
        latch.take();
        closing = true;
        changed = true;
        release(0);
        boolean left = !inputs.isEmpty();
        give();
        if (left) { // inputs that give nothing would keep the instance open
            Thread.ofVirtual().name(info.flow()).start(this::workOff);
        }
    }

    private void workOff() {
        boolean works = true;
        while (works) {
            latch.take();
            works = beginWork();
            give();
            if (works) {
                work();
            }
        }
    }

    @Override
    public void close() {
        cancel("the instance was closed");
        latch.take();
        outputs.clear();
        failure = null;
        give();
    }

    @Override
    public void cancel(String reason) {
        latch.take();
        end(null);
        long turn = working ? lane.turn() : 0;
        give();
        if ((turn & 1) == 1) {
            lane.stopSoon(turn, new Lane.Stop(reason, ""));
        }
    }
}
