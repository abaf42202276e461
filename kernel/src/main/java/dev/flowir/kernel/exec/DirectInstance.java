package dev.flowir.kernel.exec;

import dev.flowir.kernel.Failure;
import dev.flowir.kernel.FlowInstance;
import dev.flowir.kernel.InstanceOptions;
import dev.flowir.kernel.RunInfo;
import dev.flowir.kernel.machine.Event;
import dev.flowir.kernel.machine.MachineSettings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An instance that takes many inputs.
 *
 * @param <I> what goes in
 * @param <O> what comes out
 */
public final class DirectInstance<I, O> extends Active implements FlowInstance<I, O>, Sink {

    private final Environment environment;
    private final RunInfo info;
    private final Gate gate;
    private final Driver driver;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Outputs that wait; the machine bounds their number. */
    private final ArrayDeque<Next<O>> waiting = new ArrayDeque<>();

    private final AtomicInteger senders = new AtomicInteger();
    private final AtomicLong changes = new AtomicLong();
    private boolean ended;

    /** An instance that is admitted. */
    public DirectInstance(
            Environment environment,
            Prepared prepared,
            RunInfo info,
            InstanceOptions options,
            Gate gate) {
        this.environment = environment;
        this.info = info;
        this.gate = gate;
        MachineSettings settings =
                MachineSettings.forMany(options.captureCapacity())
                        .within(
                                environment.watchdogs()
                                        ? options.deadline()
                                                .map(Nanos::of)
                                                .orElse(MachineSettings.NO_DEADLINE)
                                        : MachineSettings.NO_DEADLINE);
        this.driver = new Driver(environment, prepared, info, settings, this, null);
        gate.entered(this);
        if (driver.isObserved()) {
            environment.listening().tell(info, to -> to.runStarted(info));
        }
    }

    /** The rest of one input that another instance began; that instance is not observed. */
    DirectInstance(
            Environment environment, Prepared prepared, RunInfo info, Gate gate, Replay replay) {
        this.environment = environment;
        this.info = info;
        this.gate = gate;
        this.driver =
                new Driver(environment, prepared, info, MachineSettings.forMany(1), this, replay);
        gate.entered(this);
    }

    /**
     * Works on one input, on this thread as far as it can be; gives its output, its failure, or the
     * end when there is neither. An interrupt cancels it, and is kept.
     */
    Next<O> complete(Object input) {
        boolean interrupted = driver.bring(new Event.InputSent(driver.now(), input));
        finish();
        Next<O> given = new End<>();
        boolean over = false;
        while (!over) {
            try {
                Next<O> next = next();
                over = next instanceof End;
                given = over || given instanceof Failed ? given : next;
            } catch (InterruptedException now) {
                interrupted = true;
                driver.cancel("the calling thread was interrupted");
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
            return new Failed<>(new Failure.Cancelled("the calling thread was interrupted"));
        }
        return given;
    }

    @Override
    public String id() {
        return info.runId();
    }

    @Override
    public Admission offer(I input) {
        return switch (driver.exchange(new Event.InputSent(driver.now(), input))) {
            case ACCEPTED -> Admission.ACCEPTED;
            case FULL -> Admission.FULL;
            case CLOSED, LATE -> Admission.CLOSED;
        };
    }

    @Override
    public Admission send(I input) throws InterruptedException {
        Admission first = offer(input);
        if (first != Admission.FULL) {
            return first;
        }
        senders.incrementAndGet(); // before the next try, so that no change is missed
        try {
            while (true) {
                long seen = changes.get();
                Admission answer = offer(input);
                if (answer != Admission.FULL) {
                    return answer;
                }
                awaitChange(seen);
            }
        } finally {
            senders.decrementAndGet();
        }
    }

    private void awaitChange(long seen) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (changes.get() == seen) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void turned() {
        if (senders.get() > 0) {
            change();
        }
    }

    private void change() {
        lock.lock();
        try {
            changes.incrementAndGet();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Next<O> next() throws InterruptedException {
        Next<O> next;
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && !ended) {
                changed.await();
            }
            next = poll();
        } finally {
            lock.unlock();
        }
        return taken(next);
    }

    @Override
    public Optional<Next<O>> next(Duration limit) throws InterruptedException {
        long left = Nanos.of(limit);
        Next<O> next;
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && !ended) {
                if (left <= 0) {
                    return Optional.empty();
                }
                left = changed.awaitNanos(left);
            }
            next = poll();
        } finally {
            lock.unlock();
        }
        return Optional.of(taken(next));
    }

    @Override
    public int drainTo(Consumer<? super O> consumer, int most) {
        int drained = 0;
        while (drained < most && pollOutput() instanceof Output<O> output) {
            taken(output);
            consumer.accept(output.value());
            drained++;
        }
        return drained;
    }

    private @Nullable Next<O> pollOutput() {
        lock.lock();
        try {
            return waiting.peek() instanceof Output<O> ? waiting.poll() : null;
        } finally {
            lock.unlock();
        }
    }

    private Next<O> poll() {
        Next<O> next = waiting.poll();
        return next == null ? new End<>() : next;
    }

    /** Outputs are counted by the machine until they are taken; a stream until it is over. */
    private Next<O> taken(Next<O> next) {
        if (next instanceof Output<O> output && !(output.value() instanceof StreamHandle)) {
            driver.exchange(new Event.OutputTaken(driver.now()));
        }
        return next;
    }

    @Override
    public int permits() {
        return driver.permits();
    }

    @Override
    public void finish() {
        driver.exchange(new Event.Close(driver.now()));
    }

    @Override
    public void cancel(String reason) {
        driver.cancel(reason);
    }

    @Override
    public void close() {
        driver.cancel("the instance was closed");
        lock.lock();
        try {
            waiting.clear();
        } finally {
            lock.unlock();
        }
    }

    @Override
    @SuppressWarnings("unchecked") // the flow's type says what its capture gives
    public void output(Object value) {
        add(new Output<>((O) value));
    }

    @Override
    public void failed(Failure failure) {
        add(new Failed<>(failure));
    }

    private void add(Next<O> next) {
        lock.lock();
        try {
            waiting.add(next);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void ended(Optional<Failure> failure) {
        lock.lock();
        try {
            ended = true;
            changes.incrementAndGet();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        gate.left(this);
        if (driver.isObserved()) {
            long nanos = driver.now() - driver.startedNanos();
            environment.listening().tell(info, to -> to.runEnded(info, failure, nanos));
        }
    }
}
