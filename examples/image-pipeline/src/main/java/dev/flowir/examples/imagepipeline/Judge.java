package dev.flowir.examples.imagepipeline;

import dev.flowir.blob.BlobAction;
import dev.flowir.blob.BlobInfo;
import dev.flowir.blob.BlobReader;
import dev.flowir.examples.imagepipeline.Messages.Job;
import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.cap.IsoInstant;
import dev.flowir.sql.SqlReader;
import dev.flowir.sql.SqlWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says what change events come to, and keeps what is known of those that come to nothing. */
final class Judge {

    /** How long it is known what was deleted and what came too late: as long as messages live. */
    static final Duration REMEMBERED = Duration.ofDays(14);

    private static final int LONGEST_ID = 64;

    private Judge() {}

    /** The object of an event is not there, and nothing says that it was deleted. */
    static final class MissingObjectException extends Exception {
        static final long serialVersionUID = 1;

        MissingObjectException(String key) {
            super("missing object: " + key);
        }
    }

    /** An object does not say whose it is or what it is called. */
    static final class MissingMetadataException extends Exception {
        static final long serialVersionUID = 1;

        MissingMetadataException(String message) {
            super(message);
        }
    }

    /** Asks the bucket what an event is about now. */
    static Verdict verdict(
            Notification event, BlobReader pictures, SqlReader db, Identity identified) {
        if (!event.bucket().equals(ClassificationFlow.PICTURES)) {
            return new Verdict.Never(
                    new Notification.MalformedException("no such bucket: " + event.bucket()));
        }
        if (event.action().kind() == BlobAction.Kind.OBJECT_DELETE) {
            return new Verdict.Deleted(event);
        }
        Optional<BlobInfo> present = pictures.head(event.key());
        if (present.isEmpty()) {
            return wasDeleted(db, event)
                    ? new Verdict.Superseded(event)
                    : new Verdict.Later(new MissingObjectException(event.key()));
        }
        BlobInfo info = present.get();
        if (!event.eTag().equals(Optional.of(info.etag()))) {
            return new Verdict.Superseded(event); // the event of what is there comes too, or came
        }
        Map<String, String> metadata = info.metadata().custom();
        String organizationId = metadata.getOrDefault("organizationId", "");
        String name = metadata.getOrDefault("name", "");
        if (!isOrganization(organizationId) || name.isBlank()) {
            return new Verdict.Never(
                    new MissingMetadataException(
                            "missing metadata: "
                                    + event.key()
                                    + " needs organizationId (1 to 64 letters, digits, _ and -)"
                                    + " and name, and has "
                                    + metadata.keySet()));
        }
        String identity = identified.of(organizationId, info.key(), info.etag(), info.version());
        return new Verdict.Start(
                new Job(
                        identity,
                        organizationId,
                        name,
                        info.key(),
                        info.etag(),
                        info.version(),
                        info.uploadedAt().toEpochMilli(),
                        IsoInstant.text(event.eventTime())));
    }

    /** What the platform lets stand in names of objects, and fits into a path. */
    static boolean isOrganization(String id) {
        boolean fits = !id.isEmpty() && id.length() <= LONGEST_ID;
        for (int i = 0; fits && i < id.length(); i++) {
            char c = id.charAt(i);
            fits =
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || c == '_'
                            || c == '-';
        }
        return fits;
    }

    /**
     * Whether a deletion that is no older than the event is known. It only says whether to look
     * again later; no row depends on it.
     */
    private static boolean wasDeleted(SqlReader db, Notification event) {
        return db.first(
                        "SELECT 1 AS found FROM Tombstone WHERE key = ? AND deletedAt >= ?",
                        event.key(),
                        event.eventTime().toEpochMilli())
                .isPresent();
    }

    /** Remembers for a while what was deleted. */
    static void bury(SqlWriter tx, List<Notification> deleted, long nowMillis) {
        for (Notification event : deleted) {
            tx.run(
                    "INSERT INTO Tombstone (key, deletedAt) VALUES (?, ?) ON CONFLICT (key) DO"
                            + " UPDATE SET deletedAt = max(deletedAt, excluded.deletedAt)",
                    event.key(),
                    event.eventTime().toEpochMilli());
        }
        if (!deleted.isEmpty()) {
            tx.run("DELETE FROM Tombstone WHERE deletedAt < ?", nowMillis - REMEMBERED.toMillis());
        }
    }

    /** Counts each event that came too late, once. */
    static void remember(SqlWriter tx, List<Notification> superseded, long nowMillis) {
        for (Notification event : superseded) {
            tx.run(
                    "INSERT OR IGNORE INTO Superseded (event, seenAt) VALUES (?, ?)",
                    event.key()
                            + '\n'
                            + event.eTag().orElse("")
                            + '\n'
                            + IsoInstant.text(event.eventTime()),
                    nowMillis);
        }
        if (!superseded.isEmpty()) {
            tx.run("DELETE FROM Superseded WHERE seenAt < ?", nowMillis - REMEMBERED.toMillis());
        }
    }

    /** Says in the row of a picture, where an event names one, that its message was given up. */
    static void row(SqlWriter db, String body, String why, long nowMillis) {
        try {
            row(db, Notification.parse(body), why, nowMillis);
        } catch (Notification.MalformedException nameless) {
            // the letter says what it was
        }
    }

    /** The same of a body that was read. */
    static void row(SqlWriter db, JsonValue body, String why, long nowMillis) {
        try {
            row(db, Notification.of(body), why, nowMillis);
        } catch (Notification.MalformedException nameless) {
            // the letter says what it was
        }
    }

    /** Keys begin with the organization. */
    private static void row(SqlWriter db, Notification event, String why, long nowMillis) {
        int slash = event.key().indexOf('/');
        String organizationId = slash < 0 ? "" : event.key().substring(0, slash);
        if (event.action().kind() == BlobAction.Kind.OBJECT_CREATE
                && isOrganization(organizationId)) {
            Classifications.deadLettered(db, organizationId, event, why, nowMillis);
        }
    }
}
