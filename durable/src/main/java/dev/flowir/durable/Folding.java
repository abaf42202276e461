package dev.flowir.durable;

import dev.flowir.kernel.journal.Journal;
import dev.flowir.kernel.journal.RunRow;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the journal keep records of runs closer together: of those that have been over for an hour,
 * and of those that go to sleep with a long history. Nothing depends on when it happens.
 */
final class Folding {

    private static final Logger LOG = LoggerFactory.getLogger(Folding.class);

    /** How long a run has been over: until then it is most likely to be looked at or restarted. */
    static final long AFTER_MILLIS = 3_600_000;

    private static final long EVERY_MILLIS = 60_000;

    /** Runs of one transaction: the writer is held up for some milliseconds. */
    private static final int AT_A_TIME = 20;

    /** A single record is not worth a block. */
    private static final int OVER_AT_LEAST = 2;

    /** How far it has come is kept where schedules keep it, under a name that none can have. */
    private static final String PROGRESS = "(folding)";

    private final Engine engine;
    private final AlarmClock alarm;

    Folding(Engine engine) {
        this.engine = engine;
        this.alarm = new AlarmClock(engine.time(), () -> engine.launch(this::foldOver));
    }

    /** A run went to sleep and has many records. */
    void asleep(long run) {
        engine.launch(() ->
                engine.journal()
                        .write(tx ->
                                tx.get(run)
                                        .map(row -> tx.fold(row, Blocks.MOST_RECORDS))
                                        .orElse(false)));
    }

    /** A run is over as of {@code millis}. */
    void over(long millis) {
        alarm.at(Math.addExact(millis, AFTER_MILLIS) + 1);
    }

    /** Folds runs that have been over for long enough, and comes back when more have. */
    void foldOver() {
        try {
            int limit = AT_A_TIME;
            while (!engine.isClosing() && limit > 0) {
                limit = foldSome(limit);
            }
            Optional<RunRow> next =
                    engine.journal().read(tx -> tx.over(progress(tx), Long.MAX_VALUE, 1)).stream()
                            .findFirst();
            next.ifPresent(row -> over(Math.max(row.updatedMillis(), soonest())));
        } catch (RuntimeException e) { // the store says why; nothing waits for it
            LOG.warn("records of runs that are over were not folded; trying again", e);
            over(soonest());
        }
    }

    private long soonest() {
        return engine.nowMillis() - AFTER_MILLIS + EVERY_MILLIS;
    }

    /** How many to fold next; 0 when there are no more. */
    private int foldSome(int limit) {
        long before = engine.nowMillis() - AFTER_MILLIS;
        long after = engine.journal().read(Folding::progress);
        List<RunRow> page = engine.journal().read(tx -> tx.over(after, before, limit));
        if (page.isEmpty()) {
            return 0;
        }
        boolean cut = page.size() == limit;
        // Others that ended in the same millisecond as the last may have been cut off.
        long done = page.getLast().updatedMillis() - (cut ? 1 : 0);
        engine.journal()
                .write(tx -> {
                    page.forEach(row -> fold(tx, row));
                    tx.look(PROGRESS, new Journal.Look(done, ""));
                    return true;
                });
        if (!cut) {
            return 0;
        }
        return done == after ? limit * 2 : AT_A_TIME;
    }

    private static long progress(Journal.Tx tx) {
        return tx.look(PROGRESS).map(Journal.Look::atMillis).orElse(0L);
    }

    private static void fold(Journal.Tx tx, RunRow seen) {
        tx.get(seen.run())
                .filter(row -> row.state().isOver())
                .ifPresent(row -> tx.fold(row, OVER_AT_LEAST));
    }

    void off() {
        alarm.off();
    }
}
