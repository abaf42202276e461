package dev.flowir.testing;

import dev.flowir.durable.DurableRuntime;
import dev.flowir.ir.Flow;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/** An application on a store in a file, with virtual time, that does everything in one order. */
final class OnFile implements AutoCloseable {

    private final TestClock clock;
    private final Store store;
    private final Queue<Runnable> work = new ArrayDeque<>();
    private final DurableRuntime runtime;

    OnFile(Path file, TestClock clock, Outside outside, Flow<?, ?>... flows) {
        this.clock = clock;
        this.store = Store.open(file, StoreOptions.defaults().withClock(clock));
        this.runtime =
                DurableRuntime.on(store)
                        .capabilities(Capabilities.of(outside))
                        .flows(flows)
                        .time(new VirtualTime(clock))
                        .threads(work::add)
                        .open();
    }

    DurableRuntime runtime() {
        return runtime;
    }

    void advance(Duration by) {
        settle();
        clock.advance(by);
        settle();
    }

    void settle() {
        for (Runnable next = work.poll(); next != null; next = work.poll()) {
            next.run();
        }
    }

    /** Ends it as {@code kill -9} would. */
    @Override
    public void close() {
        runtime.kill();
        store.close();
    }
}
