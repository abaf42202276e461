package dev.flowir.examples.tiletar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.blob.BlobBody;
import dev.flowir.blob.BlobWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A container that reads tiles by links: the same wherever the bucket is. */
abstract class PullingRules {

    private static final int TILES = 45;

    private final Puller puller = new Puller(Duration.ofSeconds(30));

    /** A bucket, empty for each test, whose links this is about. */
    abstract BlobWriter bucket();

    abstract Links links();

    /** The time that links are told by. */
    abstract Instant now();

    /** Comes back when that time has come. */
    abstract void awaitAfter(Instant time) throws InterruptedException;

    @AfterEach
    void closePuller() {
        puller.close();
    }

    private Permit permit(Duration good) {
        Manifest manifest = Parts.fill(bucket(), "house", TILES, new byte[700]);
        return Permit.of(manifest, links(), now().plus(good));
    }

    private byte[] pull(Permit permit, long from) throws IOException, InterruptedException {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        puller.pull(permit, from, archive::write);
        return archive.toByteArray();
    }

    private static byte[] expected(Permit permit) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        List<Messages.Tile> tiles =
                permit.tiles().stream()
                        .map(grant -> new Messages.Tile(grant.tile(), new byte[700]))
                        .toList();
        whole.writeBytes(TileFlow.entries(tiles));
        whole.writeBytes(TarWriter.trailer());
        return whole.toByteArray();
    }

    @Test
    void r2_31_theContainerMakesTheSameArchiveByLinksAlone() throws Exception {
        Permit permit = permit(Duration.ofMinutes(5));
        byte[] archive = pull(permit, 0);
        assertArrayEquals(expected(permit), archive);
        for (int from : new int[] {1, 511, 24_000, 24_577, archive.length - 600, archive.length}) {
            assertArrayEquals(
                    Arrays.copyOfRange(archive, from, archive.length),
                    pull(permit, from),
                    "from " + from);
        }
    }

    @Test
    void r2_31_aLinkIsGoodForItsTime() throws Exception {
        Permit permit = permit(Duration.ofSeconds(2));
        awaitAfter(now().plusSeconds(3));
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        IOException over =
                assertThrows(IOException.class, () -> puller.pull(permit, 0, archive::write));
        assertTrue(
                over.getMessage().endsWith("may not be read by its link any more"),
                over::getMessage);
        assertEquals(0, archive.size());
        Permit again = Permit.of(Manifest.of(bucket(), "house"), links(), now().plusSeconds(60));
        assertEquals(again.archive().bytes(), pull(again, 0).length, "new links are good");
    }

    @Test
    void r2_31_aLinkIsForOneTileAndForReading() throws Exception {
        Permit permit = permit(Duration.ofMinutes(5));
        String link = permit.tiles().getFirst().link().toString();
        String own = Synthetic.name(0).replaceAll(".*/", "");
        assertTrue(link.contains(own), link);
        URI other = URI.create(link.replace(own, Synthetic.name(1).replaceAll(".*/", "")));
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertEquals(200, status(http, HttpRequest.newBuilder(URI.create(link))));
            assertEquals(403, status(http, HttpRequest.newBuilder(other)));
            URI unsigned = URI.create(link.replaceAll("[?&](X-Amz-Signature|signature)=[^&]*", ""));
            assertTrue(status(http, HttpRequest.newBuilder(unsigned)) >= 400);
            int written =
                    status(
                            http,
                            HttpRequest.newBuilder(URI.create(link))
                                    .PUT(HttpRequest.BodyPublishers.ofString("mine")));
            assertTrue(written >= 400, "status " + written);
        }
        assertEquals(permit.archive().bytes(), pull(permit, 0).length);
        assertFalse(permit.toString().contains("ignature"), permit::toString);
    }

    private static int status(HttpClient http, HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    @Test
    void r2_31_noOtherTileComesInATilesPlace() {
        Permit permit = permit(Duration.ofMinutes(5));
        TileRef last = permit.tiles().getLast().tile();
        byte[] other = new byte[700];
        other[0] = 1;
        bucket().put(last.key(), BlobBody.of(other));
        IOException changed = assertThrows(IOException.class, () -> pull(permit, 0));
        assertEquals(
                "'" + last.name() + "' has changed since its archive was begun",
                changed.getMessage());
        bucket().delete(last.key());
        IOException gone = assertThrows(IOException.class, () -> pull(permit, 0));
        assertTrue(gone.getMessage().contains(last.name()), gone::getMessage);
    }
}
