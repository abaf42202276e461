package dev.flowir.durable;

import dev.flowir.kernel.journal.Entry;
import dev.flowir.kernel.journal.RunCore;
import java.util.List;
import java.util.Optional;

/** What someone brings to a run. */
@FunctionalInterface
interface News {

    /** The entries that it is, for a run at a moment of its own clock. */
    List<Entry> entries(RunCore core, long atNanos);

    /** What is written with them when the run accepts any of them, if anything. */
    default Optional<Along> along() {
        return Optional.empty();
    }
}
