package dev.flowir.kernel.exec;

import dev.flowir.ir.SlowConsumer;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.host.Lag;
import dev.flowir.kernel.host.LiveStream;
import dev.flowir.kernel.host.TimeSource;
import dev.flowir.kernel.machine.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A stream whose producer does not wait for its consumer: from the first look on it runs as far
 * ahead as the flow allows. A consumer that does not keep up is cut off, and the run is cancelled.
 */
final class RunningStream implements StreamHandle, LiveStream {

    private final Driver driver;
    private final long ticket;
    private final Lag lag;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Runnable> cuts = new ArrayList<>();

    /** What follows when nothing waits any more; null while something may come. */
    private @Nullable Next<Object> last;

    private TimeSource.@Nullable Timer timer;
    private boolean asked;

    RunningStream(Driver driver, long ticket, SlowConsumer how, String node) {
        this.driver = driver;
        this.ticket = ticket;
        this.lag = new Lag(how, node);
    }

    @Override
    public void item(Object value) {
        int more = 0;
        lock.lock();
        try {
            if (last == null) {
                more = lag.arrived(value, driver.now());
                settle();
            }
        } finally {
            lock.unlock();
        }
        ask(more);
    }

    @Override
    public void end(Optional<Failure> failure) {
        lock.lock();
        try {
            if (last == null) {
                last = StreamHandle.last(failure);
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Next<Object> next() throws InterruptedException {
        if (!asked) {
            asked = true;
            ask(lag.first());
        }
        Next<Object> next = awaitNext();
        if (next instanceof Item<Object>) {
            ask(lag.taken());
        }
        return next;
    }

    private Next<Object> awaitNext() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                Object item = lag.poll();
                if (item != null) {
                    return new Item<>(item);
                }
                if (last != null) {
                    return last;
                }
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Never with the lock: who has the turn of the run comes here and takes it. */
    private void ask(int items) {
        if (items > 0) {
            driver.exchange(new Event.StreamDemand(driver.now(), ticket, items));
        }
    }

    /** Cuts the consumer off or lets it go on, and looks again when an item is due. */
    private void settle() {
        if (lag.isOver()) {
            last = new Broken<>(Lag.CODE, lag.why());
            // not on this thread: it may have the turn of the run, and others wait for that
            Thread.startVirtualThread(this::cut);
        } else if (timer == null && lag.dueNanos() != Long.MAX_VALUE) {
            timer = driver.environment().time().schedule(lag.dueNanos(), this::due);
        }
        changed.signal();
    }

    private void due() {
        lock.lock();
        try {
            timer = null;
            if (last == null || lag.dueNanos() != Long.MAX_VALUE) {
                lag.passed(driver.now());
                settle();
            }
        } finally {
            lock.unlock();
        }
    }

    private void cut() {
        List<Runnable> told;
        lock.lock();
        try {
            told = List.copyOf(cuts);
            cuts.clear();
        } finally {
            lock.unlock();
        }
        driver.cancel(lag.why());
        told.forEach(Runnable::run);
    }

    @Override
    public void whenCut(Runnable then) {
        boolean now;
        lock.lock();
        try {
            now = lag.isOver();
            if (!now) {
                cuts.add(then);
            }
        } finally {
            lock.unlock();
        }
        if (now) {
            then.run();
        }
    }

    @Override
    public @Nullable Object newest() {
        lock.lock();
        try {
            return lag.newest();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (timer != null) {
                timer.cancel();
            }
        } finally {
            lock.unlock();
        }
        driver.cancel("the consumer left the stream");
    }
}
