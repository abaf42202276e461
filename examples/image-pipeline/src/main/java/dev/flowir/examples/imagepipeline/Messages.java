package dev.flowir.examples.imagepipeline;

import dev.flowir.http.model.Label;
import java.util.List;
import java.util.Optional;

/** What goes in and out of the flows. Pictures themselves never do: they go by key. */
final class Messages {

    private Messages() {}

    /**
     * One version of a picture that is to be classified: input of a run.
     *
     * @param identity what makes it the same work, also the id of its first run
     * @param organizationId whose it is, from the object's metadata
     * @param name what it was called, from the object's metadata
     * @param key where it is
     * @param eTag of its bytes
     * @param version of the object
     * @param uploadedMillis when the object was written
     * @param eventTime when the event says it was, ISO-8601; for people
     */
    record Job(
            String identity,
            String organizationId,
            String name,
            String key,
            String eTag,
            String version,
            long uploadedMillis,
            String eventTime) {}

    /**
     * The picture is there, and is one.
     *
     * @param job which
     * @param contentType what its first bytes say
     * @param size bytes
     */
    record Fetched(Job job, String contentType, long size) {}

    /**
     * The model has answered.
     *
     * @param job which picture
     * @param model that answered
     * @param labels best first
     */
    record Classified(Job job, String model, List<Label> labels) {}

    /**
     * The row is written.
     *
     * @param classified what was to be written
     * @param written false when the row is of a newer upload of the same bytes
     */
    record Persisted(Classified classified, boolean written) {}

    /**
     * The organization's object knows.
     *
     * @param eventId id of the event
     */
    record Notified(String eventId) {}

    /**
     * A run that failed for good.
     *
     * @param run its id
     * @param job its input
     * @param why code and message
     */
    record FailedRun(String run, Job job, String why) {}

    /**
     * A row as clients see it.
     *
     * @param organizationId whose
     * @param key where the picture is
     * @param eTag of which bytes
     * @param name what it was called
     * @param status one of {@link Status}
     * @param model that answered; empty before
     * @param labels best first; empty before
     * @param error why there are none; empty when nothing went wrong
     * @param createdAt when the picture was uploaded, epoch milliseconds
     * @param updatedAt when the row last changed, epoch milliseconds
     * @param current whether the bytes are still those of the picture
     */
    record Classification(
            String organizationId,
            String key,
            String eTag,
            String name,
            String status,
            String model,
            List<Label> labels,
            Optional<String> error,
            long createdAt,
            long updatedAt,
            boolean current) {}

    /**
     * Asks for a page.
     *
     * @param organizationId whose rows
     * @param limit 1 to 100 rows; 50 unless told
     * @param cursor where the page before ended; empty for the first
     */
    record ListRequest(String organizationId, Optional<Integer> limit, Optional<Long> cursor) {}

    /**
     * A page, newest pictures first.
     *
     * @param classifications the rows
     * @param cursor where the next page begins; empty at the end
     */
    record Page(List<Classification> classifications, Optional<Long> cursor) {}

    /**
     * Which organization.
     *
     * @param organizationId its id
     */
    record OrganizationRef(String organizationId) {}

    /**
     * Asks an organization for a page of its own.
     *
     * @param limit 1 to 100 rows; 50 unless told
     * @param cursor where the page before ended; empty for the first
     */
    record PageRef(Optional<Integer> limit, Optional<Long> cursor) {}

    /**
     * Which run.
     *
     * @param run its id
     */
    record RunRef(String run) {}

    /** What there is under a run's id. */
    sealed interface RunLookup {}

    /**
     * A run as it stands.
     *
     * @param run its id
     * @param state of the run
     * @param steps that were begun, in order
     * @param failure of a run that failed
     */
    record RunFound(String run, String state, List<String> steps, Optional<String> failure)
            implements RunLookup {}

    /**
     * There is none.
     *
     * @param error always {@code not found}
     */
    record RunMissing(String error) implements RunLookup {
        RunMissing() {
            this("not found");
        }
    }

    /** A request without parameters. */
    record Nothing() {}

    /**
     * Work that was given up.
     *
     * @param id of the message, or of the run
     * @param kind {@code message} or {@code run}
     * @param body of the message, or input of the run
     * @param reason why it was given up
     * @param attempts how often it was tried
     * @param deadAt when, epoch milliseconds
     * @param replayedAt when it was sent again, epoch milliseconds; empty when it was not
     */
    record FailureRecord(
            String id,
            String kind,
            String body,
            String reason,
            long attempts,
            long deadAt,
            Optional<Long> replayedAt) {}

    /**
     * What was given up, newest first.
     *
     * @param failures at most 100
     */
    record Failures(List<FailureRecord> failures) {}

    /**
     * Sends again what was given up.
     *
     * @param id only this one; empty for all
     * @param contains only what has this text in its reason; empty for all
     * @param perSecond how many become visible in a second; 10 unless told
     * @param dryRun only say what would be sent
     */
    record ReplayRequest(
            Optional<String> id,
            Optional<String> contains,
            Optional<Integer> perSecond,
            Optional<Boolean> dryRun) {}

    /**
     * What a replay did, or would do.
     *
     * @param moved how many were sent again
     * @param ids which, the first 100 messages and the runs
     * @param dryRun whether it only says so
     */
    record Replayed(int moved, List<String> ids, boolean dryRun) {}

    /**
     * Counts since the store was made.
     *
     * @param classifyCalls identities that a model was asked about, the most that is paid for
     * @param classifyRequests requests that were sent for them, repeats included
     * @param superseded events about what was overwritten or deleted before they came
     * @param rows rows by status
     */
    record Metrics(
            long classifyCalls,
            long classifyRequests,
            long superseded,
            java.util.Map<String, Long> rows) {}
}
