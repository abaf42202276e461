package dev.flowir.examples.imagepipeline;

import dev.flowir.blob.BlobBody;
import dev.flowir.blob.BlobStore;
import dev.flowir.blob.PutOptions;
import dev.flowir.examples.imagepipeline.Messages.Job;
import dev.flowir.examples.imagepipeline.Messages.Page;
import dev.flowir.http.Egress;
import dev.flowir.http.HttpSettings;
import dev.flowir.http.model.ClassifierEndpoint;
import dev.flowir.http.model.ClassifierSettings;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.limit.Rate;
import dev.flowir.limit.RateLimits;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectOptions;
import dev.flowir.object.ObjectSpace;
import dev.flowir.sql.SqlProvider;
import dev.flowir.store.Store;
import dev.flowir.testing.FlowTest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** What the flow of a picture uses, on a store of a test, made anew for each try. */
final class Parts implements AutoCloseable {

    static final byte[] PICTURE = Bench.png("a cat");

    private final Path folder;
    private final ClassifierEndpoint classifier;
    private final ObjectClass<Organization> organizations =
            Organization.answering(request -> new Page(List.of(), Optional.empty())).objects();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private int tries;

    Parts(Path folder, FakeModel model) {
        this.folder = folder;
        this.classifier =
                ClassifierEndpoint.open(
                        ClassificationFlow.CLASSIFIER,
                        model.url().toString(),
                        ClassifierSettings.workersAi(Settings.PLATFORM_MODEL)
                                .with(
                                        HttpSettings.DEFAULT.with(
                                                Egress.own().withPrivateAddresses()))
                                .withIdempotencyKey());
    }

    ClassificationFlow flows() {
        Instant always = Instant.parse("2026-01-01T00:00:00Z");
        return new ClassificationFlow(
                ClassificationFlow.telling(organizations), always::toEpochMilli);
    }

    static Job job(String name) throws java.security.NoSuchAlgorithmException {
        String eTag =
                HexFormat.of()
                        .formatHex(java.security.MessageDigest.getInstance("MD5").digest(PICTURE));
        String key = Bench.ACME + "/" + name;
        return new Job(
                Identity.ETAG.of(Bench.ACME, key, eTag, ""),
                Bench.ACME,
                name,
                key,
                eTag,
                "",
                0,
                "2026-01-01T00:00:00Z");
    }

    /** A world with a picture in it and a row that says that its run was recorded. */
    FlowTest.World world(Job... jobs) {
        ObjectSpace[] space = new ObjectSpace[1];
        return new FlowTest.World(
                store -> {
                    space[0] = space(store);
                    return capabilities(store, space[0], jobs);
                },
                store -> observed(store, space[0]));
    }

    private ObjectSpace space(Store store) {
        ObjectSpace space =
                ObjectSpace.sqlite(
                        ClassificationFlow.ORGANIZATIONS,
                        store,
                        ObjectOptions.defaults(),
                        List.of(organizations));
        open.push(space);
        return space;
    }

    Capabilities capabilities(Store store, Job... jobs) {
        return capabilities(store, space(store), jobs);
    }

    private Capabilities capabilities(Store store, ObjectSpace space, Job... jobs) {
        store.migrate(Schema.TABLES);
        BlobStore pictures =
                BlobStore.files(
                        ClassificationFlow.PICTURES, store, folder.resolve("try-" + tries++));
        open.push(pictures);
        SqlProvider tables = SqlProvider.on(ClassificationFlow.TABLES, store);
        for (Job job : jobs) {
            pictures.writer(Scope.outside("a test"))
                    .put(job.key(), BlobBody.of(PICTURE), PutOptions.none());
            Classifications.begin(tables.outside("a test"), job, 0);
        }
        return Capabilities.of(
                pictures,
                tables,
                classifier,
                RateLimits.memory(ClassificationFlow.PACE, Rate.of(3000, Duration.ofMinutes(1))),
                space);
    }

    /** Rows, what is paid for, and what clients hear. */
    private Object observed(Store store, ObjectSpace space) {
        var db = SqlProvider.on(ClassificationFlow.TABLES, store).outside("a test");
        return Classifications.page(db, Bench.ACME, Long.MAX_VALUE, 10)
                + " "
                + Queries.metrics(db).classifyCalls()
                + " "
                + Hearing.all(space, organizations, Bench.ACME).texts();
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception failure) {
                throw new AssertionError("a part did not close", failure);
            }
        }
        classifier.close();
    }
}
