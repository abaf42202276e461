package dev.flowir.examples.imagepipeline;

import dev.flowir.examples.imagepipeline.Messages.FailedRun;
import dev.flowir.examples.imagepipeline.Messages.FailureRecord;
import dev.flowir.examples.imagepipeline.Messages.Job;
import dev.flowir.examples.imagepipeline.Messages.ReplayRequest;
import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.sql.Row;
import dev.flowir.sql.SqlReader;
import dev.flowir.sql.SqlWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs that failed for good, until somebody replays them. */
final class FailureRecords {

    /** Kinds of records. */
    static final String MESSAGE = "message";

    static final String RUN = "run";

    /** Shown at a time. */
    static final int MOST = 100;

    private static final Codec<Job> JOB = JsonCodecs.strict().of(Type.of(Job.class));

    private FailureRecords() {}

    static void ofRun(SqlWriter db, FailedRun run, long nowMillis) throws CodecException {
        db.run(
                "INSERT OR REPLACE INTO Failure (id, kind, body, reason, attempts, deadAt,"
                        + " replayedAt) VALUES (?, ?, ?, ?, 1, ?, NULL)",
                run.run(),
                RUN,
                new String(JOB.encode(run.job()), StandardCharsets.UTF_8),
                run.why(),
                nowMillis);
    }

    /** A message that nobody keeps any more but this. */
    static void ofMessage(SqlWriter db, String id, String body, String why, long nowMillis) {
        db.run(
                "INSERT OR IGNORE INTO Failure (id, kind, body, reason, attempts, deadAt,"
                        + " replayedAt) VALUES (?, ?, ?, ?, 1, ?, NULL)",
                id,
                MESSAGE,
                body,
                why,
                nowMillis);
    }

    static List<FailureRecord> newest(SqlReader db) {
        return db.query(
                "SELECT * FROM Failure ORDER BY rowid DESC LIMIT " + MOST, FailureRecords::read);
    }

    /**
     * Those that were not replayed and that a request means, oldest first, {@value #MOST} at most.
     */
    static List<FailureRecord> meant(SqlReader db, ReplayRequest request) {
        return db.query(
                "SELECT * FROM Failure WHERE replayedAt IS NULL AND (? IS NULL OR id = ?)"
                        + " AND (? IS NULL OR instr(lower(reason), lower(?)) > 0)"
                        + " ORDER BY rowid LIMIT "
                        + MOST,
                FailureRecords::read,
                request.id().orElse(null),
                request.id().orElse(null),
                request.contains().orElse(null),
                request.contains().orElse(null));
    }

    /** Marks a record as replayed: true for who does it first. */
    static boolean take(SqlWriter db, String id, long nowMillis) {
        return db.run(
                                "UPDATE Failure SET replayedAt = ? WHERE id = ? AND replayedAt IS"
                                        + " NULL",
                                nowMillis,
                                id)
                        .changes()
                > 0;
    }

    static Job job(FailureRecord ofRun) {
        try {
            return JOB.decode(ofRun.body().getBytes(StandardCharsets.UTF_8));
        } catch (CodecException foreign) {
            throw new IllegalStateException(
                    "the input of " + ofRun.id() + " was not written by this", foreign);
        }
    }

    private static FailureRecord read(Row row) {
        return new FailureRecord(
                row.text("id"),
                row.text("kind"),
                row.text("body"),
                row.text("reason"),
                row.whole("attempts"),
                row.whole("deadAt"),
                row.optional("replayedAt", Row::whole));
    }
}
