package dev.flowir.kernel.exec;

import dev.flowir.kernel.Failure;
import dev.flowir.kernel.Standstill;
import dev.flowir.kernel.host.TimeSource;
import dev.flowir.kernel.machine.Wait;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches whether a run moves, and tells once for each time that it does not. Stands before the
 * run's own sink, and only where the runtime was asked to tell: other runs have nothing of it.
 */
final class Motion implements Sink {

    /** The log of runs. */
    private static final Logger LOG = LoggerFactory.getLogger("dev.flowir.run");

    private final Driver driver;
    private final Sink sink;
    private final long limitNanos;

    /** When something moved last. Written with the turn of the run, and by steps of a segment. */
    private volatile long movedNanos;

    /** Changes with each move: what was applied late has the time of its event. */
    private volatile long moves;

    // ---- guarded by this; never held by a thread that asks for the turn of the run
    private TimeSource.@Nullable Timer timer;
    private boolean isWatching;
    private boolean isOver;
    private boolean hasTold;
    private long toldMoves;

    Motion(Driver driver, Sink sink, long limitNanos) {
        this.driver = driver;
        this.sink = sink;
        this.limitNanos = limitNanos;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // of two at a time one may be lost: it changes
    public void moved(long nanos) {
        movedNanos = nanos;
        moves++;
        watch(nanos);
    }

    private synchronized void watch(long fromNanos) {
        if (!isWatching && !isOver) {
            isWatching = true;
            arm(fromNanos);
        }
    }

    @Override
    public void turned() {
        sink.turned();
    }

    private void arm(long fromNanos) {
        timer = driver.environment().time().arm(fromNanos, limitNanos, this::due);
    }

    /** On the thread of the timers, which is not for what takes a while. */
    private synchronized void due() {
        if (isOver) {
            return;
        }
        long moved = movedNanos;
        long now = driver.now();
        if (now - moved < limitNanos) {
            arm(moved);
        } else if (hasTold && toldMoves == moves) {
            arm(now);
        } else {
            Thread.ofVirtual().name("flowir-timer").start(this::look);
        }
    }

    private void look() {
        try {
            driver.show(this::seen).ifPresent(this::tell);
        } catch (InterruptedException never) { // nobody knows of this thread
            Thread.currentThread().interrupt();
        }
    }

    /**
     * What is to be told of who waits for whom; with the turn of the run.
     *
     * @param waits who waits for whom; null when the turn is not to be had
     */
    private synchronized Optional<Standstill> seen(@Nullable List<Wait> waits) {
        long counted = moves;
        long moved = movedNanos;
        long now = driver.now();
        if (isOver) {
            return Optional.empty();
        }
        if (waits != null && waits.isEmpty()) { // nothing is there that could move
            isWatching = false;
            return Optional.empty();
        }
        if (now - moved < limitNanos) { // it moved just now
            arm(moved);
            return Optional.empty();
        }
        arm(now);
        Standstills told = new Standstills(driver);
        if (waits != null && told.goesOnByItself(waits)) {
            return Optional.empty();
        }
        hasTold = true;
        toldMoves = counted;
        return Optional.of(told.of(Duration.ofNanos(now - moved), waits));
    }

    private void tell(Standstill found) {
        LOG.atWarn()
                .addKeyValue("code", Standstill.CODE)
                .addKeyValue("run", driver.info().runId())
                .addKeyValue("flow", driver.info().flow())
                .log("{}", found.message());
        driver.environment()
                .listening()
                .tell(driver.info(), to -> to.stoodStill(driver.info(), found));
    }

    @Override
    public void output(Object value) {
        sink.output(value);
    }

    @Override
    public void failed(Failure failure) {
        sink.failed(failure);
    }

    @Override
    public void ended(Optional<Failure> failure) {
        synchronized (this) {
            isOver = true;
            if (timer != null) {
                timer.cancel();
            }
        }
        sink.ended(failure);
    }
}
