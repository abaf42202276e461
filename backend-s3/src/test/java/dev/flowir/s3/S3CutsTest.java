package dev.flowir.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.blob.Blob;
import dev.flowir.blob.BlobBody;
import dev.flowir.blob.BlobInfo;
import dev.flowir.blob.BlobWriter;
import dev.flowir.blob.RemoteBlobs;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.testing.BadNetwork;
import dev.flowir.testing.S3Server;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A way to a real server that is cut in the middle, and one on which who was first comes last. */
class S3CutsTest {

    private static final int BYTES = 300_000;

    /** In a request's head, at the beginning of the body, inside of it, and close to its end. */
    private static final int[] SENT = {1, 200, 4_000, 100_000, BYTES - 1_000, BYTES};

    /** In the answer's head, and in the body at its beginning, inside and close to its end. */
    private static final int[] ANSWERED = {1, 100, 4_000, 100_000, BYTES - 1_000};

    private static S3Server server;

    @BeforeAll
    static void start(@TempDir Path place) throws IOException {
        server = S3Server.start(place, "bucket");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static byte[] random(long seed) {
        byte[] bytes = new byte[BYTES];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static S3 over(BadNetwork network) {
        return S3.at(Benches.at(URI.create("http://127.0.0.1:" + network.port())));
    }

    private static BlobWriter writer(RemoteBlobs blobs) {
        return blobs.writer(Scope.outside("test"));
    }

    @Test
    void aPutThatIsCutAnywhereLeavesTheOldObjectOrAllOfTheNewOne() throws IOException {
        byte[] old = random(1);
        byte[] fresh = random(2);
        try (BadNetwork network = BadNetwork.before(server.port(), Duration.ZERO);
                S3 s3 = over(network);
                RemoteBlobs blobs = s3.blobs("b", "bucket")) {
            BlobWriter writer = writer(blobs);
            for (int after : SENT) {
                BlobInfo before = writer.put("put", BlobBody.of(old));
                network.cutAfterSent(after);
                S3CallException cut =
                        assertThrows(
                                S3CallException.class,
                                () -> writer.put("put", BlobBody.of(fresh)),
                                () -> "cut after " + after + " bytes");
                assertEquals(S3Fault.NO_ANSWER, cut.fault(), cut::toString);
                assertEquals(before, writer.head("put").orElseThrow(), "cut after " + after);
                assertArrayEquals(old, writer.get("put").orElseThrow().bytes());
            }
            network.cutAfterAnswered(1); // it was done, and the caller does not hear so
            assertThrows(S3CallException.class, () -> writer.put("put", BlobBody.of(fresh)));
            assertArrayEquals(fresh, writer.get("put").orElseThrow().bytes());
            assertEquals(0, s3.stats().underWay());
        }
    }

    @Test
    void aGetThatIsCutAnywhereNeverLooksLikeAWholeObject() throws IOException {
        byte[] content = random(3);
        try (BadNetwork network = BadNetwork.before(server.port(), Duration.ZERO);
                S3 s3 = over(network);
                RemoteBlobs blobs = s3.blobs("b", "bucket")) {
            writer(blobs).put("get", BlobBody.of(content));
            for (int after : ANSWERED) {
                network.cutAfterAnswered(after);
                S3CallException cut = cut(blobs);
                assertEquals(S3Fault.NO_ANSWER, cut.fault(), cut::toString);
                assertEquals(0, s3.stats().openObjects());
                assertArrayEquals(content, blobs.reader().get("get").orElseThrow().bytes());
            }
        }
    }

    /** What opening it or reading it ends in. */
    private static S3CallException cut(RemoteBlobs blobs) {
        Exception seen =
                assertThrows(
                        Exception.class,
                        () -> {
                            try (Blob blob = blobs.reader().get("get").orElseThrow()) {
                                assertEquals(BYTES, blob.stream().readAllBytes().length);
                            }
                        });
        return assertInstanceOf(
                S3CallException.class, seen instanceof IOException ? seen.getCause() : seen);
    }

    /** The slow one was sent first: what each is told is what the server did for it. */
    @Test
    void answersThatComeInAnotherOrderAreOfTheirOwnCalls() throws Exception {
        try (BadNetwork late = BadNetwork.before(server.port(), Duration.ofMillis(300));
                BadNetwork soon = BadNetwork.before(server.port(), Duration.ZERO);
                S3 slow = over(late);
                S3 quick = over(soon);
                RemoteBlobs behind = slow.blobs("b", "bucket");
                RemoteBlobs ahead = quick.blobs("b", "bucket")) {
            CountDownLatch begun = new CountDownLatch(1);
            FutureTask<BlobInfo> first =
                    new FutureTask<>(() -> {
                        begun.countDown();
                        return writer(behind).put("order", BlobBody.of("first"));
                    });
            Thread.ofVirtual().start(first);
            assertTrue(begun.await(60, TimeUnit.SECONDS));
            BlobInfo second = writer(ahead).put("order", BlobBody.of("second!"));
            assertEquals(7, second.size());
            BlobInfo last = first.get(60, TimeUnit.SECONDS);
            assertEquals(5, last.size());
            BlobInfo there = ahead.reader().head("order").orElseThrow();
            assertTrue(there.equals(last) || there.equals(second), there::toString);
            assertEquals(
                    there.size() == 5 ? "first" : "second!",
                    ahead.reader().get("order").orElseThrow().text());
        }
    }
}
