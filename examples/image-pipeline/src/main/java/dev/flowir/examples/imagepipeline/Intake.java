package dev.flowir.examples.imagepipeline;

import dev.flowir.blob.BlobAction;
import dev.flowir.blob.BlobInfo;
import dev.flowir.blob.BlobReader;
import dev.flowir.examples.imagepipeline.Messages.Job;
import dev.flowir.queue.Batch;
import dev.flowir.queue.Message;
import dev.flowir.queue.Retry;
import dev.flowir.sql.SqlWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Takes change events from the queue and does nothing but start runs, one for each version of a
 * picture. A message is acknowledged, by returning, after its run is recorded and its upload is
 * told; until then it comes again, and finds its run.
 */
final class Intake {

    /** Longest wait before a message comes again; our choice. */
    private static final Duration LONGEST = Duration.ofHours(1);

    /** What the platform lets stand in names of objects, and fits into a path. */
    private static final Pattern ORGANIZATION = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** What an event comes to. */
    private sealed interface Verdict {

        record Start(Job job) implements Verdict {}

        record Superseded() implements Verdict {}

        record Deleted() implements Verdict {}

        record Later(Exception why) implements Verdict {}

        record Never(Exception why) implements Verdict {}
    }

    /** The object of an event is not there, and nothing says that it was deleted. */
    static final class MissingObjectException extends Exception {
        private static final long serialVersionUID = 1;

        MissingObjectException(String key) {
            super("missing object: " + key);
        }
    }

    /** An object does not say whose it is or what it is called. */
    static final class MissingMetadataException extends Exception {
        private static final long serialVersionUID = 1;

        MissingMetadataException(String message) {
            super(message);
        }
    }

    private final Settings settings;
    private final BlobReader pictures;
    private final SqlWriter db;
    private final Consumer<List<Job>> begin;
    private final Function<Job, CompletableFuture<Event>> announce;
    private final InstantSource clock;

    Intake(
            Settings settings,
            BlobReader pictures,
            SqlWriter db,
            Consumer<List<Job>> begin,
            Function<Job, CompletableFuture<Event>> announce,
            InstantSource clock) {
        this.settings = settings;
        this.pictures = pictures;
        this.db = db;
        this.begin = begin;
        this.announce = announce;
        this.clock = clock;
    }

    void handle(Batch batch) throws InterruptedException {
        Map<Message, Job> starting = new LinkedHashMap<>();
        for (Message message : batch.messages()) {
            decide(message).ifPresent(job -> starting.put(message, job));
        }
        if (starting.isEmpty()) {
            return;
        }
        try {
            begin.accept(List.copyOf(starting.values()));
        } catch (RuntimeException notNow) {
            starting.keySet().forEach(message -> later(message, notNow));
            return;
        }
        Map<Message, CompletableFuture<Event>> told = new LinkedHashMap<>();
        starting.forEach((message, job) -> told.put(message, announce.apply(job)));
        for (Map.Entry<Message, CompletableFuture<Event>> one : told.entrySet()) {
            try {
                one.getValue().get();
            } catch (ExecutionException notTold) {
                later(one.getKey(), notTold);
            }
        }
    }

    /** Settles a message that starts nothing. */
    private Optional<Job> decide(Message message) {
        try {
            Notification event = Notification.parse(message.body().text());
            switch (verdict(event)) {
                case Verdict.Start(Job job) -> {
                    return Optional.of(job);
                }
                case Verdict.Superseded superseded -> remember(event);
                case Verdict.Deleted deleted -> bury(event);
                case Verdict.Later(Exception why) -> later(message, why);
                case Verdict.Never(Exception why) -> message.giveUp(why);
            }
        } catch (Notification.MalformedException never) {
            message.giveUp(never);
        } catch (RuntimeException notNow) {
            later(message, notNow);
        }
        return Optional.empty();
    }

    private Verdict verdict(Notification event) {
        if (!event.bucket().equals(ClassificationFlow.PICTURES)) {
            return new Verdict.Never(
                    new Notification.MalformedException("no such bucket: " + event.bucket()));
        }
        if (event.action().kind() == BlobAction.Kind.OBJECT_DELETE) {
            return new Verdict.Deleted();
        }
        Optional<BlobInfo> present = pictures.head(event.key());
        if (present.isEmpty()) {
            return wasDeleted(event)
                    ? new Verdict.Superseded()
                    : new Verdict.Later(new MissingObjectException(event.key()));
        }
        BlobInfo info = present.get();
        if (!event.eTag().equals(Optional.of(info.etag()))) {
            return new Verdict.Superseded(); // the event of what is there comes too, or came
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
        String identity =
                settings.identity().of(organizationId, info.key(), info.etag(), info.version());
        return new Verdict.Start(
                new Job(
                        identity,
                        organizationId,
                        name,
                        info.key(),
                        info.etag(),
                        info.version(),
                        info.uploadedAt().toEpochMilli(),
                        event.eventTime().toString()));
    }

    static boolean isOrganization(String id) {
        return ORGANIZATION.matcher(id).matches();
    }

    /**
     * Whether a deletion that is no older than the event is known. It only says whether to look
     * again later; no row depends on it.
     */
    private boolean wasDeleted(Notification event) {
        return db.first(
                        "SELECT 1 AS found FROM Tombstone WHERE key = ? AND deletedAt >= ?",
                        event.key(),
                        event.eventTime().toEpochMilli())
                .isPresent();
    }

    private void bury(Notification event) {
        db.atomically(tx -> {
            tx.run(
                    "INSERT INTO Tombstone (key, deletedAt) VALUES (?, ?) ON CONFLICT (key) DO"
                            + " UPDATE SET deletedAt = max(deletedAt, excluded.deletedAt)",
                    event.key(),
                    event.eventTime().toEpochMilli());
            return tx.run(
                            "DELETE FROM Tombstone WHERE deletedAt < ?",
                            clock.millis() - Settings.REMEMBERED.toMillis())
                    .changes();
        });
    }

    private void remember(Notification event) {
        String id = event.key() + '\n' + event.eTag().orElse("") + '\n' + event.eventTime();
        db.atomically(tx -> {
            tx.run(
                    "INSERT OR IGNORE INTO Superseded (event, seenAt) VALUES (?, ?)",
                    id,
                    clock.millis());
            return tx.run(
                            "DELETE FROM Superseded WHERE seenAt < ?",
                            clock.millis() - Settings.REMEMBERED.toMillis())
                    .changes();
        });
    }

    private void later(Message message, Exception why) {
        message.retry(Retry.because(why).delayed(delay(message.attempts())));
    }

    /** Twice as long after each delivery. */
    Duration delay(int attempts) {
        Duration delay = settings.retryDelay().multipliedBy(1L << Math.min(attempts - 1, 20));
        return delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
    }
}
