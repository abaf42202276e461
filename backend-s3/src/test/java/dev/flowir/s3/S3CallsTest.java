package dev.flowir.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.blob.Blob;
import dev.flowir.blob.BlobAction;
import dev.flowir.blob.BlobBody;
import dev.flowir.blob.BlobEvent;
import dev.flowir.blob.BlobException;
import dev.flowir.blob.BlobFault;
import dev.flowir.blob.BlobGrant;
import dev.flowir.blob.BlobWriter;
import dev.flowir.blob.EventRule;
import dev.flowir.blob.RemoteBlobs;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of single calls. */
class S3CallsTest {

    private static final EventRule ALL =
            EventRule.on("all", BlobAction.Kind.OBJECT_CREATE, BlobAction.Kind.OBJECT_DELETE);

    private static BlobWriter writer(RemoteBlobs blobs) {
        return blobs.writer(Scope.outside("test"));
    }

    @Test
    void eachCallIsSentOnceAndAFailureOfTheServerIsNamed() throws IOException {
        try (WireS3 server = new WireS3();
                S3 s3 = S3.at(Benches.at(server.endpoint()));
                RemoteBlobs blobs = s3.blobs("b", "bucket")) {
            BlobWriter writer = writer(blobs);
            for (int status : new int[] {500, 503, 429}) {
                server.fail(status);
                int before = server.requests();
                S3CallException failure =
                        assertThrows(
                                S3CallException.class, () -> writer.put("k", BlobBody.of("x")));
                assertEquals(S3Fault.NOT_READY, failure.fault());
                assertTrue(failure.isRetriable());
                assertTrue(String.valueOf(failure.getMessage()).startsWith("[BUCKET302]"));
                assertEquals(before + 1, server.requests());
            }
            server.fail(507);
            assertEquals(S3Fault.FULL, fault(() -> writer.put("k", BlobBody.of("x"))));
            server.fail(403);
            assertEquals(S3Fault.DENIED, fault(() -> writer.get("k")));
            assertInstanceOf(S3Health.Silent.class, s3.health("bucket"));
            server.fail(0);
            assertInstanceOf(S3Health.Answers.class, s3.health("bucket"));
            assertEquals(0, s3.stats().underWay());
            assertEquals(0, s3.stats().unanswered());
        }
    }

    private static S3Fault fault(org.junit.jupiter.api.function.Executable call) {
        return assertThrows(S3CallException.class, call).fault();
    }

    @Test
    void whoIsNotThereIsAway() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (S3 s3 = S3.at(Benches.at(URI.create("http://127.0.0.1:" + port)))) {
            assertEquals(S3Fault.AWAY, fault(() -> s3.blobs("b", "bucket")));
            assertEquals(1, s3.stats().refused());
        }
    }

    @Test
    void anOpenObjectHoldsAConnectionAndTheNextCallIsRefusedInTime() throws IOException {
        Duration patience = Duration.ofSeconds(60);
        try (WireS3 server = new WireS3();
                S3 s3 =
                        S3.at(
                                Benches.at(server.endpoint())
                                        .connections(1)
                                        .with(
                                                new S3Patience(
                                                        patience,
                                                        Duration.ofMillis(50),
                                                        patience,
                                                        1024)));
                RemoteBlobs blobs = s3.blobs("b", "bucket")) {
            BlobWriter writer = writer(blobs);
            writer.put("k", BlobBody.of(new byte[1_000_000]));
            try (Blob open = writer.get("k").orElseThrow()) {
                assertEquals(1_000_000, open.length());
                assertEquals(S3Fault.TOO_MUCH_UNDER_WAY, fault(() -> writer.head("k")));
            }
            assertTrue(writer.head("k").isPresent());
        }
    }

    @Test
    void aClosedConnectionRefuses() throws IOException {
        try (WireS3 server = new WireS3()) {
            S3 s3 = S3.at(Benches.at(server.endpoint()));
            RemoteBlobs blobs = s3.blobs("b", "bucket");
            s3.close();
            s3.close();
            assertEquals(S3Fault.CLOSED, fault(() -> blobs.reader().head("k")));
            blobs.close();
            BlobException refusal =
                    assertThrows(BlobException.class, () -> blobs.reader().head("k"));
            assertEquals(BlobFault.CLOSED, refusal.fault());
        }
    }

    /** The server has stored it, and the writer has not heard so: what it noted before tells. */
    @Test
    void aWriteThatWasDoneAndNotAnsweredIsToldOfLater(@TempDir Path folder) throws Exception {
        List<BlobEvent> told = new CopyOnWriteArrayList<>();
        try (WireS3 server = new WireS3()) {
            try (Store store = Store.open(folder.resolve("s.db"), StoreOptions.defaults());
                    S3 s3 = S3.at(Benches.at(server.endpoint()));
                    RemoteBlobs blobs = s3.blobs("b", "bucket").notingIn(store)) {
                blobs.events().connect(ALL, told::addAll);
                server.mute();
                BlobWriter writer = writer(blobs);
                assertEquals(S3Fault.NO_ANSWER, fault(() -> writer.put("done", BlobBody.of("x"))));
                assertEquals(1, s3.stats().unanswered());
                assertEquals(1, blobs.events().pending());
                server.speak();
            }
            assertEquals(List.of(), told);
            try (Store store = Store.open(folder.resolve("s.db"), StoreOptions.defaults());
                    S3 s3 = S3.at(Benches.at(server.endpoint()));
                    RemoteBlobs blobs = s3.blobs("b", "bucket").notingIn(store)) {
                blobs.events().connect(ALL, told::addAll);
                blobs.settle();
                assertTrue(blobs.events().awaitDelivered(Duration.ofSeconds(60)));
                assertEquals(0, blobs.events().pending());
            }
            assertEquals(List.of("done"), told.stream().map(BlobEvent::key).toList());
            assertEquals(1, told.get(0).size().orElseThrow());
        }
    }

    @Test
    void aLinkHasBoundsAndNoSecret() throws IOException {
        try (WireS3 server = new WireS3();
                S3 s3 = S3.at(Benches.at(server.endpoint()))) {
            InstantSource clock = InstantSource.system();
            BlobGrant grant =
                    BlobGrant.of(
                            BlobGrant.Method.GET,
                            "b",
                            "a/b c",
                            clock.instant().plus(Duration.ofHours(1)));
            String link = s3.link("bucket", grant, clock).toString();
            assertTrue(link.contains("/bucket/a/b%20c?"), link);
            assertFalse(link.contains(dev.flowir.testing.S3Server.KEY_SECRET));
            for (BlobGrant wrong :
                    List.of(
                            grant.maxBytes(1),
                            BlobGrant.of(grant.method(), "b", "k", clock.instant()),
                            BlobGrant.of(
                                    grant.method(),
                                    "b",
                                    "k",
                                    clock.instant().plus(Duration.ofDays(8))))) {
                BlobException refusal =
                        assertThrows(BlobException.class, () -> s3.link("bucket", wrong, clock));
                assertEquals(BlobFault.INVALID_ARGUMENT, refusal.fault());
            }
        }
    }
}
