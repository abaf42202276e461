package dev.flowir.examples.tiletar;

import dev.flowir.blob.BlobGrant;
import dev.flowir.blob.BlobWriter;
import dev.flowir.blob.RemoteBlobs;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.s3.S3;
import dev.flowir.s3.S3Login;
import dev.flowir.s3.S3Settings;
import dev.flowir.testing.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Links to tiles on S3: the container asks the server, and the application is not in between. */
class S3LinksTest extends PullingRules {

    private static S3Server server;
    private static int buckets;

    private String name;
    private S3 s3;
    private RemoteBlobs bucket;

    @BeforeAll
    static void serve(@TempDir Path folder) throws IOException {
        server = S3Server.start(folder);
    }

    @AfterAll
    static void leave() {
        server.close();
    }

    @BeforeEach
    void open() throws IOException {
        name = "tiles-" + buckets++;
        server.createBucket(name);
        s3 =
                S3.at(
                        S3Settings.at(
                                server.endpoint(),
                                S3Login.keys(S3Server.KEY_ID, () -> S3Server.KEY_SECRET)));
        bucket = s3.blobs(TileFlow.BUCKET, name);
    }

    @AfterEach
    void close() {
        bucket.close();
        s3.close();
    }

    @Override
    BlobWriter bucket() {
        return bucket.writer(Scope.outside("test"));
    }

    @Override
    Links links() {
        return (key, until) ->
                s3.link(
                        name,
                        BlobGrant.of(BlobGrant.Method.GET, name, key, until),
                        InstantSource.system());
    }

    @Override
    Instant now() {
        return Instant.now();
    }

    @Override
    void awaitAfter(Instant time) {
        while (now().isBefore(time)) {
            LockSupport.parkNanos(20_000_000);
        }
    }
}
