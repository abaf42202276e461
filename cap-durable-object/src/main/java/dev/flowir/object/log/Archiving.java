package dev.flowir.object.log;

import dev.flowir.object.ObjectContext;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Moves old events to the archive, a part at a time: first the bytes are there, then the rows go. A
 * process that dies in between puts the same bytes under the same key again.
 */
final class Archiving {

    private final ObjectContext self;
    private final Rows rows;
    private final LogOptions options;
    private final LongConsumer ensureStored;

    Archiving(ObjectContext self, Rows rows, LogOptions options, LongConsumer ensureStored) {
        this.self = self;
        this.rows = rows;
        this.options = options;
        this.ensureStored = ensureStored;
    }

    long run(LogArchive archive) throws IOException {
        long moved = 0;
        while (true) {
            long from = rows.head().archived();
            List<Rows.Row> old = old();
            if (old.isEmpty()) {
                return moved;
            }
            long last = old.getLast().version();
            ensureStored.accept(last);
            byte[] bytes = Reading.lines(old);
            String key = self.id() + "/" + (from + 1) + "-" + last;
            self.outside(() -> {
                archive.put(key, bytes);
                return key;
            });
            // Another call may have served the archive meanwhile.
            if (rows.head().archived() == from) {
                rows.archived(old, new Rows.Segment(from + 1, last, key, Chain.of(bytes)));
                rows.head(rows.head().withArchived(last));
                moved += old.size();
            }
        }
    }

    private List<Rows.Row> old() {
        Head head = rows.head();
        Instant bound = self.now().minus(options.keepAge());
        List<Rows.Row> old = new ArrayList<>();
        long known = head.archived();
        while (old.size() < options.segmentEvents()) {
            List<Rows.Row> page = rows.after(known, options.segmentEvents() - old.size());
            for (Rows.Row row : page) {
                boolean many = row.version() <= head.version() - options.keepEvents();
                if (!many && !LogJson.time(row.event()).isBefore(bound)) {
                    return old;
                }
                old.add(row);
                known = row.version();
            }
            if (page.isEmpty()) {
                return old;
            }
        }
        return old;
    }
}
