package dev.flowir.examples.tiletar;

import dev.flowir.blob.BlobStore;
import dev.flowir.blob.BlobWriter;
import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.Timeline;
import dev.flowir.kernel.cap.WireEnds;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectOptions;
import dev.flowir.object.ObjectSpace;
import dev.flowir.object.agent.AgentClass;
import dev.flowir.queue.Broker;
import dev.flowir.queue.BrokerOptions;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Everything behind the door: a bucket, the flow of archives, a coordinator for each plan. */
final class Works implements AutoCloseable {

    /** Platform threads: the fetches of one archive, and what packs. */
    private static final int THREADS = TileFlow.FETCHES + 2;

    /** Before a chunk that failed is made again. */
    private static final Duration CHUNK_WAIT = Duration.ofSeconds(2);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final BlobStore bucket;
    private final Container container;
    private final Deliveries deliveries = new Deliveries(TileFlow.CONTAINER);
    private final Runtime runtime;
    private final Archiver archiver;
    private final ObjectSpace space;
    private final AgentClass<PlanCoordinator, JobState> coordinators;
    private final ObjectClass<ChunkCoordinator> chunked;
    private final Prepared prepared;
    private final Scoped scoped;

    /**
     * Opens everything; jobs that a process before left go on.
     *
     * @param timeline time of the coordinators
     */
    Works(Settings settings, Timeline timeline) throws IOException {
        Path data = Files.createDirectories(settings.data());
        try {
            Store store = keep(Store.open(data.resolve("tile-tar.db"), StoreOptions.defaults()));
            bucket = keep(BlobStore.files(TileFlow.BUCKET, store, data.resolve("tiles")));
            container = new Container(data.resolve("container"));
            Processor processor = keep(new Processor(THREADS));
            Underway underway = new Underway();
            runtime =
                    keep(
                            Runtime.builder()
                                    .capabilities(Capabilities.of(bucket, deliveries))
                                    .listener(underway)
                                    .standstillAfter(settings.bounds().stall())
                                    .build());
            archiver =
                    new Archiver(
                            runtime,
                            new TileFlow(deliveries, processor, settings.bounds().fetch()),
                            deliveries,
                            underway,
                            settings.bounds());
            coordinators =
                    PlanCoordinator.bringing(
                            new DirectDelivery(bucket.reader(), archiver, container),
                            plan -> space().of(coordinators().objects()).named(plan));
            Broker broker = keep(Broker.sqlite(store, BrokerOptions.defaults()));
            ChunkQueues.declare(broker, CHUNK_WAIT);
            BlobWriter partials = bucket.writer(Scope.outside("chunks"));
            chunked = ChunkCoordinator.counting(ChunkQueues.mail(broker, partials));
            space =
                    keep(
                            ObjectSpace.sqlite(
                                    Plans.COORDINATORS,
                                    store,
                                    ObjectOptions.defaults().on(timeline),
                                    List.of(coordinators.objects(), chunked)));
            ChunkWorker worker =
                    new ChunkWorker(
                            partials,
                            archiver,
                            container,
                            plan -> space().of(chunked()).named(plan));
            ChunkQueues.consume(broker, worker).forEach(this::keep);
            prepared = new Prepared(partials, archiver, container, broker, CHUNK_WAIT);
            prepared.consume().forEach(this::keep);
            Puller puller = keep(new Puller(settings.bounds().fetch()));
            scoped = new Scoped(bucket.reader(), container, puller, broker, CHUNK_WAIT);
        } catch (IOException | RuntimeException failure) {
            close();
            throw failure;
        }
    }

    private <C extends AutoCloseable> C keep(C resource) {
        open.push(resource);
        return resource;
    }

    ObjectSpace space() {
        return space;
    }

    AgentClass<PlanCoordinator, JobState> coordinators() {
        return coordinators;
    }

    ObjectClass<ChunkCoordinator> chunked() {
        return chunked;
    }

    BlobStore bucket() {
        return bucket;
    }

    Container container() {
        return container;
    }

    Deliveries deliveries() {
        return deliveries;
    }

    Archiver archiver() {
        return archiver;
    }

    /** The capabilities that what clients ask for needs. */
    Capabilities capabilities() {
        return Capabilities.of(
                bucket, space, prepared.bind(Plans.PREPARATIONS), scoped.bind(Plans.PERMITS));
    }

    Plans plans() {
        return new Plans(coordinators.objects(), chunked);
    }

    /** Lets the container read tiles by links from now on. */
    void admit(Links links) {
        keep(scoped.consume(links));
    }

    /** Takes connections of clients that watch a plan. */
    WireEnds clients() {
        return space.wires(coordinators.objects(), request -> request.parameter("plan"));
    }

    /** Ends what was opened last first: coordinators, archives, the bucket, the store. */
    @Override
    public void close() {
        IllegalStateException failures = new IllegalStateException("something did not close");
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception failure) {
                failures.addSuppressed(failure);
            }
        }
        if (failures.getSuppressed().length > 0) {
            throw failures;
        }
    }
}
