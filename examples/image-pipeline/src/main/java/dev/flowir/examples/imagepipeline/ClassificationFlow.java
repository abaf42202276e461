package dev.flowir.examples.imagepipeline;

import static dev.flowir.ir.NodeOption.idempotent;
import static dev.flowir.ir.NodeOption.retry;
import static dev.flowir.ir.NodeOption.timeout;

import dev.flowir.blob.Blob;
import dev.flowir.blob.BlobConditions;
import dev.flowir.blob.BlobGet;
import dev.flowir.blob.BlobReader;
import dev.flowir.blob.Blobs;
import dev.flowir.blob.GetOptions;
import dev.flowir.examples.imagepipeline.Messages.Classified;
import dev.flowir.examples.imagepipeline.Messages.FailedRun;
import dev.flowir.examples.imagepipeline.Messages.Fetched;
import dev.flowir.examples.imagepipeline.Messages.Job;
import dev.flowir.examples.imagepipeline.Messages.Notified;
import dev.flowir.examples.imagepipeline.Messages.Persisted;
import dev.flowir.http.model.Classification;
import dev.flowir.http.model.ImageClassifier;
import dev.flowir.http.model.Models;
import dev.flowir.ir.Backoff;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeContext;
import dev.flowir.ir.NodeOption;
import dev.flowir.ir.NonRetryableException;
import dev.flowir.ir.ReadToken;
import dev.flowir.ir.WriteToken;
import dev.flowir.limit.Limits;
import dev.flowir.limit.RateLimiter;
import dev.flowir.object.DurableObjects;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectWriter;
import dev.flowir.sql.Sql;
import dev.flowir.sql.SqlWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The work on one version of a picture: four steps, each of which may be repeated without anything
 * happening twice. Options of nodes are part of the definition and of no setting, so that a restart
 * with other settings strands no run.
 */
final class ClassificationFlow {

    /** Names that a deployment binds. */
    static final String PICTURES = "pictures";

    static final String TABLES = "images";
    static final String CLASSIFIER = "classifier";
    static final String PACE = "classifier-pace";
    static final String ORGANIZATIONS = "organizations";

    static final String VERSION = "1.0.0";

    /** The platform's defaults for a step: five repeats after 10, 20, 40, 80 and 160 s. */
    private static final NodeOption REPEATS = retry(5, Backoff.exponential(Duration.ofSeconds(10)));

    /** The platform's default for an attempt. */
    private static final Duration ATTEMPT = Duration.ofMinutes(10);

    /** Labels of a picture that are kept, as many as the platform's resnet gives. */
    private static final int MOST_LABELS = 5;

    private static final Duration SAME_WORK = Duration.ofDays(30);

    private static final ReadToken<BlobReader> BLOBS = Blobs.reader(PICTURES);
    private static final WriteToken<SqlWriter> DB = Sql.writer(TABLES);
    private static final ReadToken<ImageClassifier> EYES = Models.classifier(CLASSIFIER);
    private static final ReadToken<RateLimiter> PERMITS = Limits.permits(PACE);
    private static final WriteToken<ObjectWriter> OBJECTS = DurableObjects.writer(ORGANIZATIONS);

    /** How an organization is told. */
    @FunctionalInterface
    interface Telling {
        void tell(ObjectWriter objects, String organizationId, Event event);
    }

    private final Telling organizations;
    private final LongSupplier millis;

    /**
     * The flows.
     *
     * @param organizations tells one of them, which hears it once however often it is told
     * @param millis the time, epoch milliseconds
     */
    ClassificationFlow(Telling organizations, LongSupplier millis) {
        this.organizations = organizations;
        this.millis = millis;
    }

    /** With the organizations of a process. */
    static Telling telling(ObjectClass<Organization> organizations) {
        return (objects, id, event) ->
                objects.of(organizations)
                        .named(id)
                        .call(organization -> organization.record(event));
    }

