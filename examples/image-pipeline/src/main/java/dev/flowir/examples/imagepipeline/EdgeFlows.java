package dev.flowir.examples.imagepipeline;

import dev.flowir.blob.BlobReader;
import dev.flowir.blob.Blobs;
import dev.flowir.examples.imagepipeline.Messages.FailedRun;
import dev.flowir.examples.imagepipeline.Messages.Failures;
import dev.flowir.examples.imagepipeline.Messages.Job;
import dev.flowir.examples.imagepipeline.Messages.Nothing;
import dev.flowir.examples.imagepipeline.Messages.Notified;
import dev.flowir.examples.imagepipeline.Messages.OrganizationRef;
import dev.flowir.examples.imagepipeline.Organization.TrackedRuns;
import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.Flow;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeContext;
import dev.flowir.ir.ReadToken;
import dev.flowir.ir.Type;
import dev.flowir.ir.WriteToken;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.object.DurableObjects;
import dev.flowir.object.ObjectReader;
import dev.flowir.object.ObjectWriter;
import dev.flowir.queue.Body;
import dev.flowir.queue.QueueSender;
import dev.flowir.queue.Queues;
import dev.flowir.sql.Sql;
import dev.flowir.sql.SqlReader;
import dev.flowir.sql.SqlWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What a worker has of the pipeline besides the work on a picture itself: nothing commits together
 * there, so row, run and event follow each other, each of which may come again.
 */
class EdgeFlows {

    /** What is sent there becomes a run. */
    static final String RUNS = "image-runs";

    private static final ReadToken<BlobReader> BLOBS = Blobs.reader(ClassificationFlow.PICTURES);
    private static final ReadToken<SqlReader> READ = Sql.reader(ClassificationFlow.TABLES);
    private static final WriteToken<SqlWriter> DB = Sql.writer(ClassificationFlow.TABLES);
    private static final WriteToken<QueueSender> BEGIN = Queues.publisher(RUNS);
    private static final WriteToken<ObjectWriter> OBJECTS =
            DurableObjects.writer(ClassificationFlow.ORGANIZATIONS);
    private static final ReadToken<ObjectReader> LOOK =
            DurableObjects.reader(ClassificationFlow.ORGANIZATIONS);

    static final Codec<Job> JOB = JsonCodecs.strict().of(Type.of(Job.class));

    /** What a message comes to. */
    sealed interface Taken {}

    /**
     * A run is to begin.
     *
     * @param job its input
     */
    record ToBegin(Job job) implements Taken {}

    /**
     * There is nothing left to do.
     *
     * @param what the event came to
     */
    record Settled(String what) implements Taken {}

    private final ClassificationFlow.Telling organizations;
    private final LongSupplier millis;
    private final Flow<Job, Notified> work;
    private final Flow<FailedRun, Notified> failed;

    EdgeFlows(ClassificationFlow.Telling organizations, LongSupplier millis) {
        this.organizations = organizations;
        this.millis = millis;
        ClassificationFlow flows = new ClassificationFlow(organizations, millis);
        this.work = flows.flow();
        this.failed = flows.failed();
    }

    /** As a deployment has them. */
    static EdgeFlows deployed() {
        return new EdgeFlows(EdgeFlows::tell, System::currentTimeMillis);
    }

    /** The work on a picture, the same as anywhere. */
    Flow<Job, Notified> work() {
        return work;
    }

    /** What is done about a run that failed for good, the same as anywhere. */
    Flow<FailedRun, Notified> failed() {
        return failed;
    }

    /** Id of the run of a job. */
    String run(Job job) {
        return job.identity();
    }

    /** Has the object of an organization record an event. */
    static void tell(ObjectWriter objects, String organizationId, Event event) {
        objects.of(EdgeOrganization.CLASS)
                .named(organizationId)
                .call(EdgeOrganization.RECORD, event);
    }

    /**
     * Takes a change event and does nothing but begin a run. The message is acknowledged when this
     * is through, and comes again when it fails.
     */
    Flow<JsonValue, Settled> intake() {
        Node<JsonValue, Taken> judge =
                Node.effect("judge-event", JsonValue.class, Taken.class, BLOBS, DB, this::judge);
        Node<ToBegin, ToBegin> begin =
                Node.effect(
                        "begin-run",
                        ToBegin.class,
                        ToBegin.class,
                        BEGIN,
                        (runs, it, context) -> {
                            runs.send(Body.of(it.job(), JOB));
                            return it;
                        });
        Node<ToBegin, Settled> announce =
                Node.effect(
                        "announce-upload",
                        ToBegin.class,
                        Settled.class,
                        OBJECTS,
                        (objects, it, context) -> announce(objects, it.job()));
        Node<Settled, Settled> skip =
                Node.pure("skip", Settled.class, Settled.class, settled -> settled);
        return Flow.define(
                "image-intake",
                ClassificationFlow.VERSION,
                JsonValue.class,
                (g, event) ->
                        g.choose(g.then(event, judge), Taken.class, Settled.class)
                                .on(ToBegin.class, begin, begun -> g.then(begun, announce))
                                .on(Settled.class, skip)
                                .merge("taken"));
    }

