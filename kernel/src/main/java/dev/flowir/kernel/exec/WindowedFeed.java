package dev.flowir.kernel.exec;

import dev.flowir.kernel.Failure;
import dev.flowir.kernel.Invocation;
import dev.flowir.kernel.RunInfo;
import dev.flowir.kernel.machine.Event;
import dev.flowir.kernel.machine.MachineSettings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Works on a feed of a flow with windows: all inputs are one run, and the end of the source ends
 * its windows.
 *
 * @param <I> what goes in
 * @param <O> what comes out
 */
final class WindowedFeed<I, O> extends FeedWorker<I, O> {

    /** Inputs that may be outstanding: no more than wait at a trigger, so that none is refused. */
    private static final int OUTSTANDING = MachineSettings.ROOT_CAPACITY;

    private final Prepared prepared;

    /** That of the whole: as an instance it has no other. */
    private final Optional<Duration> deadline;

    private volatile @Nullable Run run;
    private long consumed;

    WindowedFeed(
            Feeding<I, O> feeding,
            Prepared prepared,
            Invocation<String> each,
            Consumer<? super O> consumer) {
        super(feeding, prepared, each, consumer, count -> count - 1);
        this.prepared = prepared;
        this.deadline = each.deadline();
    }

    @Override
    void work(Iterator<? extends I> source) {
        if (!admitted()) {
            return;
        }
        Run made = new Run();
        run = made;
        try {
            String reason = feeding.cancelled(); // asked when the run can be seen
            if (reason != null) {
                made.cancel(reason);
            }
            while (feeding.goesOn() && !made.isEnded() && source.hasNext()) {
                made.send(source.next());
            }
            if (feeding.goesOn()) {
                made.finish();
            }
        } finally {
            made.cancel("the feed was stopped");
            run = null;
        }
        made.failure().ifPresent(feeding::failed);
    }

    @Override
    void cancel(String reason) {
        Run going = run;
        if (going != null) {
            going.cancel(reason);
        }
    }

    @Override
    long outputs() {
        return consumed;
    }

    @SuppressWarnings("unchecked") // the flow's type says what its capture gives
    private void consume(Object output) {
        consumed++;
        consumer.accept((O) output);
    }

    /** The run that takes all inputs. */
    private final class Run extends Active implements Sink {

        private final RunInfo info = newInfo();
        private final Gate gate = feeding.place().gate();
        private final Driver driver;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();

        // ---- guarded by the lock
        private final ArrayDeque<Object> waiting = new ArrayDeque<>();
        private @Nullable Failure failure;
        private boolean ended;
        private long changes;

        Run() {
            Environment environment = feeding.place().environment();
            MachineSettings settings =
                    MachineSettings.forMany(OUTSTANDING)
                            .within(
                                    environment.watchdogs()
                                            ? deadline.map(Nanos::of)
                                                    .orElse(MachineSettings.NO_DEADLINE)
                                            : MachineSettings.NO_DEADLINE);
            driver = new Driver(environment, prepared, info, settings, this, null);
            gate.entered(this);
            if (driver.isObserved()) {
                environment.listening().tell(info, to -> to.runStarted(info));
            }
        }

        /** Sends an input as soon as there is room, and has consumed what that gave. */
        void send(I input) {
            long seen = changes();
            while (driver.permits() == 0 && !isEnded()) {
                if (!takeAll()) {
                    awaitChange(seen);
                }
                seen = changes();
            }
            begun++;
            driver.bring(new Event.InputSent(driver.now(), input));
            takeAll();
        }

        /** No further input: has consumed what still comes. */
        void finish() {
            driver.bring(new Event.Close(driver.now()));
            long seen = changes();
            while (takeAll() || !isEnded()) {
                awaitChange(seen);
                seen = changes();
            }
        }

        /** Has consumed what is there; false when nothing was. */
        private boolean takeAll() {
            boolean any = false;
            for (Object output = poll(); output != null; output = poll()) {
                any = true;
                consume(output);
                driver.bring(new Event.OutputTaken(driver.now()));
            }
            return any;
        }

        private long changes() {
            lock.lock();
            try {
                return changes;
            } finally {
                lock.unlock();
            }
        }

        /** Waits until the machine has moved since; an interrupt ends the run, and is kept. */
        private void awaitChange(long seen) {
            boolean interrupted = false;
            lock.lock();
            try {
                while (changes == seen && !ended && !interrupted) {
                    changed.await();
                }
            } catch (InterruptedException now) {
                interrupted = true;
            } finally {
                lock.unlock();
            }
            if (interrupted) {
                driver.cancel("the calling thread was interrupted");
                Thread.currentThread().interrupt();
            }
        }

        private @Nullable Object poll() {
            lock.lock();
            try {
                return waiting.poll();
            } finally {
                lock.unlock();
            }
        }

        boolean isEnded() {
            lock.lock();
            try {
                return ended;
            } finally {
                lock.unlock();
            }
        }

        Optional<Failure> failure() {
            lock.lock();
            try {
                return Optional.ofNullable(failure);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void output(Object value) {
            lock.lock();
            try {
                waiting.add(value);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void turned() {
            lock.lock();
            try {
                changes++;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void failed(Failure why) {
            lock.lock();
            try {
                failure = failure == null ? why : failure;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void ended(Optional<Failure> why) {
            lock.lock();
            try {
                ended = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
            gate.left(this);
            if (driver.isObserved()) {
                long nanos = driver.now() - driver.startedNanos();
                feeding.place()
                        .environment()
                        .listening()
                        .tell(info, to -> to.runEnded(info, why, nanos));
            }
        }

        @Override
        public void cancel(String reason) {
            if (!isEnded()) {
                driver.cancel(reason);
            }
        }
    }
}
