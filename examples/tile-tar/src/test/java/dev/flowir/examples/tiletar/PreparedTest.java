package dev.flowir.examples.tiletar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.blob.BlobQuery;
import dev.flowir.blob.BlobStore;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.queue.Broker;
import dev.flowir.queue.BrokerOptions;
import dev.flowir.queue.Subscription;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that are made ahead. */
class PreparedTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PLAN = "house";

    @TempDir Path folder;
    private final BlobStore bucket = BlobStore.memory(TileFlow.BUCKET);
    private final Broker broker = Broker.memory(BrokerOptions.defaults());
    private final Parts parts = new Parts(bucket);
    private Container container;
    private List<Subscription> consumers = List.of();

    @BeforeEach
    void open() throws Exception {
        container = new Container(folder.resolve("container"));
    }

    @AfterEach
    void close() {
        consumers.forEach(Subscription::close);
        broker.close();
        parts.close();
        bucket.close();
    }

    private Manifest prepare() {
        Manifest manifest =
                Parts.fill(bucket.writer(Scope.outside("test")), PLAN, 45, new byte[700]);
        Prepared prepared =
                new Prepared(
                        bucket.writer(Scope.outside("test")),
                        parts.archiver,
                        container,
                        broker,
                        Duration.ofMillis(20));
        broker.sender(Prepared.MAKING, Scope.outside("test")).send(PlanQueue.message(PLAN));
        consumers = prepared.consume();
        return manifest;
    }

    private static void await(BooleanSupplier wanted) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!wanted.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "it does not come");
            LockSupport.parkNanos(5_000_000);
        }
    }

    private int prepared() {
        return bucket.reader().list(BlobQuery.prefix("prepared/")).objects().size();
    }

    @Test
    void r2_29_anArchiveMadeAheadIsStreamedAndThenRemoved() throws Exception {
        Manifest manifest = prepare();
        await(() -> Files.exists(container.archive(PLAN)) && prepared() == 0);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        parts.archiver.send(manifest, 0, expected::write, Progress.IGNORED);
        assertArrayEquals(expected.toByteArray(), Files.readAllBytes(container.archive(PLAN)));
    }

    @Test
    void r2_29_aContainerThatFailsHasNoArchiveMadeAgain() throws Exception {
        Path blocked = container.archive(PLAN).resolve("in the way");
        Files.createDirectories(blocked);
        Manifest manifest = prepare();
        await(() -> broker.admin("marker-detections").status().counts().deliveries() >= 2);
        assertEquals(1, prepared(), "it waits for the container");
        String made = bucket.reader().head(Prepared.key(manifest)).orElseThrow().version();
        bucket.writer(Scope.outside("test")).delete(manifest.tiles().getFirst().key());
        assertEquals(made, bucket.reader().head(Prepared.key(manifest)).orElseThrow().version());
        Files.delete(blocked);
        Files.delete(container.archive(PLAN));
        await(() -> Files.isRegularFile(container.archive(PLAN)) && prepared() == 0);
        assertEquals(1, broker.admin("tar-preparations").status().counts().deliveries());
    }
}
