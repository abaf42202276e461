package dev.flowir.examples.imagepipeline;

import dev.flowir.blob.BlobAction;
import dev.flowir.blob.BlobEvent;
import dev.flowir.blob.EventRule;
import dev.flowir.examples.imagepipeline.Messages.Job;
import dev.flowir.http.Egress;
import dev.flowir.http.HttpSettings;
import dev.flowir.http.HttpTimeouts;
import dev.flowir.http.model.ClassifierEndpoint;
import dev.flowir.http.model.ClassifierSettings;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.Secret;
import dev.flowir.kernel.cap.WireEnds;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectOptions;
import dev.flowir.object.ObjectSpace;
import dev.flowir.object.agent.AgentClass;
import dev.flowir.queue.Body;
import dev.flowir.queue.Broker;
import dev.flowir.queue.Outgoing;
import dev.flowir.queue.QueueSender;
import dev.flowir.queue.QueueSettings;
import dev.flowir.queue.SendOptions;
import dev.flowir.queue.Subscription;
import dev.flowir.sql.SqlProvider;
import dev.flowir.sql.SqlWriter;
import dev.flowir.store.Store;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Everything behind the door: a bucket whose changes go to a queue, a consumer that starts runs,
 * the runs, an object for each organization, and one store under them all.
 */
final class Pipeline implements AutoCloseable {

    /** The queue of change events and the one of those that were given up. */
    static final String UPLOADS = Queries.QUEUE;

    static final String DEAD = "uploads-dead";

    private static final String WHO = "image-pipeline";

    /** The run's own limit is ten minutes an attempt; this ends sooner and says why. */
    private static final HttpTimeouts PATIENCE =
            new HttpTimeouts(
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(9),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(9));

    /** How often a dead letter is looked at: as often as a queue allows. */
    private static final int STUBBORN = 100;

    private final Deque<AutoCloseable> open;
    private final Settings settings;
    private final Store store;
    private final Gallery pictures;
    private final Broker broker;
    private final ObjectSpace space;
    private final AgentClass<Organization, OrganizationState> organizations;
    private final SqlProvider tables;
    private final Runs runs;
    private final Queries queries;
    private final SqlWriter db;
    private final Intake intake;
    private final Undertaker undertaker;

    /**
     * Opens everything and takes nothing yet; {@link #start} does.
     *
     * @param store everything is in; closed with the pipeline, or when it cannot be opened
     * @param folder for the bytes of pictures
     * @param models where they are, without {@code /ai/run/…}
     */
    static Pipeline open(Settings settings, Store store, Path folder, URI models, Time time) {
        Deque<AutoCloseable> open = new ArrayDeque<>();
        try {
            return new Pipeline(settings, store, folder, models, time, open);
        } catch (RuntimeException failure) {
            close(open).ifPresent(failure::addSuppressed);
            throw failure;
        }
    }

    private Pipeline(
            Settings settings,
            Store store,
            Path folder,
            URI models,
            Time time,
            Deque<AutoCloseable> open) {
        this.open = open;
        this.settings = settings;
        this.store = keep(store);
        store.migrate(Schema.TABLES);
        Backing backing = keep(new Backing(settings, store, time));
        this.pictures = backing.pictures(folder);
        this.tables = SqlProvider.on(ClassificationFlow.TABLES, store);
        this.db = tables.outside(WHO);
        this.broker = backing.broker();
        declareQueues();
        this.organizations =
                Organization.answering(request -> Queries.page(db, pictures.reader(), request));
        this.space =
                keep(
                        ObjectSpace.sqlite(
                                ClassificationFlow.ORGANIZATIONS,
                                store,
                                ObjectOptions.defaults().on(time.timeline()),
                                List.of(organizations.objects())));
        ClassifierEndpoint classifier =
                keep(
                        ClassifierEndpoint.open(
                                ClassificationFlow.CLASSIFIER,
                                models.toString(),
                                asked(settings, models)));
        this.runs =
                keep(
                        new Runs(
                                new ClassificationFlow(
                                        ClassificationFlow.telling(organizations.objects()),
                                        time.timeline()::millis),
                                store,
                                broker,
                                db,
                                Capabilities.of(
                                        pictures.provider(),
                                        tables,
                                        classifier,
                                        backing.pace(),
                                        space),
                                time));
        this.intake =
                new Intake(
                        settings, pictures.reader(), db, runs::begin, this::tell, time.timeline());
        this.undertaker = new Undertaker(db, runs, broker.admin(DEAD), time.timeline());
        this.queries = new Queries(Organization.viewOf(organizations), runs, undertaker);
    }

