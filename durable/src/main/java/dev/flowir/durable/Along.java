package dev.flowir.durable;

import dev.flowir.kernel.journal.Entry;
import dev.flowir.kernel.journal.Journal;
import dev.flowir.kernel.journal.RunCore;
import java.util.List;
import java.util.Optional;

/** Something that is written in the transaction of what it belongs to, or not at all. */
@FunctionalInterface
interface Along {

    /** Nothing. */
    Along NOTHING = tx -> {};

    void write(Journal.Tx tx);

    /** The same news, with this written beside them when the run accepts any of them. */
    default News with(News news) {
        Along self = this;
        return new News() {
            @Override
            public List<Entry> entries(RunCore core, long atNanos) {
                return news.entries(core, atNanos);
            }

            @Override
            public Optional<Along> along() {
                return Optional.of(self);
            }
        };
    }
}
