package dev.flowir.kernel.exec;

import dev.flowir.kernel.host.Limits;
import dev.flowir.kernel.host.TimeSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The runs that have a limit, by number: what a limit that passes is told by. */
public final class LimitedRuns {

    private final Limits limits;
    private final AtomicLong last = new AtomicLong();
    private final ConcurrentHashMap<Long, Driver> runs = new ConcurrentHashMap<>();

    /** No run yet; their limits will be on {@code time}. */
    public LimitedRuns(TimeSource time) {
        this.limits = time.limits(this::passed);
    }

    Limits limits() {
        return limits;
    }

    long add(Driver run) {
        long number = last.incrementAndGet();
        runs.put(number, run);
        return number;
    }

    void remove(long number) {
        runs.remove(number);
    }

    /** Looks at stacks to say what the run was doing, so on a thread of its own. */
    private void passed(long number, long timer) {
        Driver run = runs.get(number);
        if (run != null) { // else it ended in the same moment
            Thread.ofVirtual().name("flowir-timer").start(() -> run.timerFired(timer));
        }
    }
}