    private <C extends AutoCloseable> C keep(C resource) {
        open.push(resource);
        return resource;
    }

    private void declareQueues() {
        broker.declare(
                DEAD,
                QueueSettings.defaults()
                        .batches(settings.batchSize(), Duration.ZERO)
                        .maxRetries(STUBBORN)
                        .retryDelay(settings.retryDelay())
                        .lease(settings.lease())
                        .retention(Settings.REMEMBERED));
        broker.declare(
                UPLOADS,
                QueueSettings.defaults()
                        .batches(settings.batchSize(), settings.batchTimeout())
                        .maxRetries(settings.maxRetries())
                        .retryDelay(settings.retryDelay())
                        .lease(settings.lease())
                        .deadLetterQueue(DEAD));
    }

    private static ClassifierSettings asked(Settings settings, URI models) {
        HttpSettings calls = HttpSettings.DEFAULT.with(PATIENCE);
        if ("127.0.0.1".equals(models.getHost()) || "localhost".equals(models.getHost())) {
            calls = calls.with(Egress.own().withPrivateAddresses());
        }
        ClassifierSettings asked =
                ClassifierSettings.workersAi(settings.model()).with(calls).withIdempotencyKey();
        return settings.token().map(token -> asked.withKey(() -> Secret.of(token))).orElse(asked);
    }

    private CompletableFuture<Boolean> tell(Job job) {
        Event event = Event.of(Event.UPLOAD_COMPLETE, job.identity(), job, List.of(), "");
        return space.of(organizations())
                .named(job.organizationId())
                .send(organization -> organization.record(event));
    }

    /** Delivers changes, takes messages, and makes up for what a killed process left. */
    void start() {
        QueueSender events = broker.sender(UPLOADS, Scope.outside(WHO));
        pictures.events()
                .connect(
                        EventRule.on(
                                "uploads",
                                BlobAction.Kind.OBJECT_CREATE,
                                BlobAction.Kind.OBJECT_DELETE),
                        changes ->
                                events.sendBatch(
                                        changes.stream().map(Pipeline::message).toList(),
                                        SendOptions.none()));
        pictures.settle().run();
        runs.start();
        consume(DEAD, undertaker::handle);
        consume(UPLOADS, intake::handle);
    }

    private static Outgoing message(BlobEvent change) {
        return Outgoing.of(Body.json(change.json()));
    }

    private void consume(String queue, dev.flowir.queue.BatchHandler handler) {
        Subscription subscription = broker.consume(WHO + "-" + queue, List.of(queue), handler);
        open.push(subscription);
    }

    /** The capabilities that what clients ask for needs. */
    Capabilities capabilities() {
        return Capabilities.of(tables, pictures.provider(), space, broker.bind(UPLOADS, UPLOADS));
    }

    Queries queries() {
        return queries;
    }

    Gallery pictures() {
        return pictures;
    }

    Undertaker undertaker() {
        return undertaker;
    }

    Runs runs() {
        return runs;
    }

    Broker broker() {
        return broker;
    }

    ObjectSpace space() {
        return space;
    }

    ObjectClass<Organization> organizations() {
        return organizations.objects();
    }

    /** Takes connections of an organization's clients. */
    WireEnds clients() {
        return space.wires(organizations(), request -> request.parameter("organizationId"));
    }

    Store store() {
        return store;
    }

    SqlWriter db() {
        return db;
    }

    /** Ends what was opened last first: consumers, runs, objects, the bucket, the store. */
    @Override
    public void close() {
        close(open)
                .ifPresent(failure -> {
                    throw failure;
                });
    }

    static Optional<RuntimeException> close(Deque<AutoCloseable> open) {
        List<Exception> failures = new ArrayList<>();
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception failure) {
                failures.add(failure);
            }
        }
        if (failures.isEmpty()) {
            return Optional.empty();
        }
        var all = new IllegalStateException("something did not close", failures.getFirst());
        failures.stream().skip(1).forEach(all::addSuppressed);
        return Optional.of(all);
    }
}
