package dev.flowir.examples.tiletar;

import dev.flowir.blob.BlobStore;
import dev.flowir.blob.BlobWriter;
import dev.flowir.examples.serving.Door;
import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.servlet.FlowServlet;
import dev.flowir.servlet.Routes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Links to tiles that the application serves itself. */
class OwnLinksTest extends PullingRules {

    private final BlobStore bucket = BlobStore.memory(TileFlow.BUCKET);
    private final Runtime runtime = Runtime.builder().build();
    private Instant now = Instant.parse("2026-11-22T00:00:00Z");
    private Door door;
    private Links links;

    @BeforeEach
    void open() throws Exception {
        LinkServlet tiles = new LinkServlet(bucket.reader(), this::now);
        FlowServlet none = new FlowServlet(Routes.on(runtime).otherwise(404, "not found"));
        door = Door.open(0, none, Duration.ZERO, Map.of("/tiles", tiles));
        links = tiles.at(door.url().resolve("/tiles"));
    }

    @AfterEach
    void close() throws IOException {
        door.close();
        runtime.close();
        bucket.close();
    }

    @Override
    BlobWriter bucket() {
        return bucket.writer(Scope.outside("test"));
    }

    @Override
    Links links() {
        return links;
    }

    @Override
    Instant now() {
        return now;
    }

    @Override
    void awaitAfter(Instant time) {
        now = time;
    }
}
