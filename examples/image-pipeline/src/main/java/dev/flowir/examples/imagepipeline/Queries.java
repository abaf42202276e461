package dev.flowir.examples.imagepipeline;

import dev.flowir.blob.BlobInfo;
import dev.flowir.blob.BlobReader;
import dev.flowir.blob.Blobs;
import dev.flowir.examples.imagepipeline.Messages.Classification;
import dev.flowir.examples.imagepipeline.Messages.Failures;
import dev.flowir.examples.imagepipeline.Messages.ListRequest;
import dev.flowir.examples.imagepipeline.Messages.Metrics;
import dev.flowir.examples.imagepipeline.Messages.Nothing;
import dev.flowir.examples.imagepipeline.Messages.OrganizationRef;
import dev.flowir.examples.imagepipeline.Messages.Page;
import dev.flowir.examples.imagepipeline.Messages.ReplayRequest;
import dev.flowir.examples.imagepipeline.Messages.Replayed;
import dev.flowir.examples.imagepipeline.Messages.RunLookup;
import dev.flowir.examples.imagepipeline.Messages.RunRef;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.ReadToken;
import dev.flowir.ir.WriteToken;
import dev.flowir.object.DurableObjects;
import dev.flowir.object.ObjectReader;
import dev.flowir.object.ObjectView;
import dev.flowir.queue.QueueSender;
import dev.flowir.queue.Queues;
import dev.flowir.sql.Sql;
import dev.flowir.sql.SqlReader;
import dev.flowir.sql.SqlWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What clients may ask, as flows. */
final class Queries {

    /** Rows of a page at most; a reading of the bucket each. */
    private static final int MOST_ROWS = 100;

    private static final int USUAL_ROWS = 50;

    /** Beyond every row; the largest number that each store of tables takes. */
    private static final long BEFORE_ALL = (1L << 53) - 1;

    static final String QUEUE = "uploads";

    private static final ReadToken<SqlReader> DB = Sql.reader(ClassificationFlow.TABLES);
    private static final WriteToken<SqlWriter> CHANGE = Sql.writer(ClassificationFlow.TABLES);
    private static final ReadToken<BlobReader> BLOBS = Blobs.reader(ClassificationFlow.PICTURES);
    private static final WriteToken<QueueSender> SEND = Queues.publisher(QUEUE);
    private static final ReadToken<ObjectReader> OBJECTS =
            DurableObjects.reader(ClassificationFlow.ORGANIZATIONS);

    private final ObjectView<OrganizationView> organizations;
    private final Runs runs;
    private final Undertaker undertaker;

    Queries(ObjectView<OrganizationView> organizations, Runs runs, Undertaker undertaker) {
        this.organizations = organizations;
        this.runs = runs;
        this.undertaker = undertaker;
    }

    /** The method {@code getClassifications} of an organization, in pages. */
    static Flow<ListRequest, Page> classifications() {
        return flow(
                "get-classifications",
                ListRequest.class,
                Node.reads(
                        "list",
                        ListRequest.class,
                        Page.class,
                        DB,
                        BLOBS,
                        (db, blobs, request, context) -> page(db, blobs, request)));
    }

    static Page page(SqlReader db, BlobReader blobs, ListRequest request) {
        int limit = Math.clamp(request.limit().orElse(USUAL_ROWS), 1, MOST_ROWS);
        List<Map.Entry<Long, Classification>> rows =
                Classifications.page(
                        db, request.organizationId(), request.cursor().orElse(BEFORE_ALL), limit);
        List<Classification> shown = new ArrayList<>();
        for (Map.Entry<Long, Classification> row : rows) {
            Classification one = row.getValue();
            boolean current =
                    blobs.head(one.key()).map(BlobInfo::etag).equals(Optional.of(one.eTag()));
            shown.add(
                    new Classification(
                            one.organizationId(),
                            one.key(),
                            one.eTag(),
                            one.name(),
                            one.status(),
                            one.model(),
                            one.labels(),
                            one.error(),
                            one.createdAt(),
                            one.updatedAt(),
                            current));
        }
        return new Page(
                shown,
                rows.size() < limit ? Optional.empty() : Optional.of(rows.getLast().getKey()));
    }

    /** The runs that were begun for an organization. */
    Flow<OrganizationRef, Organization.TrackedRuns> tracked() {
        return flow(
                "organization-runs",
                OrganizationRef.class,
                Node.reads(
                        "runs",
                        OrganizationRef.class,
                        Organization.TrackedRuns.class,
                        OBJECTS,
                        (objects, request, context) ->
                                new Organization.TrackedRuns(
                                        objects.of(organizations)
                                                .named(request.organizationId())
                                                .read(its -> its.runs(Organization.MOST_RUNS)))));
    }

    /** How a run stands, and its steps. */
    Flow<RunRef, RunLookup> run() {
        return flow(
                "run-status",
                RunRef.class,
                Node.reads(
                        "look",
                        RunRef.class,
                        RunLookup.class,
                        DB,
                        (db, request, context) -> runs.look(request.run())));
    }

    /** What was given up. */
    Flow<Nothing, Failures> failures() {
        return flow(
                "failures",
                Nothing.class,
                Node.reads(
                        "list",
                        Nothing.class,
                        Failures.class,
                        DB,
                        (db, nothing, context) -> new Failures(undertaker.failures(db))));
    }

    /** Sends again what was given up. */
    Flow<ReplayRequest, Replayed> replay() {
        return flow(
                "replay",
                ReplayRequest.class,
                Node.effect(
                        "again",
                        ReplayRequest.class,
                        Replayed.class,
                        CHANGE,
                        SEND,
                        (db, queue, request, context) -> undertaker.replay(db, request)));
    }

    /** Counts. */
    static Flow<Nothing, Metrics> metrics() {
        return flow(
                "metrics",
                Nothing.class,
                Node.reads(
                        "count",
                        Nothing.class,
                        Metrics.class,
                        DB,
                        (db, nothing, context) -> metrics(db)));
    }

    static Metrics metrics(SqlReader db) {
        return db.first(
                        "SELECT count(*) AS calls, coalesce(sum(requests), 0) AS requests,"
                                + " (SELECT count(*) FROM Superseded) AS superseded"
                                + " FROM ClassifierCall")
                .map(row ->
                        new Metrics(
                                row.whole("calls"),
                                row.whole("requests"),
                                row.whole("superseded"),
                                Classifications.counts(db)))
                .orElseThrow();
    }

    private static <I, O> Flow<I, O> flow(String name, Class<I> input, Node<I, O> only) {
        return Flow.define(
                name, ClassificationFlow.VERSION, input, (g, request) -> g.then(request, only));
    }
}
