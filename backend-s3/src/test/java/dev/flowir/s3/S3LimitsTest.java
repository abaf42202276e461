package dev.flowir.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.blob.Blob;
import dev.flowir.blob.BlobBody;
import dev.flowir.blob.BlobWriter;
import dev.flowir.blob.RemoteBlobs;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.testing.BadNetwork;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Bounds and times of settings, on both sides. */
class S3LimitsTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(50);

    private static S3Settings settings() {
        return S3Settings.at(URI.create("http://127.0.0.1:1"), S3Login.surroundings());
    }

    @Test
    void connectionsAndCallsHaveBounds() {
        assertEquals(50, settings().connections());
        assertEquals(1, settings().connections(1).connections());
        assertEquals(1000, settings().connections(1000).connections());
        assertEquals(1000, settings().calls());
        assertEquals(1, settings().calls(1).calls());
        assertEquals(100_000, settings().calls(100_000).calls());
        for (int wrong : new int[] {0, 1001}) {
            assertThrows(IllegalArgumentException.class, () -> settings().connections(wrong));
        }
        for (int wrong : new int[] {0, 100_001}) {
            assertThrows(IllegalArgumentException.class, () -> settings().calls(wrong));
        }
    }

    @Test
    void timesAreAMillisecondAtLeastAndABodyHasTimeForItsBytes() {
        Duration least = Duration.ofMillis(1);
        assertEquals(least, new S3Patience(least, least, least, 1).answer());
        Duration less = Duration.ofNanos(999_999);
        for (Duration[] wrong :
                List.of(
                        new Duration[] {less, least, least},
                        new Duration[] {least, less, least},
                        new Duration[] {least, least, less})) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new S3Patience(wrong[0], wrong[1], wrong[2], 1));
        }
        assertThrows(IllegalArgumentException.class, () -> new S3Patience(least, least, least, 0));
        S3Patience usual = S3Patience.defaults();
        assertEquals(Duration.ofSeconds(30), usual.sending(256 * 1024 - 1));
        assertEquals(Duration.ofSeconds(31), usual.sending(256 * 1024));
    }

    /** A socket whose line of callers is full takes no connection, and refuses none. */
    @Test
    void whoDoesNotTakeAConnectionInTimeIsAway() throws IOException {
        List<Socket> inLine = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetSocketAddress address =
                    new InetSocketAddress(full.getInetAddress(), full.getLocalPort());
            fill(inLine, address);
            URI endpoint = URI.create("http://127.0.0.1:" + full.getLocalPort());
            try (S3 s3 =
                    S3.at(Benches.at(endpoint).with(new S3Patience(SHORT, LONG, LONG, 1024)))) {
                S3CallException away =
                        assertThrows(S3CallException.class, () -> s3.blobs("b", "bucket"));
                assertEquals(S3Fault.AWAY, away.fault());
                assertEquals(1, s3.stats().refused());
            }
        } finally {
            for (Socket socket : inLine) {
                socket.close();
            }
        }
    }

    private static void fill(List<Socket> inLine, InetSocketAddress address) {
        try {
            while (true) {
                Socket socket = new Socket();
                inLine.add(socket);
                socket.connect(address, 200);
            }
        } catch (IOException full) {
            assertTrue(inLine.size() > 1, full::toString);
        }
    }

    private static RemoteBlobs bind(S3 s3) {
        return s3.blobs("b", "bucket");
    }

    private static BlobWriter writer(RemoteBlobs blobs) {
        return blobs.writer(Scope.outside("test"));
    }

    @Test
    void aCallWaitsForAConnectionThatBecomesFree() throws Exception {
        try (WireS3 server = new WireS3();
                S3 s3 = S3.at(Benches.at(server.endpoint()).connections(1));
                RemoteBlobs blobs = bind(s3)) {
            BlobWriter writer = writer(blobs);
            writer.put("k", BlobBody.of(new byte[1_000_000]));
            FutureTask<Boolean> waiting;
            try (Blob open = writer.get("k").orElseThrow()) {
                assertEquals(1_000_000, open.length());
                assertEquals(1, s3.stats().openObjects());
                waiting = new FutureTask<>(() -> writer.head("k").isPresent());
                Thread.ofVirtual().start(waiting);
                awaitUnderWay(s3);
            }
            assertTrue(waiting.get(LONG.toSeconds(), TimeUnit.SECONDS));
            assertEquals(0, s3.stats().openObjects());
        }
    }

    private static void awaitUnderWay(S3 s3) {
        long end = System.nanoTime() + LONG.toNanos();
        while (s3.stats().underWay() == 0 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertEquals(1, s3.stats().underWay());
    }

    @Test
    void anObjectThatWasReadToItsEndLeavesItsConnectionToOthers() throws IOException {
        try (WireS3 server = new WireS3();
                S3 s3 = S3.at(Benches.at(server.endpoint()).connections(1));
                RemoteBlobs blobs = bind(s3)) {
            BlobWriter writer = writer(blobs);
            writer.put("k", BlobBody.of(new byte[300_000]));
            try (Blob open = writer.get("k").orElseThrow()) {
                assertEquals(300_000, open.stream().readAllBytes().length);
                assertEquals(0, s3.stats().openObjects());
                assertTrue(writer.head("k").isPresent());
            }
        }
    }

    /** As many as may be wait; one more is refused at once and holds nothing. */
    @Test
    void callsUnderWayAreBounded() throws Exception {
        try (WireS3 server = new WireS3();
                S3 s3 = S3.at(Benches.at(server.endpoint()).connections(1).calls(2));
                RemoteBlobs blobs = bind(s3)) {
            BlobWriter writer = writer(blobs);
            writer.put("k", BlobBody.of(new byte[1_000_000]));
            List<FutureTask<Boolean>> waiting = new ArrayList<>();
            try (Blob open = writer.get("k").orElseThrow()) {
                assertEquals(1_000_000, open.length());
                for (int i = 1; i <= 2; i++) {
                    FutureTask<Boolean> head = new FutureTask<>(() -> writer.head("k").isPresent());
                    waiting.add(head);
                    Thread.ofVirtual().start(head);
                }
                long end = System.nanoTime() + LONG.toNanos();
                while (s3.stats().underWay() < 2 && System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
                S3CallException refused =
                        assertThrows(
                                S3CallException.class, () -> writer.put("k2", BlobBody.of("x")));
                assertEquals(S3Fault.TOO_MUCH_UNDER_WAY, refused.fault());
                assertEquals(2, s3.stats().underWay());
            }
            for (FutureTask<Boolean> head : waiting) {
                assertTrue(head.get(LONG.toSeconds(), TimeUnit.SECONDS));
            }
            writer.put("k2", BlobBody.of("x"));
        }
    }

    @Test
    void anAnswerThatIsLateButInTimeIsAnAnswer() throws IOException {
        try (WireS3 server = new WireS3();
                BadNetwork slow =
                        BadNetwork.before(server.endpoint().getPort(), Duration.ofMillis(20));
                S3 s3 = S3.at(Benches.at(URI.create("http://127.0.0.1:" + slow.port())));
                RemoteBlobs blobs = bind(s3)) {
            writer(blobs).put("k", BlobBody.of(new byte[100_000]));
            assertEquals(100_000, blobs.reader().head("k").orElseThrow().size());
        }
    }
}
