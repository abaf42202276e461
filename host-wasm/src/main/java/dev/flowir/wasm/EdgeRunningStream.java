package dev.flowir.wasm;

import dev.flowir.ir.SlowConsumer;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.host.Lag;
import dev.flowir.kernel.host.LiveStream;
import dev.flowir.kernel.machine.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stream whose producer does not wait for its consumer: from the first look on it runs as far
 * ahead as the flow allows. A consumer that does not keep up is cut off, and the run is cancelled.
 */
final class EdgeRunningStream implements EdgeStream, LiveStream {

    private final EdgeRun run;
    private final long ticket;
    private final Lag lag;
    private final Platform.Parking came;
    private final List<Runnable> cuts = new ArrayList<>();

    /** What follows when nothing waits any more; null while something may come. */
    private @Nullable Next<Object> last;

    private Platform.@Nullable Timer timer;
    private boolean asked;

    EdgeRunningStream(EdgeRun run, long ticket, SlowConsumer how, String node) {
        this.run = run;
        this.ticket = ticket;
        this.lag = new Lag(how, node);
        this.came = run.platform().parking();
    }

    @Override
    public void item(Object value) {
        if (last == null) {
            int more = lag.arrived(value, run.now());
            run.after(() -> ask(more));
            settle();
        }
    }

    @Override
    public void end(Optional<Failure> failure) {
        if (last == null) {
            last = EdgeStream.last(failure);
            run.after(came::unpark);
        }
    }

    @Override
    public Next<Object> next() {
        if (!asked) {
            asked = true;
            ask(lag.first());
        }
        while (true) {
            Object item = lag.poll();
            if (item != null) {
                ask(lag.taken());
                return new Item<>(item);
            }
            if (last != null) {
                return last;
            }
            came.park();
        }
    }

    private void ask(int items) {
        if (items > 0) {
            run.exchange(new Event.StreamDemand(run.now(), ticket, items));
        }
    }

    /** Cuts the consumer off or lets it go on, and looks again when an item is due. */
    private void settle() {
        if (lag.isOver()) {
            last = new Broken<>(Lag.CODE, lag.why());
            run.after(this::cut);
        } else if (timer == null && lag.dueNanos() != Long.MAX_VALUE) {
            timer = run.platform().schedule(Math.max(0, lag.dueNanos() - run.now()), this::due);
        }
        run.after(came::unpark);
    }

    private void due() {
        timer = null;
        lag.passed(run.now());
        settle();
        run.exchange(new Event.StreamDemand(run.now(), ticket, 0)); // does what waits for a turn
    }

    private void cut() {
        run.exchange(new Event.Cancel(run.now(), lag.why()));
        List<Runnable> told = List.copyOf(cuts);
        cuts.clear();
        told.forEach(Runnable::run);
    }

    @Override
    public void whenCut(Runnable then) {
        if (lag.isOver()) {
            then.run();
        } else {
            cuts.add(then);
        }
    }

    @Override
    public @Nullable Object newest() {
        return lag.newest();
    }

    @Override
    public void close() {
        if (timer != null) {
            timer.cancel();
        }
        run.cancel("the consumer left the stream");
    }
}
