package dev.flowir.examples.imagepipeline;

import dev.flowir.examples.imagepipeline.Messages.Classification;
import dev.flowir.examples.imagepipeline.Messages.Classified;
import dev.flowir.examples.imagepipeline.Messages.Job;
import dev.flowir.ir.CodecException;
import dev.flowir.sql.Row;
import dev.flowir.sql.SqlReader;
import dev.flowir.sql.SqlWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The table of classifications. A row is about bytes of a picture; {@code createdAt} is when they
 * were uploaded last. What an older upload of the same bytes has to say changes no row of a newer
 * one, and no row ever changes one about other bytes.
 */
final class Classifications {

    private static final String COLUMNS =
            "rowid, organizationId, key, eTag, name, status, model, labels_json, error, createdAt,"
                    + " updatedAt";

    private static final String THIS_ROW =
            " WHERE organizationId = ? AND key = ? AND eTag = ? AND createdAt <= ? AND status IN (";

    private Classifications() {}

    /** A run was recorded for an upload: in the transaction that records it. */
    static void begin(SqlWriter db, Job job, long nowMillis) {
        db.run(
                "INSERT INTO ImageClassification (organizationId, key, eTag, name, status, createdAt,"
                        + " updatedAt) VALUES (?, ?, ?, ?, 'queued', ?, ?)"
                        + " ON CONFLICT (organizationId, key, eTag) DO UPDATE SET"
                        + " name = excluded.name, status = 'queued', error = NULL,"
                        + " createdAt = excluded.createdAt, updatedAt = excluded.updatedAt"
                        + " WHERE excluded.createdAt >= ImageClassification.createdAt"
                        + " OR ImageClassification.status = 'dead-lettered'",
                job.organizationId(),
                job.key(),
                job.eTag(),
                job.name(),
                job.uploadedMillis(),
                nowMillis);
    }

    /**
     * The run of an upload is about to be recorded, where the two cannot commit together: before
     * it, and again when the message comes again. A row that is there belongs to a run that is, or
     * is about to be; what is {@code dead-lettered} has none.
     */
    static void aboutToBegin(SqlWriter db, Job job, long nowMillis) {
        db.run(
                "INSERT INTO ImageClassification (organizationId, key, eTag, name, status, createdAt,"
                        + " updatedAt) VALUES (?, ?, ?, ?, 'queued', ?, ?)"
                        + " ON CONFLICT (organizationId, key, eTag) DO UPDATE SET"
                        + " name = excluded.name, status = 'queued', error = NULL,"
                        + " createdAt = excluded.createdAt, updatedAt = excluded.updatedAt"
                        + " WHERE ImageClassification.status = 'dead-lettered'",
                job.organizationId(),
                job.key(),
                job.eTag(),
                job.name(),
                job.uploadedMillis(),
                nowMillis);
    }

    /** The run has the picture. */
    static boolean running(SqlWriter db, Job job, long nowMillis) {
        return move(db, job, Status.RUNNING, nowMillis);
    }

    /** The run failed for good. */
    static boolean failed(SqlWriter db, Job job, String why, long nowMillis) {
        boolean moved = move(db, job, Status.FAILED, nowMillis);
        if (moved) {
            db.run(
                    "UPDATE ImageClassification SET error = ? WHERE organizationId = ? AND key = ?"
                            + " AND eTag = ?",
                    why,
                    job.organizationId(),
                    job.key(),
                    job.eTag());
        }
        return moved;
    }

    /** What was given up is tried again. */
    static boolean queuedAgain(SqlWriter db, Job job, long nowMillis) {
        return move(db, job, Status.QUEUED, nowMillis);
    }

    private static boolean move(SqlWriter db, Job job, Status to, long nowMillis) {
        return db.run(
                                "UPDATE ImageClassification SET status = ?, updatedAt = ?"
                                        + THIS_ROW
                                        + to.origins()
                                        + ")",
                                to.word(),
                                nowMillis,
                                job.organizationId(),
                                job.key(),
                                job.eTag(),
                                job.uploadedMillis())
                        .changes()
                > 0;
    }

    /**
     * Writes labels where the row is not of a newer upload.
     *
     * @return whether they were written
     */
    static boolean succeeded(SqlWriter db, Classified done, long nowMillis) throws CodecException {
        Job job = done.job();
        return db.run(
                                "INSERT INTO ImageClassification (organizationId, key, eTag, name,"
                                        + " status, model, labels_json, createdAt, updatedAt)"
                                        + " VALUES (?, ?, ?, ?, 'succeeded', ?, ?, ?, ?)"
                                        + " ON CONFLICT (organizationId, key, eTag) DO UPDATE SET"
                                        + " status = 'succeeded', model = excluded.model,"
                                        + " labels_json = excluded.labels_json, error = NULL,"
                                        + " updatedAt = excluded.updatedAt"
                                        + " WHERE excluded.createdAt >="
                                        + " ImageClassification.createdAt AND status IN ("
                                        + Status.SUCCEEDED.origins()
                                        + ")",
                                job.organizationId(),
                                job.key(),
                                job.eTag(),
                                job.name(),
                                done.model(),
                                Labels.text(done.labels()),
                                job.uploadedMillis(),
                                nowMillis)
                        .changes()
                > 0;
    }

    /** A message about bytes of a picture was given up. Where there is a run, that decides. */
    static void deadLettered(
            SqlWriter db, String organizationId, Notification about, String why, long nowMillis) {
        db.run(
                "INSERT INTO ImageClassification (organizationId, key, eTag, name, status, error,"
                        + " createdAt, updatedAt) VALUES (?, ?, ?, ?, 'dead-lettered', ?, ?, ?)"
                        + " ON CONFLICT (organizationId, key, eTag) DO UPDATE SET"
                        + " status = 'dead-lettered', error = excluded.error,"
                        + " updatedAt = excluded.updatedAt WHERE"
                        + " ImageClassification.status = 'dead-lettered'",
                organizationId,
                about.key(),
                about.eTag().orElse(""),
                about.key(),
                why,
                about.eventTime().toEpochMilli(),
                nowMillis);
    }

    /** Rows of an organization, newest first, with the number that a page goes on from. */
    static List<Map.Entry<Long, Classification>> page(
            SqlReader db, String organizationId, long before, int limit) {
        return db.query(
                "SELECT "
                        + COLUMNS
                        + " FROM ImageClassification WHERE organizationId = ? AND rowid < ?"
                        + " ORDER BY rowid DESC LIMIT ?",
                row -> Map.entry(row.whole("rowid"), read(row)),
                organizationId,
                before,
                limit);
    }

    /** How many rows have which status. */
    static Map<String, Long> counts(SqlReader db) {
        Map<String, Long> counts = new TreeMap<>();
        db.query(
                        "SELECT status, count(*) AS rows FROM ImageClassification GROUP BY status",
                        row -> Map.entry(row.text("status"), row.whole("rows")))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return counts;
    }

    private static Classification read(Row row) {
        return new Classification(
                row.text("organizationId"),
                row.text("key"),
                row.text("eTag"),
                row.text("name"),
                row.text("status"),
                row.optional("model", Row::text).orElse(""),
                row.optional("labels_json", Row::text).map(Labels::of).orElse(List.of()),
                row.optional("error", Row::text),
                row.whole("createdAt"),
                row.whole("updatedAt"),
                false);
    }
}