    /** Fetches, classifies, persists, tells. */
    Flow<Job, Notified> flow() {
        Node<Job, Fetched> fetch =
                Node.effect("fetch-object", Job.class, Fetched.class, BLOBS, DB, this::fetch)
                        .with(REPEATS, timeout(ATTEMPT));
        Node<Fetched, Classified> classify =
                Node.effect(
                                "classify-image",
                                Fetched.class,
                                Classified.class,
                                BLOBS,
                                EYES,
                                DB,
                                this::classify)
                        .through(
                                PERMITS,
                                (pace, fetched, rest, context) -> {
                                    pace.take(CLASSIFIER, ATTEMPT);
                                    return rest.run();
                                })
                        .with(REPEATS, timeout(ATTEMPT), idempotent("{/job/identity}", SAME_WORK));
        Node<Classified, Persisted> persist =
                Node.effect("persist-result", Classified.class, Persisted.class, DB, this::persist)
                        .with(REPEATS);
        Node<Persisted, Notified> tell =
                Node.effect("notify-agent", Persisted.class, Notified.class, OBJECTS, this::tell)
                        .with(REPEATS, timeout(ATTEMPT));
        return Flow.define(
                "image-classification",
                VERSION,
                Job.class,
                (g, job) -> g.then(g.then(g.then(g.then(job, fetch), classify), persist), tell));
    }

    /** What is done about a run that failed for good. */
    Flow<FailedRun, Notified> failed() {
        Node<FailedRun, FailedRun> persist =
                Node.effect(
                                "persist-failure",
                                FailedRun.class,
                                FailedRun.class,
                                DB,
                                this::persistFailure)
                        .with(REPEATS);
        Node<FailedRun, Notified> tell =
                Node.effect(
                                "notify-agent",
                                FailedRun.class,
                                Notified.class,
                                OBJECTS,
                                this::tellFailure)
                        .with(REPEATS, timeout(ATTEMPT));
        return Flow.define(
                "image-classification-failed",
                VERSION,
                FailedRun.class,
                (g, run) -> g.then(g.then(run, persist), tell));
    }

    private Fetched fetch(BlobReader blobs, SqlWriter db, Job job, NodeContext context)
            throws IOException {
        try (Blob blob = open(blobs, job)) {
            long size = blob.info().size();
            String type =
                    Pictures.typeOf(blob.stream())
                            .orElseThrow(() ->
                                    new NonRetryableException(
                                            "bad image type: " + job.key() + " is no PNG or JPEG"));
            Classifications.running(db, job, millis.getAsLong());
            return new Fetched(job, type, size);
        }
    }

    /** The bytes that the run is about, or none: never those of another upload. */
    private static Blob open(BlobReader blobs, Job job) {
        GetOptions these = GetOptions.onlyIf(BlobConditions.ifMatch(job.eTag()));
        return switch (blobs.get(job.key(), these)) {
            case BlobGet.Found(Blob blob) -> blob;
            case BlobGet.Unmet other ->
                    throw new NonRetryableException(
                            "superseded: " + job.key() + " was uploaded again meanwhile");
            case BlobGet.Missing missing ->
                    throw new NonRetryableException("missing object: " + job.key());
        };
    }

    private Classified classify(
            BlobReader blobs,
            ImageClassifier eyes,
            SqlWriter db,
            Fetched fetched,
            NodeContext context)
            throws Exception {
        Job job = fetched.job();
        try (Blob blob = open(blobs, job)) {
            db.run(
                    "INSERT INTO ClassifierCall (identity, requests) VALUES (?, 1) ON CONFLICT"
                            + " (identity) DO UPDATE SET requests = requests + 1",
                    job.identity());
            Classification said = eyes.classify(blob.stream(), blob.info().size());
            return new Classified(
                    job, said.model(), said.labels().stream().limit(MOST_LABELS).toList());
        }
    }

    private Persisted persist(SqlWriter db, Classified done, NodeContext context) throws Exception {
        return new Persisted(done, Classifications.succeeded(db, done, millis.getAsLong()));
    }

    private Notified tell(ObjectWriter objects, Persisted done, NodeContext context) {
        Classified what = done.classified();
        return tell(
                objects,
                what.job().organizationId(),
                Event.of(
                        Event.CLASSIFICATION_COMPLETE,
                        context.runId(),
                        what.job(),
                        what.labels(),
                        ""));
    }

    private FailedRun persistFailure(SqlWriter db, FailedRun run, NodeContext context)
            throws Exception {
        long now = millis.getAsLong();
        Classifications.failed(db, run.job(), run.why(), now);
        FailureRecords.ofRun(db, run, now);
        return run;
    }

    private Notified tellFailure(ObjectWriter objects, FailedRun run, NodeContext context) {
        return tell(
                objects,
                run.job().organizationId(),
                Event.of(Event.CLASSIFICATION_ERROR, run.run(), run.job(), List.of(), run.why()));
    }

    private Notified tell(ObjectWriter objects, String organizationId, Event event) {
        organizations.tell(objects, organizationId, event);
        return new Notified(event.id());
    }
}
