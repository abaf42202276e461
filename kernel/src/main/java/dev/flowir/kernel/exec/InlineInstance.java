package dev.flowir.kernel.exec;

import dev.flowir.kernel.Failure;
import dev.flowir.kernel.FlowInstance;
import dev.flowir.kernel.RunInfo;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An instance of a flow that only computes. Nobody can tell when that is done, so it is done when
 * somebody needs what comes of it, by whom it is needed: who asks for an output, or finds no room
 * for an input. Many inputs at a time, in order; nobody is woken to do it.
 *
 * @param <I> what goes in
 * @param <O> what comes out
 */
public final class InlineInstance<I, O> implements FlowInstance<I, O>, Active {

    /** Inputs that are worked on before others may take from the instance again. */
    private static final int BATCH = 64;

    private final Inline inline;
    private final InlineFlow flow;
    private final RunInfo info;
    private final Gate gate;
    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // ---- guarded by the lock
    private final ArrayDeque<I> inputs = new ArrayDeque<>();
    private final ArrayDeque<Next<O>> outputs = new ArrayDeque<>();

    /** Inputs that came and whose outputs were not yet taken: what has a permit. */
    private int outstanding;

    private int waiters;
    private long taken;
    private boolean working;
    private boolean closing;
    private boolean ended;

    // ---- the worker's own: the thread that set working
    private final Lane lane = Lane.pooled();
    private final @Nullable Object[] batch = new Object[BATCH];
    private final ArrayDeque<Next<O>> made = new ArrayDeque<>();

    /** An instance that is admitted. */
    InlineInstance(Inline inline, InlineFlow flow, RunInfo info, Gate gate, int capacity) {
        this.inline = inline;
        this.flow = flow;
        this.info = info;
        this.gate = gate;
        this.capacity = capacity;
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

    @Override
    public Admission offer(I input) {
        Admission answer = put(input);
        while (answer == null) { // an input that gives nothing makes room
            if (!work()) {
                return Admission.FULL;
            }
            answer = put(input);
        }
        return answer;
    }

    /** Takes an input if there is room; null when work may make some. */
    private @Nullable Admission put(I input) {
        lock.lock();
        try {
            if (ended || closing) {
                return Admission.CLOSED;
            }
            if (outstanding == capacity) {
                return inputs.isEmpty() || working ? Admission.FULL : null;
            }
            outstanding++;
            inputs.add(input);
            wake();
            return Admission.ACCEPTED;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Admission send(I input) throws InterruptedException {
        while (true) {
            Admission answer = offer(input);
            if (answer != Admission.FULL) {
                return answer;
            }
            lock.lockInterruptibly();
            try {
                while (outstanding == capacity && !ended && (inputs.isEmpty() || working)) {
                    await();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    @Override
    public Next<O> next() throws InterruptedException {
        while (true) {
            lock.lockInterruptibly();
            try {
                Next<O> next = poll();
                if (next != null) {
                    return next;
                }
                if (inputs.isEmpty() || working) {
                    await();
                    continue;
                }
            } finally {
                lock.unlock();
            }
            work();
        }
    }

    @Override
    public Optional<Next<O>> next(Duration limit) throws InterruptedException {
        long until = System.nanoTime() + Nanos.of(limit);
        while (true) {
            lock.lockInterruptibly();
            try {
                Next<O> next = poll();
                if (next != null) {
                    return Optional.of(next);
                }
                if (inputs.isEmpty() || working) {
                    if (until - System.nanoTime() <= 0) {
                        return Optional.empty();
                    }
                    await(until);
                    continue;
                }
            } finally {
                lock.unlock();
            }
            work();
        }
    }

    /** An output, or the end; null when neither is there yet. */
    private @Nullable Next<O> poll() {
        Next<O> next = outputs.poll();
        if (next instanceof Output<O>) {
            release(1);
        }
        return next == null && ended ? new End<>() : next;
    }

    /** Gives permits back. */
    private void release(int permits) {
        outstanding -= permits;
        endWhenDone();
        wake();
    }

    private void endWhenDone() {
        if (closing && outstanding == 0) {
            end();
        }
    }

    private void end() {
        if (!ended) {
            ended = true;
            inputs.clear();
            gate.left(this);
            changed.signalAll();
        }
    }

    private void wake() {
        if (waiters > 0) {
            changed.signalAll();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the callers loop
    private void await() throws InterruptedException {
        waiters++;
        try {
            changed.await();
        } finally {
            waiters--;
        }
    }

    private void await(long until) throws InterruptedException {
        waiters++;
        try {
            long left = until - System.nanoTime();
            while (left > 0 && outputs.isEmpty() && (inputs.isEmpty() || working) && !ended) {
                left = changed.awaitNanos(left);
            }
        } finally {
            waiters--;
        }
    }

    // ---- working

    /** Works on some inputs; false when there are none, or another thread works. */
    private boolean work() {
        int count = 0;
        long first;
        long turn;
        lock.lock();
        try {
            if (working || inputs.isEmpty()) {
                return false;
            }
            working = true;
            first = taken;
            while (count < BATCH && !inputs.isEmpty()) {
                batch[count++] = inputs.remove();
            }
            taken += count;
            turn = begin(); // here, so that whoever ends the instance sees it
        } finally {
            lock.unlock();
        }
        int nothing = 0;
        Failure failure = null;
        try {
            for (int i = 0; i < count && failure == null && !lane.isStopped(turn); i++) {
                lane.input(first + i);
                Next<O> next = inline.one(flow, lane, turn, info, InlineRun.given(batch[i]));
                if (next instanceof Output<O>) {
                    made.add(next);
                } else if (next instanceof Failed<O> failed) {
                    failure = failed.failure();
                } else {
                    nothing++;
                }
            }
        } finally {
            lane.end(turn);
            Arrays.fill(batch, 0, count, null);
            worked(nothing, failure);
        }
        return true;
    }

    private long begin() {
        if (!lane.lease(Thread.currentThread())) {
            throw new IllegalStateException("two threads work on " + info);
        }
        return lane.begin(Lane.NO_LIMIT);
    }

    private void worked(int nothing, @Nullable Failure failure) {
        lock.lock();
        try {
            working = false;
            if (!ended) {
                outputs.addAll(made);
                if (failure != null) {
                    if (!(failure instanceof Failure.Cancelled)) { // whoever cancels knows it
                        outputs.add(new Failed<>(failure));
                    }
                    end();
                } else if (nothing > 0) {
                    release(nothing);
                }
            }
            made.clear();
            wake();
        } finally {
            lock.unlock();
        }
    }

    // ---- ending

    @Override
    public int permits() {
        lock.lock();
        try {
            return ended ? capacity : capacity - outstanding;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void finish() {
        boolean left;
        lock.lock();
        try {
            closing = true;
            endWhenDone();
            left = !inputs.isEmpty();
        } finally {
            lock.unlock();
        }
        if (left) { // inputs that give nothing would keep the instance open
            Thread.ofVirtual().name(info.flow()).start(this::workOff);
        }
    }

    private void workOff() {
        while (work()) {
            // the next batch
        }
    }

    @Override
    public void close() {
        cancel("the instance was closed");
        lock.lock();
        try {
            outputs.clear();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void cancel(String reason) {
        long turn;
        lock.lock();
        try {
            end();
            turn = working ? lane.turn() : 0;
        } finally {
            lock.unlock();
        }
        if ((turn & 1) == 1) {
            lane.stopSoon(turn, reason);
        }
    }
}
