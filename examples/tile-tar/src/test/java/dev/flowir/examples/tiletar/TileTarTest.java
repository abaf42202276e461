package dev.flowir.examples.tiletar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.blob.BlobWriter;
import dev.flowir.kernel.cap.Scope;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of it over HTTP, on a real Jetty. */
class TileTarTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int TILES = 177;

    @TempDir Path folder;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private TileTar running;

    @BeforeEach
    void start() throws Exception {
        running = TileTar.start(new Settings(0, folder, Settings.Bounds.USUAL));
    }

    @AfterEach
    void stop() throws IOException {
        running.close();
        http.shutdownNow();
    }

    private HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(running.url().resolve(path)).timeout(PATIENCE);
    }

    private HttpResponse<String> post(String path) throws Exception {
        return http.send(
                at(path).POST(HttpRequest.BodyPublishers.noBody()).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = at(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void r2_05_aPlanIsDrawnSentAndLoaded() throws Exception {
        HttpResponse<String> drawn = post("/plans/house/tiles");
        assertEquals("{\"plan\":\"house\",\"tiles\":177}", drawn.body());
        assertTrue(post("/plans/house/detections").body().contains("\"status\":\"running\""));
        String state = awaitComplete();
        assertTrue(state.contains("\"done\":177,\"total\":177"), state);
        HttpResponse<byte[]> loaded = get("/archives/house.tar");
        assertEquals(200, loaded.statusCode());
        assertEquals("177", loaded.headers().firstValue("x-tiles").orElseThrow());
        assertEquals(
                TILES,
                TarCheck.read(new ByteArrayInputStream(loaded.body()), TILES, (name, content) -> {})
                        .size());
        assertArrayEquals(
                loaded.body(), Files.readAllBytes(running.works().container().archive("house")));
        assertEquals(200, get("/").statusCode());
        assertEquals(200, get("/app.js").statusCode());
    }

    @Test
    void r2_23_aPlanIsSentInChunks() throws Exception {
        Manifest manifest = fill("house", 61, 500);
        String begun = post("/plans/house/chunked-detections").body();
        assertTrue(begun.contains("\"way\":\"chunks\""), begun);
        assertTrue(begun.contains("\"chunks\":3"), begun);
        awaitComplete("/plans/house/chunks");
        assertArrayEquals(
                get("/archives/house.tar").body(),
                Files.readAllBytes(running.works().container().archive("house")));
        assertEquals(61, manifest.tiles().size());
    }

    @Test
    void r2_29_aPlanIsPreparedAndSent() throws Exception {
        awaitArchive("prepared");
    }

    @Test
    void r2_31_theContainerReadsAPlanByLinks() throws Exception {
        awaitArchive("scoped");
        assertEquals(403, get("/tiles").statusCode(), "without a signature");
        assertEquals(403, get("/tiles?key=house/one&signature=none").statusCode());
    }

    private void awaitArchive(String way) throws Exception {
        fill("house", 45, 500);
        String begun = post("/plans/house/" + way + "-detections").body();
        assertTrue(begun.contains("\"way\":\"" + way + "\""), begun);
        Path archive = running.works().container().archive("house");
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(archive)) {
            assertTrue(System.nanoTime() < end, "it does not come");
            LockSupport.parkNanos(20_000_000);
        }
        assertArrayEquals(get("/archives/house.tar").body(), Files.readAllBytes(archive));
    }

    @Test
    void r2_25_aPlanOfThirtyTilesIsSentInOneGo() throws Exception {
        fill("small", 30, 500);
        String begun = post("/plans/small/chunked-detections").body();
        assertTrue(begun.contains("\"way\":\"direct\""), begun);
        awaitComplete("/plans/small");
    }

    private String awaitComplete() throws Exception {
        return awaitComplete("/plans/house");
    }

    private String awaitComplete(String path) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String state = text(get(path));
        while (!state.contains("\"status\":\"complete\"")) {
            assertTrue(System.nanoTime() < end, state);
            LockSupport.parkNanos(20_000_000);
            state = text(get(path));
        }
        return state;
    }

    @Test
    void r2_32_whoWatchesAPlanHearsItsProgress() throws Exception {
        fill("house", 45, 100);
        HttpResponse<Stream<String>> events =
                http.send(
                        at("/plans/house/events").header("accept", "text/event-stream").build(),
                        HttpResponse.BodyHandlers.ofLines());
        post("/plans/house/detections");
        try (Stream<String> lines = events.body()) {
            var told =
                    lines.filter(line -> line.contains("\"type\":\"event\""))
                            .takeWhile(line -> !line.contains("\"name\":\"ended\""))
                            .toList();
            assertEquals(3, told.size(), told::toString);
            assertTrue(told.getFirst().contains("\"done\":20,\"total\":45"), told::toString);
            assertTrue(told.getLast().contains("\"done\":45,\"total\":45"), told::toString);
        }
    }

    private Manifest fill(String plan, int tiles, int bytes) {
        BlobWriter bucket = running.works().bucket().writer(Scope.outside("test"));
        return Parts.fill(bucket, plan, tiles, new byte[bytes]);
    }

    /** More than what is fetched ahead, and in flight between a server and a client. */
    private Manifest large() {
        return fill("large", 200, 128 << 10);
    }

    @Test
    void r2_12_anArchiveThatBreaksOffIsAbortedAndNeverASuccess() throws Exception {
        Manifest manifest = large();
        HttpResponse<InputStream> answer =
                http.send(
                        at("/archives/large.tar").build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        assertEquals(200, answer.statusCode());
        assertEquals(
                manifest.bytes(),
                answer.headers().firstValueAsLong("content-length").orElseThrow());
        running.works()
                .bucket()
                .writer(Scope.outside("test"))
                .delete(manifest.tiles().getLast().key());
        try (InputStream body = answer.body()) {
            assertThrows(IOException.class, () -> body.transferTo(OutputStream.nullOutputStream()));
        }
    }

    @Test
    void r2_12_aClientThatLeavesEndsItsArchive() throws Exception {
        large();
        HttpResponse<InputStream> answer =
                http.send(
                        at("/archives/large.tar").build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        assertEquals(1, running.works().deliveries().underway());
        answer.body().close();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (running.works().deliveries().underway() > 0) {
            assertTrue(System.nanoTime() < end, "it goes on without a client");
            LockSupport.parkNanos(20_000_000);
        }
    }

    @Test
    void r2_12_aClientThatWasCutGoesOnWhereItWas() throws Exception {
        fill("house", 45, 1000);
        HttpResponse<byte[]> all = get("/archives/house.tar");
        String etag = all.headers().firstValue("etag").orElseThrow();
        for (int from : new int[] {1, 511, 40_000, all.body().length - 1}) {
            HttpResponse<byte[]> rest =
                    get("/archives/house.tar", "range", "bytes=" + from + "-", "if-range", etag);
            assertEquals(206, rest.statusCode());
            assertEquals(
                    "bytes %d-%d/%d".formatted(from, all.body().length - 1, all.body().length),
                    rest.headers().firstValue("content-range").orElseThrow());
            assertArrayEquals(Arrays.copyOfRange(all.body(), from, all.body().length), rest.body());
        }
        assertEquals(
                200,
                get("/archives/house.tar", "range", "bytes=5-", "if-range", "\"other\"")
                        .statusCode(),
                "the tiles are not those of before");
        assertEquals(
                416,
                get("/archives/house.tar", "range", "bytes=" + all.body().length + "-")
                        .statusCode());
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        assertEquals(404, get("/archives/nothing.tar").statusCode());
        assertEquals(404, get("/archives/house").statusCode());
        assertTrue(text(get("/plans/nothing")).contains("\"status\":\"idle\""));
    }
}
