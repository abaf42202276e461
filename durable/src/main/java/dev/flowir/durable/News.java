package dev.flowir.durable;

import dev.flowir.kernel.journal.Entry;
import dev.flowir.kernel.journal.RunCore;
import java.util.List;

/** What someone brings to a run. */
@FunctionalInterface
interface News {

    /** The entries that it is, for a run at a moment of its own clock. */
    List<Entry> entries(RunCore core, long atNanos);

    /** What is written with them when the run accepts any of them. */
    default Along along() {
        return Along.NOTHING;
    }
}
