package dev.flowir.examples.imagepipeline;

import dev.flowir.examples.imagepipeline.Messages.FailureRecord;
import dev.flowir.examples.imagepipeline.Messages.ReplayRequest;
import dev.flowir.examples.imagepipeline.Messages.Replayed;
import dev.flowir.queue.Batch;
import dev.flowir.queue.Message;
import dev.flowir.queue.MessageFilter;
import dev.flowir.queue.QueueAdmin;
import dev.flowir.queue.Queued;
import dev.flowir.queue.Redrive;
import dev.flowir.queue.Redriven;
import dev.flowir.queue.Retry;
import dev.flowir.sql.SqlReader;
import dev.flowir.sql.SqlWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What was given up: messages stay in the dead-letter queue, where {@code flow dlq} finds them too,
 * and runs are rows. Sent again when asked, each once.
 */
final class Undertaker {

    private static final int USUAL_PER_SECOND = 10;

    /** Shown, and replayed, at a time. */
    private static final int MOST = FailureRecords.MOST;

    /** When a letter is looked at again; our choice, half of what a queue may be told to wait. */
    private static final Duration LEFT_ALONE = Duration.ofHours(12);

    private final SqlWriter db;
    private final Runs runs;
    private final QueueAdmin letters;
    private final InstantSource clock;

    Undertaker(SqlWriter db, Runs runs, QueueAdmin letters, InstantSource clock) {
        this.db = db;
        this.runs = runs;
        this.letters = letters;
        this.clock = clock;
    }

    /** Messages that the queue gave up: the row says so, the letter stays where it is. */
    void handle(Batch batch) {
        for (Message message : batch.messages()) {
            message.deadLetter()
                    .ifPresent(letter ->
                            Judge.row(
                                    db, message.body().text(), letter.lastError(), clock.millis()));
            message.retry(Retry.after(LEFT_ALONE));
        }
    }

    /** What was given up, newest first. */
    List<FailureRecord> failures(SqlReader reader) {
        return Stream.concat(
                        letters(MessageFilter.all()).stream().flatMap(Undertaker::record),
                        FailureRecords.newest(reader).stream())
                .sorted(Comparator.comparingLong(FailureRecord::deadAt).reversed())
                .limit(MOST)
                .toList();
    }

    private List<Queued> letters(MessageFilter filter) {
        return letters.browse(filter, 0, MOST);
    }

    private static Stream<FailureRecord> record(Queued message) {
        return message.deadLetter().stream()
                .map(letter ->
                        new FailureRecord(
                                message.id(),
                                FailureRecords.MESSAGE,
                                message.body().text(),
                                letter.lastError(),
                                letter.attempts(),
                                letter.deadAt().toEpochMilli(),
                                Optional.empty()));
    }

    /** Sends again what a request means: messages at {@code perSecond}, of runs 100 at most. */
    Replayed replay(SqlWriter writer, ReplayRequest request) {
        int perSecond = request.perSecond().orElse(USUAL_PER_SECOND);
        if (perSecond < 1) {
            throw new IllegalArgumentException("perSecond is 1 at least, got " + perSecond);
        }
        boolean dryRun = request.dryRun().orElse(false);
        Redrive meant = Redrive.of(filter(request)).perSecond(perSecond);
        Redriven again = letters.redrive(dryRun ? meant.dryRun() : meant);
        int messages = dryRun ? again.matched() : again.moved();
        List<String> ids =
                new ArrayList<>(again.ids().subList(0, Math.min(messages, again.ids().size())));
        int begun = 0;
        for (FailureRecord record : FailureRecords.meant(writer, request)) {
            if (dryRun || again(writer, record)) {
                ids.add(record.id());
                begun++;
            }
        }
        return new Replayed(messages + begun, ids, dryRun);
    }

    private static MessageFilter filter(ReplayRequest request) {
        MessageFilter these = request.id().map(MessageFilter::ids).orElse(MessageFilter.all());
        return request.contains().map(these::errorContains).orElse(these);
    }

    private boolean again(SqlWriter writer, FailureRecord record) {
        return writer.atomically(tx -> {
            if (!FailureRecords.take(tx, record.id(), clock.millis())) {
                return false;
            }
            runs.beginAgain(tx, FailureRecords.job(record));
            return true;
        });
    }
}
