package dev.flowir.durable;

import dev.flowir.kernel.journal.RunRow;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes runs that have been over for longer than they are kept. It comes when the first of them
 * is to go, and at most once a minute: an id is free on time without it.
 */
final class Sweeper {

    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

    private static final long EVERY_MILLIS = 60_000;
    private static final int AT_A_TIME = 100;

    private final Engine engine;
    private final long keptMillis;
    private final AlarmClock alarm;

    Sweeper(Engine engine) {
        this.engine = engine;
        this.keptMillis = engine.limits().retention().toMillis();
        this.alarm = new AlarmClock(engine.time(), () -> engine.launch(this::sweep));
    }

    /** Whether a run has been over for longer than it is kept. */
    boolean isForgotten(RunRow row) {
        return row.state().isOver() && row.updatedMillis() < engine.nowMillis() - keptMillis;
    }

    /** A run is over as of {@code millis}. */
    void over(long millis) {
        alarm.at(Math.addExact(millis, keptMillis) + 1);
    }

    /** Deletes what is to go, and comes back when more is. */
    void sweep() {
        try {
            while (!engine.isClosing() && sweepSome() == AT_A_TIME) {
                LOG.debug("deleted {} runs", AT_A_TIME);
            }
            engine.feeds().forget(engine.nowMillis() - keptMillis);
            Optional<RunRow> next =
                    engine.journal().read(tx -> tx.over(Long.MAX_VALUE, 1)).stream().findFirst();
            next.ifPresent(row -> over(Math.max(row.updatedMillis(), soonest())));
        } catch (RuntimeException e) { // the store says why; runs that are over can wait
            LOG.warn("runs that are over could not be deleted; trying again", e);
            over(soonest());
        }
    }

    private long soonest() {
        return engine.nowMillis() - keptMillis + EVERY_MILLIS;
    }

    private int sweepSome() {
        long before = engine.nowMillis() - keptMillis;
        if (engine.journal().read(tx -> tx.over(before, 1)).isEmpty()) {
            return 0;
        }
        return engine.journal()
                .write(tx -> {
                    List<RunRow> old = tx.over(before, AT_A_TIME);
                    old.forEach(tx::delete);
                    return old.size();
                });
    }

    void off() {
        alarm.off();
    }
}
