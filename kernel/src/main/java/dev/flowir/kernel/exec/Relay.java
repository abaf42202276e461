package dev.flowir.kernel.exec;

import dev.flowir.kernel.host.TimeSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs that were brought an event by a thread which may not run bodies, and wait for one that may.
 * A virtual thread takes one after another. While some wait there is always another thread on its
 * way to them, so none waits for the body of another to end: whether that computes or blocks, the
 * next thread comes as soon as there is a processor for it. Where bodies are short it comes when
 * all is done, so that many runs cost one thread and not one each.
 */
public final class Relay {

    private final TimeSource time;
    private final Queue<Driver> waiting = new ConcurrentLinkedQueue<>();

    /** True while a thread was started that has not looked yet. */
    private final AtomicBoolean coming = new AtomicBoolean();

    /** Nobody waits yet; {@code time} has threads of its own. */
    public Relay(TimeSource time) {
        this.time = time;
    }

    /** Has a run driven on: at once, if this thread may, and otherwise by one that may. */
    void drive(Driver run) {
        if (time instanceof SystemTime system && system.mayRunBodies()) {
            run.compute();
            return;
        }
        waiting.add(run); // before it is asked whether somebody comes
        call();
    }

    private void call() {
        if (!coming.get() && coming.compareAndSet(false, true)) {
            Thread.ofVirtual().name("flowir-driver").start(this::work);
        }
    }

    private void work() {
        coming.set(false); // before it looks: whoever adds from now on calls another
        try {
            for (Driver run = waiting.poll(); run != null; run = waiting.poll()) {
                if (!waiting.isEmpty()) {
                    call();
                }
                run.carry();
            }
        } finally {
            if (!waiting.isEmpty()) { // no memory, or a bug here: the others have no part in it
                call();
            }
        }
    }
}
