package dev.flowir.examples.imagepipeline;

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

/**
 * Takes change events from the queue and does nothing but start runs, one for each version of a
 * picture. A message is acknowledged, by returning, after its run is recorded and its upload is
 * told; until then it comes again, and finds its run.
 */
final class Intake {

    /** Longest wait before a message comes again; our choice. */
    private static final Duration LONGEST = Duration.ofHours(1);

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
        Judge.remember(tx, superseded, clock.millis());
        Judge.bury(tx, deleted, clock.millis());
        if (!starting.isEmpty()) {
            begin.accept(List.copyOf(starting.values()));
        }
        return starting.size();
    }

    /** Settles a message of which nothing is to be written. */
    private Optional<Verdict> decide(Message message) {
        try {
            Verdict verdict =
                    Judge.verdict(
                            Notification.parse(message.body().text()),
                            pictures,
                            db,
                            settings.identity());
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

    private void later(Message message, Exception why) {
        message.retry(Retry.because(why).delayed(delay(message.attempts())));
    }

    /** Twice as long after each delivery. */
    Duration delay(int attempts) {
        Duration delay = settings.retryDelay().multipliedBy(1L << Math.min(attempts - 1, 20));
        return delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
    }
}