    private Taken judge(BlobReader pictures, SqlWriter db, JsonValue body, NodeContext context)
            throws Exception {
        long now = millis.getAsLong();
        Notification event = Notification.of(body);
        return switch (Judge.verdict(event, pictures, db, Identity.ETAG)) {
            case Verdict.Start(Job job) -> {
                Classifications.aboutToBegin(db, job, now);
                yield new ToBegin(job);
            }
            case Verdict.Superseded superseded -> {
                Judge.remember(db, List.of(superseded.event()), now);
                yield new Settled("superseded");
            }
            case Verdict.Deleted deleted -> {
                Judge.bury(db, List.of(deleted.event()), now);
                yield new Settled("deleted");
            }
            case Verdict.Later(Exception why) -> throw why;
            case Verdict.Never(Exception why) -> throw why;
        };
    }

    private Settled announce(ObjectWriter objects, Job job) {
        String run = job.identity();
        organizations.tell(
                objects,
                job.organizationId(),
                Event.of(Event.UPLOAD_COMPLETE, run, job, List.of(), ""));
        return new Settled(run);
    }

    /** Keeps a message that was given up, and says so in the row of its picture. */
    Flow<JsonValue, Settled> undertake() {
        Node<JsonValue, Settled> keep =
                Node.effect(
                        "keep-letter",
                        JsonValue.class,
                        Settled.class,
                        DB,
                        (db, body, context) -> keep(db, body, context.runId()));
        return Flow.define(
                "image-undertake",
                ClassificationFlow.VERSION,
                JsonValue.class,
                (g, body) -> g.then(body, keep));
    }

    private Settled keep(SqlWriter db, JsonValue body, String message) throws CodecException {
        long now = millis.getAsLong();
        String text = new String(JSON.encode(body), StandardCharsets.UTF_8);
        FailureRecords.ofMessage(db, message, text, GIVEN_UP, now);
        Judge.row(db, body, GIVEN_UP, now);
        return new Settled(message);
    }

    static final String GIVEN_UP =
            "the queue gave it up and does not say why; the worker's log does";

    private static final Codec<JsonValue> JSON = JsonCodecs.strict().of(Type.of(JsonValue.class));

    /** What was given up. */
    static Flow<Nothing, Failures> failures() {
        return flow(
                "failures",
                Nothing.class,
                Node.reads(
                        "list",
                        Nothing.class,
                        Failures.class,
                        READ,
                        (db, nothing, context) -> new Failures(FailureRecords.newest(db))));
    }

    /** How an organization stands. */
    static Flow<OrganizationRef, OrganizationState> state() {
        return flow(
                "organization-state",
                OrganizationRef.class,
                Node.reads(
                        "look",
                        OrganizationRef.class,
                        OrganizationState.class,
                        LOOK,
                        (objects, of, context) ->
                                objects.of(EdgeOrganization.VIEW)
                                        .named(of.organizationId())
                                        .ask(EdgeOrganization.SEE, "")));
    }

    /** The runs that were begun for an organization. */
    static Flow<OrganizationRef, TrackedRuns> tracked() {
        return flow(
                "organization-runs",
                OrganizationRef.class,
                Node.reads(
                        "runs",
                        OrganizationRef.class,
                        TrackedRuns.class,
                        LOOK,
                        (objects, of, context) ->
                                objects.of(EdgeOrganization.VIEW)
                                        .named(of.organizationId())
                                        .ask(
                                                EdgeOrganization.RUNS,
                                                (long) Organization.MOST_RUNS)));
    }

    /**
     * Asks for events.
     *
     * @param organizationId whose
     * @param since number of the last one that is known; empty for all that are kept
     */
    record EventsRef(String organizationId, Optional<Long> since) {}

    /** What happened to an organization. */
    static Flow<EventsRef, EdgeOrganization.Told> events() {
        return flow(
                "organization-events",
                EventsRef.class,
                Node.reads(
                        "events",
                        EventsRef.class,
                        EdgeOrganization.Told.class,
                        LOOK,
                        (objects, of, context) ->
                                objects.of(EdgeOrganization.VIEW)
                                        .named(of.organizationId())
                                        .ask(EdgeOrganization.SINCE, of.since().orElse(0L))));
    }

    private static <I, O> Flow<I, O> flow(String name, Class<I> input, Node<I, O> only) {
        return Flow.define(
                name, ClassificationFlow.VERSION, input, (g, request) -> g.then(request, only));
    }
}
