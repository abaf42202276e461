package dev.flowir.kernel.exec;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Admits runs up to a bound, knows those under way, and closes. */
public final class Gate {

    private static final int CLOSED = Integer.MIN_VALUE / 2;

    private final int bound;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Roster roster = new Roster();

    private final Lanes lanes;

    /** A gate for {@code bound} runs at a time, those on {@code lanes} among them. */
    public Gate(int bound, Lanes lanes) {
        this.bound = bound;
        this.lanes = lanes;
    }

    Lanes lanes() {
        return lanes;
    }

    /** Takes a place; false when none is free or the gate is closed. */
    public boolean admit() {
        int before = inFlight.getAndIncrement();
        if (before >= 0 && before < bound && before + onLanes(before) < bound) {
            return true;
        }
        inFlight.getAndDecrement();
        return false;
    }

    /** Runs on lanes; zero when there is room for however many there could be. */
    private int onLanes(int before) {
        return before + lanes.count() < bound ? 0 : lanes.active();
    }

    /**
     * True when a run may begin on any lane. Reads what is seldom written and writes nothing: there
     * is room when there is for all lanes at once. Where there is not, false: {@link #admit} says.
     */
    boolean admitsOnLane() {
        return admits(inFlight.get(), lanes.count(), bound);
    }

    /** The same, for those who know where to read. */
    static boolean admits(int taken, int lanes, int bound) {
        return taken >= 0 && taken + lanes <= bound;
    }

    /** Where runs of a flow begin that have a limit of {@code limitNanos}. */
    Entrance entrance(long limitNanos) {
        return new Entrance(inFlight, bound, lanes, lanes.watch(), limitNanos);
    }

    /** Takes a place for a run that was admitted on a lane and goes on without it. */
    void readmit() {
        inFlight.getAndIncrement();
    }

    void entered(Active run) {
        roster.enter(run);
    }

    void left(Active run) {
        roster.leave(run);
        inFlight.getAndDecrement();
        if (isClosed()) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /** Places taken. */
    public int inFlight() {
        int count = inFlight.get();
        return (count < 0 ? count - CLOSED : count) + lanes.active();
    }

    /** Places there are. */
    public int bound() {
        return bound;
    }

    /** True once the gate is closed. */
    public boolean isClosed() {
        return inFlight.get() < 0;
    }

    /** Admits nobody any more. */
    public void close() {
        int before = inFlight.get();
        while (before >= 0 && !inFlight.compareAndSet(before, before + CLOSED)) {
            before = inFlight.get();
        }
        lanes.settle();
    }

    /**
     * Waits until nothing is under way; false when {@code limit} passed before.
     *
     * @throws InterruptedException when the calling thread was interrupted
     */
    public boolean awaitEmpty(Duration limit) throws InterruptedException {
        long until = System.nanoTime() + Nanos.of(limit);
        synchronized (this) {
            while (inFlight() > 0) {
                long left = until - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                // Runs on lanes tell nobody when they end; they take no longer than their bodies.
                wait(lanes.active() > 0 ? 1 : left / 1_000_000 + 1);
            }
        }
        return true;
    }

    /** Ends everything that is under way. */
    public void cancelAll(String reason) {
        for (Active run : roster.all()) {
            run.cancel(reason);
        }
        lanes.cancelAll(reason);
    }
}
