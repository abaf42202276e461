package dev.flowir.kernel.exec;

import dev.flowir.kernel.Failure;
import dev.flowir.kernel.machine.Event;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A stream whose producer waits for its consumer. Asks for one item at a time, so at most one item
 * and the end wait here.
 */
final class AskedStream implements StreamHandle {

    private final Driver driver;
    private final long ticket;
    private final BlockingQueue<Next<Object>> arrived = new LinkedBlockingQueue<>(2);
    private @Nullable Next<Object> last;
    private boolean asked;

    AskedStream(Driver driver, long ticket) {
        this.driver = driver;
        this.ticket = ticket;
    }

    @Override
    public void item(Object value) {
        arrived.add(new Item<>(value));
    }

    @Override
    public void end(Optional<Failure> failure) {
        arrived.add(StreamHandle.last(failure));
    }

    @Override
    public Next<Object> next() throws InterruptedException {
        if (last != null) {
            return last;
        }
        if (!asked) {
            asked = true;
            driver.exchange(new Event.StreamDemand(driver.now(), ticket, 1));
        }
        Next<Object> next = arrived.take();
        asked = false;
        if (!(next instanceof Item<Object>)) {
            last = next;
        }
        return next;
    }

    @Override
    public void close() {
        driver.cancel("the consumer left the stream");
    }
}
