package dev.flowir.object.log;

import dev.flowir.object.ObjectContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads a log from its first event on: the parts of the archive, then what is still here. */
final class Reading {

    private final ObjectContext self;
    private final Rows rows;
    private long known;
    private String chain = Chain.START;

    Reading(ObjectContext self, Rows rows) {
        this.self = self;
        this.rows = rows;
    }

    void run(LogArchive archive, Consumer<Rows.Row> reader) throws IOException {
        long end = rows.head().version();
        while (known < end) {
            // More may have moved to the archive while a part of it was read.
            List<Rows.Segment> segments = rows.segments(known + 1);
            for (Rows.Segment segment : segments) {
                Optional<byte[]> bytes = self.outside(() -> archive.get(segment.key()));
                take(part(segment, bytes), reader);
            }
            if (segments.isEmpty()) {
                List<Rows.Row> page = rows.after(known, Rows.PAGE);
                if (page.isEmpty()) {
                    throw missing(known + 1);
                }
                take(page, reader);
            }
        }
    }

    private void take(List<Rows.Row> page, Consumer<Rows.Row> reader) {
        for (Rows.Row row : page) {
            chain = proved(chain, known, row);
            known = row.version();
            reader.accept(row);
        }
    }

    /** The link of a row, if it follows the one before. */
    static String proved(String before, long version, Rows.Row row) {
        if (row.version() != version + 1) {
            throw missing(version + 1);
        }
        String link = Chain.next(before, row.event());
        if (!link.equals(row.chain())) {
            throw new LogException(
                    LogFault.CHANGED, "event " + row.version() + " is not what was appended");
        }
        return link;
    }

    private static LogException missing(long version) {
        return new LogException(LogFault.CHANGED, "event " + version + " is missing from the log");
    }

    /** The bytes of a part: a line for each row. */
    static byte[] lines(List<Rows.Row> rows) {
        StringBuilder text = new StringBuilder();
        for (Rows.Row row : rows) {
            text.append(new String(LogJson.text(row.value()), StandardCharsets.UTF_8)).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static List<Rows.Row> part(Rows.Segment segment, Optional<byte[]> bytes) {
        if (bytes.isEmpty()) {
            throw new LogException(
                    LogFault.ARCHIVE_CHANGED, "'" + segment.key() + "' is not in the archive");
        }
        if (!Chain.of(bytes.get()).equals(segment.sha256())) {
            throw new LogException(
                    LogFault.ARCHIVE_CHANGED, "'" + segment.key() + "' is not what was put there");
        }
        List<Rows.Row> rows = new ArrayList<>();
        long version = segment.first();
        for (String line : new String(bytes.get(), StandardCharsets.UTF_8).lines().toList()) {
            rows.add(Rows.Row.of(version, LogJson.parsed(line.getBytes(StandardCharsets.UTF_8))));
            version++;
        }
        return rows;
    }
}
