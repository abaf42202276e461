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
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
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

        record Superseded(Notification event) implements Verdict {}

        record Deleted(Notification event) implements Verdict {}

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
    private final Function<Job, CompletableFuture<Boolean>> announce;
    private final InstantSource clock;

    Intake(
            Settings settings,
            BlobReader pictures,
            SqlWriter db,
            Consumer<List<Job>> begin,
            Function<Job, CompletableFuture<Boolean>> announce,
            InstantSource clock) {
        this.settings = settings;
        this.pictures = pictures;
        this.db = db;
        this.begin = begin;
        this.announce = announce;
        this.clock = clock;
    }

    void handle(Batch batch) throws InterruptedException {
        Map<Message, Verdict> decided = new LinkedHashMap<>();
        for (Message message : batch.messages()) {
            decide(message).ifPresent(verdict -> decided.put(message, verdict));
        }
        if (decided.isEmpty()) {
            return;
        }
        try {
            db.atomically(tx -> settle(tx, decided.values()));
        } catch (RuntimeException notNow) {
            decided.keySet().forEach(message -> later(message, notNow));
            return;
        }
        Map<Message, CompletableFuture<Boolean>> told = new LinkedHashMap<>();
        Map<String, CompletableFuture<Boolean>> once = new HashMap<>();
        decided.forEach((message, verdict) -> {
            if (verdict instanceof Verdict.Start(Job job)) {
                told.put(message, once.computeIfAbsent(job.identity(), id -> announce.apply(job)));
            }
        });
        for (Map.Entry<Message, CompletableFuture<Boolean>> one : told.entrySet()) {
            try {
                one.getValue().get();
            } catch (ExecutionException notTold) {
                later(one.getKey(), notTold);
            }
        }
    }

    /** What a whole batch writes, in one transaction; answers how many runs there are now. */
    private int settle(SqlWriter tx, Collection<Verdict> verdicts) {
        Map<String, Job> starting = new LinkedHashMap<>();
        List<Notification> superseded = new ArrayList<>();
        List<Notification> deleted = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            switch (verdict) {
                case Verdict.Start(Job job) -> starting.put(job.identity(), job);
                case Verdict.Superseded(Notification event) -> superseded.add(event);
                case Verdict.Deleted(Notification event) -> deleted.add(event);
                case Verdict.Later later -> throw new IllegalStateException("it comes again");
                case Verdict.Never never -> throw new IllegalStateException("it was given up");
            }
        }
        remember(tx, superseded);
        bury(tx, deleted);
        if (!starting.isEmpty()) {
            begin.accept(List.copyOf(starting.values()));
        }
        return starting.size();
    }

    /** Settles a message of which nothing is to be written. */
    private Optional<Verdict> decide(Message message) {
        try {
            Verdict verdict = verdict(Notification.parse(message.body().text()));
            switch (verdict) {
                case Verdict.Later(Exception why) -> later(message, why);
                case Verdict.Never(Exception why) -> message.giveUp(why);
                default -> {
                    return Optional.of(verdict);
                }
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
            return new Verdict.Deleted(event);
        }
        Optional<BlobInfo> present = pictures.head(event.key());
        if (present.isEmpty()) {
            return wasDeleted(event)
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

    private void bury(SqlWriter tx, List<Notification> deleted) {
        for (Notification event : deleted) {
            tx.run(
                    "INSERT INTO Tombstone (key, deletedAt) VALUES (?, ?) ON CONFLICT (key) DO"
                            + " UPDATE SET deletedAt = max(deletedAt, excluded.deletedAt)",
                    event.key(),
                    event.eventTime().toEpochMilli());
        }
        if (!deleted.isEmpty()) {
            tx.run("DELETE FROM Tombstone WHERE deletedAt < ?", forgottenBefore());
        }
    }

    private void remember(SqlWriter tx, List<Notification> superseded) {
        for (Notification event : superseded) {
            tx.run(
                    "INSERT OR IGNORE INTO Superseded (event, seenAt) VALUES (?, ?)",
                    event.key() + '\n' + event.eTag().orElse("") + '\n' + event.eventTime(),
                    clock.millis());
        }
        if (!superseded.isEmpty()) {
            tx.run("DELETE FROM Superseded WHERE seenAt < ?", forgottenBefore());
        }
    }

    private long forgottenBefore() {
        return clock.millis() - Settings.REMEMBERED.toMillis();
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
