package dev.flowir.durable;

import dev.flowir.kernel.journal.Journal;
import dev.flowir.kernel.journal.RunRow;
import java.time.Duration;
import java.util.List;

/** Deletes runs that have been over for longer than they are kept; their ids are free then. */
final class Sweeper {

    private static final long EVERY_MILLIS = 60_000;
    private static final int AT_A_TIME = 100;

    private final Journal journal;
    private final long keptMillis;
    private long nextMillis;

    Sweeper(Journal journal, Duration kept) {
        this.journal = journal;
        this.keptMillis = kept.toMillis();
    }

    /** Deletes some, if it is time to. */
    synchronized void sweep(long nowMillis) {
        if (nowMillis < nextMillis) {
            return;
        }
        long before = nowMillis - keptMillis;
        boolean all = journal.read(tx -> tx.over(before, 1)).isEmpty();
        if (!all) {
            int deleted =
                    journal.write(tx -> {
                        List<RunRow> old = tx.over(before, AT_A_TIME);
                        old.forEach(tx::delete);
                        return old.size();
                    });
            all = deleted < AT_A_TIME;
        }
        nextMillis = all ? nowMillis + EVERY_MILLIS : nowMillis;
    }
}
