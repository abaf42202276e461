package dev.flowir.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.blob.Blob;
import dev.flowir.blob.BlobBody;
import dev.flowir.blob.BlobGrant;
import dev.flowir.blob.BlobInfo;
import dev.flowir.blob.BlobWriter;
import dev.flowir.blob.RemoteBlobs;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.testing.S3Server;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed, frozen, full, or does not know who calls. */
class S3ServerTest {

    private static final int MEBIBYTE = 1024 * 1024;
    private static final String WRONG = "wrong-secret-that-nobody-writes-down";

    private static S3Server server;

    @BeforeAll
    static void start(@TempDir Path place) throws IOException {
        server = S3Server.start(place, "bucket");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static S3 connect() {
        return S3.at(Benches.at(server.endpoint()));
    }

    private static BlobWriter writer(RemoteBlobs blobs) {
        return blobs.writer(Scope.outside("test"));
    }

    /** Does something when so many bytes were read. */
    private static final class Midway extends FilterInputStream {
        private final Runnable then;
        private long left;

        Midway(long bytes, long after, Runnable then) {
            super(new Plenty(bytes));
            this.left = after;
            this.then = then;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int got = super.read(into, offset, length);
            boolean before = left > 0;
            left -= got;
            if (before && left <= 0) {
                then.run();
            }
            return got;
        }
    }

    /** So many bytes that nobody keeps. */
    static final class Plenty extends InputStream {
        private long left;

        Plenty(long bytes) {
            this.left = bytes;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (left == 0) {
                return -1;
            }
            int got = (int) Math.min(length, left);
            java.util.Arrays.fill(into, offset, offset + got, (byte) 'x');
            left -= got;
            return got;
        }
    }

    @Test
    void aServerThatIsKilledMidwayLeavesTheOldObjectAndSaysSo() throws IOException {
        try (S3 s3 = connect();
                RemoteBlobs blobs = s3.blobs("b", "bucket")) {
            BlobWriter writer = writer(blobs);
            BlobInfo old = writer.put("k", BlobBody.of("old"));
            long size = 16L * MEBIBYTE;
            S3CallException put =
                    assertThrows(
                            S3CallException.class,
                            () ->
                                    writer.put(
                                            "k",
                                            BlobBody.of(
                                                    new Midway(size, 4L * MEBIBYTE, server::kill),
                                                    size)));
            assertEquals(S3Fault.NO_ANSWER, put.fault());
            assertEquals(
                    S3Fault.AWAY,
                    assertThrows(S3CallException.class, () -> writer.head("k")).fault());
            server.startAgain();
            assertEquals(old, writer.head("k").orElseThrow());

            writer.put("large", BlobBody.of(new Plenty(size), size));
            try (Blob open = writer.get("large").orElseThrow()) {
                open.stream().readNBytes(MEBIBYTE);
                server.kill();
                IOException cut =
                        assertThrows(IOException.class, () -> open.stream().readAllBytes());
                assertInstanceOf(S3CallException.class, cut.getCause());
                assertTrue(String.valueOf(cut.getMessage()).startsWith("[BUCKET201]"));
            } finally {
                server.startAgain();
            }
        }
    }

    @Test
    void aFrozenServerIsGivenUpInTime() throws IOException {
        Duration patience = Duration.ofSeconds(60);
        S3Settings hasty =
                Benches.at(server.endpoint())
                        .with(
                                new S3Patience(
                                        patience, patience, Duration.ofSeconds(1), 16L * MEBIBYTE));
        try (S3 calm = connect();
                S3 s3 = S3.at(hasty);
                RemoteBlobs patient = calm.blobs("b", "bucket")) {
            BlobInfo old = writer(patient).put("k", BlobBody.of("old"));
            RemoteBlobs blobs = bind(s3);
            BlobWriter writer = writer(blobs);
            server.freeze();
            assertEquals(
                    S3Fault.NO_ANSWER,
                    assertThrows(S3CallException.class, () -> writer.head("k")).fault());
            S3CallException put =
                    assertThrows(
                            S3CallException.class,
                            () ->
                                    writer.put(
                                            "k",
                                            BlobBody.of(
                                                    new Plenty(16L * MEBIBYTE), 16L * MEBIBYTE)));
            assertEquals(S3Fault.NO_ANSWER, put.fault());
            server.thaw();
            assertEquals(old, writer(patient).head("k").orElseThrow());
        }
    }

    /** A server that has just started may be slower than a hasty caller likes. */
    static RemoteBlobs bind(S3 s3) {
        for (int tries = 0; tries < 30; tries++) {
            try {
                return s3.blobs("b", "bucket");
            } catch (S3CallException e) {
                assertTrue(e.isRetriable(), () -> "not an answer that comes late: " + e);
            }
        }
        throw new AssertionError("the server does not answer within a second");
    }

    @Test
    void aFullServerKeepsTheOldObject(@TempDir Path folder) throws IOException {
        int most = 16 * 1024; // files of at most 8 MiB
        try (S3Server full = S3Server.start(folder, most, "bucket");
                S3 s3 = S3.at(Benches.at(full.endpoint()));
                RemoteBlobs blobs = s3.blobs("b", "bucket")) {
            BlobWriter writer = writer(blobs);
            BlobInfo old = writer.put("k", BlobBody.of("old"));
            S3CallException refusal =
                    assertThrows(
                            S3CallException.class,
                            () ->
                                    writer.put(
                                            "k",
                                            BlobBody.of(
                                                    new Plenty(12L * MEBIBYTE), 12L * MEBIBYTE)));
            assertTrue(refusal.isRetriable(), refusal::toString);
            assertEquals(old, writer.head("k").orElseThrow());
            writer.put("small", BlobBody.of("y"));
        }
    }

    @Test
    void aSecretIsInNoText() throws IOException {
        StringBuilder logged = new StringBuilder();
        Handler all = new Kept(logged);
        Logger root = Logger.getLogger("");
        Level before = root.getLevel();
        root.addHandler(all);
        root.setLevel(Level.ALL);
        StringWriter texts = new StringWriter();
        try (S3 s3 = connect();
                S3 other =
                        S3.at(
                                S3Settings.at(
                                        server.endpoint(),
                                        S3Login.keys(S3Server.KEY_ID, () -> WRONG)));
                RemoteBlobs blobs = s3.blobs("b", "bucket")) {
            writer(blobs).put("k", BlobBody.of("x"));
            S3CallException denied =
                    assertThrows(S3CallException.class, () -> other.blobs("b", "bucket"));
            assertEquals(S3Fault.DENIED, denied.fault());
            denied.printStackTrace(new PrintWriter(texts));
            texts.append(s3.toString()).append(Benches.at(server.endpoint()).toString());
        } finally {
            root.removeHandler(all);
            root.setLevel(before);
        }
        for (String secret : new String[] {WRONG, S3Server.KEY_SECRET}) {
            assertFalse(texts.toString().contains(secret));
            assertFalse(logged.toString().contains(secret));
        }
        assertTrue(logged.length() > 0, "nothing was logged, so nothing was looked at");
    }

    /** Keeps all that is logged. */
    private static final class Kept extends Handler {
        private final StringBuilder text;

        Kept(StringBuilder text) {
            this.text = text;
            setLevel(Level.ALL);
        }

        @Override
        public synchronized void publish(LogRecord record) {
            text.append(record.getMessage()).append(' ');
            if (record.getParameters() != null) {
                text.append(java.util.Arrays.toString(record.getParameters()));
            }
            StringWriter trace = new StringWriter();
            if (record.getThrown() != null) {
                record.getThrown().printStackTrace(new PrintWriter(trace));
            }
            text.append(trace).append('\n');
        }

        @Override
        public void flush() {
            // it is in memory
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    @Test
    void whatALinkStoresIsReadLikeAnyObject() throws Exception {
        InstantSource clock = InstantSource.system();
        try (S3 s3 = connect();
                RemoteBlobs blobs = s3.blobs("b", "bucket");
                HttpClient http = HttpClient.newHttpClient()) {
            URI put =
                    s3.link(
                            "bucket",
                            BlobGrant.of(
                                    BlobGrant.Method.PUT,
                                    "b",
                                    "k",
                                    clock.instant().plusSeconds(600)),
                            clock);
            HttpResponse<String> stored =
                    http.send(
                            HttpRequest.newBuilder(put)
                                    .PUT(HttpRequest.BodyPublishers.ofString("by link"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertEquals(200, stored.statusCode(), stored.body());
            assertEquals("by link", blobs.reader().get("k").orElseThrow().text());
            BlobInfo info = blobs.reader().head("k").orElseThrow();
            assertEquals(7, info.size());
            assertFalse(info.version().isEmpty());
            URI get =
                    s3.link(
                            "bucket",
                            BlobGrant.of(
                                    BlobGrant.Method.GET,
                                    "b",
                                    "k",
                                    clock.instant().plusSeconds(600)),
                            clock);
            HttpResponse<String> read =
                    http.send(
                            HttpRequest.newBuilder(get).build(),
                            HttpResponse.BodyHandlers.ofString());
            assertEquals("by link", read.body());
        }
    }

    /** 40 MiB each way through a heap of 32 MiB, in a process of its own. */
    @Test
    void bytesPassWithoutBeingHeld() throws Exception {
        Process pump =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx32m",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Pump.class.getName(),
                                server.endpoint().toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(pump.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, pump.waitFor(), said);
        assertTrue(said.contains("passed " + Pump.BYTES), said);
    }
}
