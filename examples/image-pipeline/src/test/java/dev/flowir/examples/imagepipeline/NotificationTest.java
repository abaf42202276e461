package dev.flowir.examples.imagepipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.blob.Blob;
import dev.flowir.blob.BlobAction;
import dev.flowir.blob.BlobBody;
import dev.flowir.blob.BlobException;
import dev.flowir.blob.BlobFault;
import dev.flowir.blob.BlobMetadata;
import dev.flowir.blob.BlobUpload;
import dev.flowir.blob.CopyOptions;
import dev.flowir.blob.EventRule;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.queue.MessageFilter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the bucket tells, how it is written, and what is read from it. */
class NotificationTest {

    @TempDir Path folder;
    private Bench bench;

    @BeforeEach
    void open() throws Exception {
        bench = Bench.open(folder);
        bench.pipeline.broker().admin(Pipeline.UPLOADS).pause();
    }

    @AfterEach
    void close() throws Exception {
        bench.close();
    }

    private List<String> bodies() throws InterruptedException {
        bench.settle();
        return bench
                .pipeline
                .broker()
                .admin(Pipeline.UPLOADS)
                .browse(MessageFilter.all(), 0, 100)
                .stream()
                .map(message -> message.body().text())
                .toList();
    }

    @Test
    void r0_03_putCopyPartsAndDeletionAreToldOnceEach() throws Exception {
        bench.upload("a.png", Bench.png("a"));
        bench.bucket().copy("acme/a.png", "acme/b.png", CopyOptions.none());
        BlobUpload parts = bench.bucket().createUpload("acme/c.png", BlobMetadata.none());
        parts.complete(List.of(parts.part(1, BlobBody.of(Bench.png("c")))));
        bench.bucket().delete("acme/a.png");
        List<String> actions =
                bodies().stream()
                        .map(body -> body.replaceAll(".*\"action\":\"(\\w+)\".*", "$1"))
                        .toList();
        assertEquals(
                List.of("PutObject", "CopyObject", "CompleteMultipartUpload", "DeleteObject"),
                actions);
    }

    @Test
    void r0_04_rulesChooseByKindPrefixAndSuffixAndMayNotOverlap() throws Exception {
        List<String> keys = new java.util.concurrent.CopyOnWriteArrayList<>();
        bench.pipeline.pictures().events().disconnect("uploads");
        EventRule rule =
                EventRule.on("some", BlobAction.Kind.OBJECT_CREATE).prefix("acme/").suffix(".png");
        bench.pipeline
                .pictures()
                .events()
                .connect(rule, events -> events.forEach(event -> keys.add(event.key())));
        for (String key : List.of("acme/a.png", "acme/a.jpg", "other/a.png")) {
            bench.bucket().put(key, BlobBody.of("x"), dev.flowir.blob.PutOptions.none());
        }
        bench.bucket().delete("acme/a.png");
        bench.settle();
        assertEquals(List.of("acme/a.png"), keys);
        BlobException overlap =
                assertThrows(
                        BlobException.class,
                        () ->
                                bench.pipeline
                                        .pictures()
                                        .events()
                                        .connect(
                                                EventRule.on("all", BlobAction.Kind.OBJECT_CREATE),
                                                events -> {}));
        assertEquals(BlobFault.RULES_OVERLAP, overlap.fault());
    }

    @Test
    void r0_05_bodiesAreThoseOfThePlatform() throws Exception {
        bench.put("acme/a.png", Bench.text("abc"), java.util.Map.of());
        bench.bucket().copy("acme/a.png", "acme/b.png", CopyOptions.none());
        bench.bucket().delete("acme/a.png");
        String etag = "900150983cd24fb0d6963f7d28e17f72";
        assertEquals(
                List.of(
                        "{\"account\":\"local\",\"action\":\"PutObject\",\"bucket\":\"pictures\","
                                + "\"object\":{\"key\":\"acme/a.png\",\"size\":3,\"eTag\":\""
                                + etag
                                + "\"},\"eventTime\":\"2026-01-01T00:00:00.000Z\"}",
                        "{\"account\":\"local\",\"action\":\"CopyObject\",\"bucket\":\"pictures\","
                                + "\"object\":{\"key\":\"acme/b.png\",\"size\":3,\"eTag\":\""
                                + etag
                                + "\"},\"eventTime\":\"2026-01-01T00:00:00.000Z\",\"copySource\":"
                                + "{\"bucket\":\"pictures\",\"object\":\"acme/a.png\"}}",
                        "{\"account\":\"local\",\"action\":\"DeleteObject\",\"bucket\":\"pictures\","
                                + "\"object\":{\"key\":\"acme/a.png\"},"
                                + "\"eventTime\":\"2026-01-01T00:00:00.000Z\"}"),
                bodies());
        for (String body : bodies()) {
            String more = body.replaceFirst("\\{", "{\"future\":{\"a\":[1]},");
            assertEquals(Notification.parse(body), Notification.parse(more));
        }
        assertTrue(Notification.parse(bodies().get(2)).eTag().isEmpty());
    }

    @Test
    void r0_05_whatIsMissingIsNamed() {
        for (String member : List.of("action", "bucket", "object", "eventTime", "key", "eTag")) {
            String without =
                    DeliveryTest.body("a", "e", bench.clock.instant())
                            .replace("\"" + member + "\"", "\"not-" + member + "\"");
            Notification.MalformedException refused =
                    assertThrows(
                            Notification.MalformedException.class,
                            () -> Notification.parse(without));
            assertTrue(
                    String.valueOf(refused.getMessage()).contains("'" + member + "'"),
                    refused::toString);
        }
    }

    @Test
    void r0_08_aReadSeesTheWriteAndTheLastOneWins() {
        bench.upload("a.png", Bench.png("one"));
        bench.upload("a.png", Bench.png("two"));
        try (Blob blob = bench.bucket().get("acme/a.png").orElseThrow()) {
            assertArrayEquals(Bench.png("two"), blob.bytes());
        }
    }

    @Test
    void r0_09_theBucketSaysOneDiskAndClaimsNoNines() {
        assertEquals(
                Descriptor.Durability.LOCAL_DISK,
                bench.pipeline.pictures().descriptor().durability());
    }
}
