package dev.flowir.examples.imagepipeline;

import dev.flowir.blob.BlobAction;
import dev.flowir.examples.imagepipeline.Messages.FailureRecord;
import dev.flowir.examples.imagepipeline.Messages.ReplayRequest;
import dev.flowir.examples.imagepipeline.Messages.Replayed;
import dev.flowir.queue.Batch;
import dev.flowir.queue.Body;
import dev.flowir.queue.DeadLetter;
import dev.flowir.queue.Message;
import dev.flowir.queue.QueueSender;
import dev.flowir.queue.SendOptions;
import dev.flowir.sql.SqlWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Keeps what was given up as rows, and sends it again when asked: each once. */
final class Undertaker {

    private static final int USUAL_PER_SECOND = 10;

    private final SqlWriter db;
    private final Runs runs;
    private final InstantSource clock;

    Undertaker(SqlWriter db, Runs runs, InstantSource clock) {
        this.db = db;
        this.runs = runs;
        this.clock = clock;
    }

    /** Messages that the queue gave up: the record and the acknowledgement commit together. */
    void handle(Batch batch) {
        for (Message message : batch.messages()) {
            DeadLetter letter =
                    message.deadLetter()
                            .orElseThrow(() ->
                                    new IllegalStateException(
                                            "a message in the dead-letter queue that did not"
                                                    + " die"));
            String body = message.body().text();
            db.atomically(tx -> {
                long now = clock.millis();
                FailureRecords.ofMessage(tx, message.id(), body, letter, letter.lastError(), now);
                row(tx, body, letter.lastError(), now);
                message.ack();
                return now;
            });
        }
    }

    /** The row of a picture, where the event names one: keys begin with the organization. */
    private static void row(SqlWriter tx, String body, String why, long now) {
        Notification event;
        try {
            event = Notification.parse(body);
        } catch (Notification.MalformedException nameless) {
            return; // the record says what it was
        }
        int slash = event.key().indexOf('/');
        String organizationId = slash < 0 ? "" : event.key().substring(0, slash);
        if (event.action().kind() == BlobAction.Kind.OBJECT_CREATE
                && Intake.isOrganization(organizationId)) {
            Classifications.deadLettered(tx, organizationId, event, why, now);
        }
    }

    /** Sends again what a request means, 100 at most, {@code perSecond} becoming visible. */
    Replayed replay(SqlWriter writer, QueueSender queue, ReplayRequest request) {
        int perSecond = request.perSecond().orElse(USUAL_PER_SECOND);
        if (perSecond < 1) {
            throw new IllegalArgumentException("perSecond is 1 at least, got " + perSecond);
        }
        boolean dryRun = request.dryRun().orElse(false);
        List<String> ids = new ArrayList<>();
        for (FailureRecord record : FailureRecords.meant(writer, request)) {
            if (dryRun || again(writer, queue, record, ids.size() / perSecond)) {
                ids.add(record.id());
            }
        }
        return new Replayed(ids.size(), ids, dryRun);
    }

    private boolean again(SqlWriter writer, QueueSender queue, FailureRecord record, int seconds) {
        return writer.atomically(tx -> {
            if (!FailureRecords.take(tx, record.id(), clock.millis())) {
                return false;
            }
            if (record.kind().equals(FailureRecords.RUN)) {
                runs.beginAgain(tx, FailureRecords.job(record));
            } else {
                queue.send(
                        Body.text(record.body()), SendOptions.after(Duration.ofSeconds(seconds)));
            }
            return true;
        });
    }
}
