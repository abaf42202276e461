package dev.flowir.kernel.exec;

import dev.flowir.kernel.Failure;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.Run;
import dev.flowir.kernel.RunInfo;
import dev.flowir.kernel.machine.Event;
import dev.flowir.kernel.machine.MachineSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A run of one input.
 *
 * @param <O> type of its output
 */
public final class DirectRun<O> extends Active implements Run<O>, Sink {

    private final Environment environment;
    private final RunInfo info;
    private final Gate gate;
    private final Driver driver;
    private final CountDownLatch decided = new CountDownLatch(1);
    private volatile @Nullable Result<O> result;

    /** A run that is admitted and not begun; a negative limit means none. */
    public DirectRun(
            Environment environment, Prepared prepared, RunInfo info, long limitNanos, Gate gate) {
        this(environment, prepared, info, limitNanos, gate, null);
    }

    /** A run that somebody else began and left. */
    DirectRun(
            Environment environment,
            Prepared prepared,
            RunInfo info,
            long limitNanos,
            Gate gate,
            @Nullable Replay replay) {
        this.environment = environment;
        this.info = info;
        this.gate = gate;
        MachineSettings settings =
                MachineSettings.forOnce()
                        .within(environment.watchdogs() ? limitNanos : MachineSettings.NO_DEADLINE);
        this.driver = new Driver(environment, prepared, info, settings, this, replay);
    }

    /** Counts it as under way again: listeners have heard of its start. */
    void reenter() {
        gate.entered(this);
    }

    /** Counts it as under way. */
    public void enter() {
        gate.entered(this);
        if (driver.isObserved()) {
            environment.listening().tell(info, to -> to.runStarted(info));
        }
    }

    /**
     * Begins; bodies that only compute run on this thread.
     *
     * @return true when this thread was interrupted meanwhile, which cancelled the run
     */
    private boolean begin(Object input) {
        return driver.bring(sent(input));
    }

    /** Begins; everything runs on other threads. */
    public void start(Object input) {
        driver.start(sent(input));
    }

    private Event sent(Object input) {
        return new Event.InputSent(driver.now() - driver.elapsedNanos(), input);
    }

    /**
     * Begins and waits for the result. When this thread is interrupted the run is cancelled, and
     * the interrupt kept.
     */
    public Result<O> complete(Object input) {
        boolean interrupted = begin(input);
        Result<O> given;
        try {
            given = await();
        } catch (InterruptedException now) {
            interrupted = true;
            cancel("the calling thread was interrupted");
            given = uninterrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return given;
    }

    /** A cancelled run ends at once, so this waits for nothing that could take long. */
    private Result<O> uninterrupted() {
        while (true) {
            try {
                return await();
            } catch (InterruptedException again) {
                cancel("the calling thread was interrupted again");
            }
        }
    }

    @Override
    public String id() {
        return info.runId();
    }

    @Override
    public Result<O> await() throws InterruptedException {
        decided.await();
        return given();
    }

    @Override
    public Optional<Result<O>> await(Duration limit) throws InterruptedException {
        return decided.await(Nanos.of(limit), TimeUnit.NANOSECONDS)
                ? Optional.of(given())
                : Optional.empty();
    }

    @Override
    public void cancel(String reason) {
        driver.cancel(reason);
    }

    private Result<O> given() {
        Result<O> given = result;
        if (given == null) {
            throw new IllegalStateException("decided without a result");
        }
        return given;
    }

    @Override
    @SuppressWarnings("unchecked") // the flow's type says what its capture gives
    public void output(Object value) {
        decide(new Result.Value<>((O) value));
    }

    @Override
    public void failed(Failure failure) {
        decide(new Result.Failed<>(failure));
    }

    private void decide(Result<O> decision) {
        if (result == null) {
            result = decision;
            decided.countDown();
        }
    }

    @Override
    public void ended(Optional<Failure> failure) {
        gate.left(this);
        if (driver.isObserved()) {
            Optional<Failure> told =
                    result instanceof Result.Failed<O> failed
                            ? Optional.of(failed.failure())
                            : failure;
            long nanos = driver.now() - driver.startedNanos();
            environment.listening().tell(info, to -> to.runEnded(info, told, nanos));
        }
    }
}
