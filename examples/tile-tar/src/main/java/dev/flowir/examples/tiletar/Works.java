package dev.flowir.examples.tiletar;

import dev.flowir.blob.BlobStore;
import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.Timeline;
import dev.flowir.kernel.cap.WireEnds;
import dev.flowir.object.ObjectOptions;
import dev.flowir.object.ObjectSpace;
import dev.flowir.object.agent.AgentClass;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Everything behind the door: a bucket, the flow of archives, a coordinator for each plan. */
final class Works implements AutoCloseable {

    /** Platform threads: the fetches of one archive, and what packs. */
    private static final int THREADS = TileFlow.FETCHES + 2;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final BlobStore bucket;
    private final Container container;
    private final Deliveries deliveries = new Deliveries(TileFlow.CONTAINER);
    private final Runtime runtime;
    private final Archiver archiver;
    private final ObjectSpace space;
    private final AgentClass<PlanCoordinator, JobState> coordinators;

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
            space =
                    keep(
                            ObjectSpace.sqlite(
                                    Plans.COORDINATORS,
                                    store,
                                    ObjectOptions.defaults().on(timeline),
                                    List.of(coordinators.objects())));
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
        return Capabilities.of(bucket, space);
    }

    Plans plans() {
        return new Plans(coordinators.objects());
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
