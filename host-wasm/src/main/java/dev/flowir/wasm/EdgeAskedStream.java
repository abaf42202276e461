package dev.flowir.wasm;

import dev.flowir.kernel.Failure;
import dev.flowir.kernel.machine.Event;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stream whose producer waits for its consumer. Asks for one item at a time, so at most one item
 * and the end wait here.
 */
final class EdgeAskedStream implements EdgeStream {

    private final EdgeRun run;
    private final long ticket;
    private final Platform.Parking came;
    private final ArrayDeque<Next<Object>> arrived = new ArrayDeque<>(2);
    private @Nullable Next<Object> last;
    private boolean asked;

    EdgeAskedStream(EdgeRun run, long ticket) {
        this.run = run;
        this.ticket = ticket;
        this.came = run.platform().parking();
    }

    @Override
    public void item(Object value) {
        arrived.add(new Item<>(value));
        run.after(came::unpark);
    }

    @Override
    public void end(Optional<Failure> failure) {
        arrived.add(EdgeStream.last(failure));
        run.after(came::unpark);
    }

    @Override
    public Next<Object> next() {
        if (last != null) {
            return last;
        }
        if (!asked) {
            asked = true;
            run.exchange(new Event.StreamDemand(run.now(), ticket, 1));
        }
        Next<Object> next = arrived.poll();
        while (next == null) {
            came.park();
            next = arrived.poll();
        }
        asked = false;
        if (!(next instanceof Item<Object>)) {
            last = next;
        }
        return next;
    }

    @Override
    public void close() {
        run.cancel("the consumer left the stream");
    }
}
