package dev.flowir.examples.imagepipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.blob.BlobAction;
import dev.flowir.blob.BlobEvent;
import dev.flowir.blob.BlobInfo;
import dev.flowir.blob.EventRule;
import dev.flowir.examples.imagepipeline.Messages.Classification;
import dev.flowir.queue.Body;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is the same work, and that nothing late or twice makes a row wrong. */
class IdentityTest {

    private static final byte[] A = Bench.png("bytes A");
    private static final byte[] B = Bench.png("bytes B");

    @TempDir Path folder;

    @Test
    void r0_44_theIdentityHasThreePartsThatDoNotRunTogether() {
        String id = Identity.ETAG.of("acme", "acme/a", "e", "v");
        assertTrue(id.matches("image-[0-9a-f-]{36}"), id);
        assertEquals(id, Identity.ETAG.of("acme", "acme/a", "e", "another version"));
        assertNotEquals(id, Identity.VERSION.of("acme", "acme/a", "e", "v"));
        assertNotEquals(id, Identity.ETAG.of("acme", "acme/ae", "", "v"));
        assertNotEquals(id, Identity.ETAG.of("acm", "eacme/a", "e", "v"));
    }

    @Test
    void r0_07_ofABAgainATwoAreClassifiedByETag() throws Exception {
        assertEquals(2, classified("etag"));
    }

    @Test
    void r0_07_ofABAgainAThreeAreClassifiedByVersion() throws Exception {
        assertEquals(3, classified("version"));
    }

    private long classified(String identity) throws Exception {
        try (Bench bench = Bench.open(folder, "IDENTITY", identity)) {
            for (byte[] bytes : List.of(A, B, A)) {
                bench.upload("cat.png", bytes);
                bench.batch();
            }
            List<Classification> rows = bench.rows();
            assertEquals(2, rows.size());
            assertTrue(rows.stream().allMatch(row -> row.status().equals("succeeded")));
            return Queries.metrics(bench.pipeline.db()).classifyCalls();
        }
    }

    @Test
    void r0_07_anEventThatComesAfterANewerOneIsSuperseded() throws Exception {
        try (Bench bench = Bench.open(folder)) {
            bench.pipeline.pictures().events().disconnect("uploads");
            BlobInfo older = bench.upload("cat.png", A);
            BlobInfo newer = bench.upload("cat.png", B);
            for (BlobInfo one : List.of(newer, older)) {
                bench.queue()
                        .send(
                                Body.json(
                                        DeliveryTest.body(
                                                one.key(), one.etag(), one.uploadedAt())));
                bench.batch();
            }
            assertEquals(newer.etag(), bench.row().eTag());
            assertEquals(1, Queries.metrics(bench.pipeline.db()).superseded());
        }
    }

    @Test
    void r0_30_metadataComeBackAsTheyWereGivenUpTo2048Bytes() throws Exception {
        try (Bench bench = Bench.open(folder)) {
            String name = "\u00e4\u2603 " + "n".repeat(150);
            bench.upload(name, A);
            bench.batch();
            assertEquals(name, bench.row().name());
            Map<String, String> full =
                    Map.of("organizationId", "acme", "name", "n".repeat(2048 - 22));
            assertEquals(
                    full,
                    bench.bucket()
                            .head(bench.put("acme/full", A, full).key())
                            .orElseThrow()
                            .metadata()
                            .custom());
            Map<String, String> more =
                    Map.of("organizationId", "acme", "name", "n".repeat(2048 - 21));
            org.junit.jupiter.api.Assertions.assertThrows(
                    dev.flowir.blob.BlobException.class, () -> bench.put("acme/full", A, more));
        }
    }

    /** 1,000 overwrites of 100 keys, a fifth of the events twice, all within 50 in any order. */
    @Test
    void r0_50_afterAStormOfOverwritesEachKeyHasTheRowOfItsObject() throws Exception {
        int overwrites = Integer.getInteger("race.overwrites", 1000);
        try (Bench bench = Bench.open(folder)) {
            List<BlobEvent> waiting = capture(bench);
            Random random = new Random(50);
            Map<String, byte[]> last = new HashMap<>();
            int sent = 0;
            for (int i = 1; i <= overwrites; i++) {
                String name = random.nextInt(100) + ".png";
                byte[] bytes = Bench.png(name + " version " + random.nextInt(5));
                last.put("acme/" + name, bytes);
                bench.upload(name, bytes);
                if (i % 50 == 0 || i == overwrites) {
                    sent += deliver(bench, waiting, random);
                }
            }
            bench.pass(Duration.ofHours(1));
            Map<String, Classification> current = new HashMap<>();
            for (Classification row : bench.rows()) {
                assertEquals("succeeded", row.status(), row::toString);
                String etag = bench.bucket().head(row.key()).orElseThrow().etag();
                if (row.eTag().equals(etag)) {
                    assertEquals(null, current.put(row.key(), row));
                }
            }
            assertEquals(last.keySet(), current.keySet());
            current.forEach((key, row) ->
                    assertEquals(
                            FakeModel.best(last.get(key)), row.labels().getFirst().label(), key));
            System.out.printf(
                    "%d overwrites of %d keys, %d events sent: %d rows, %d superseded, %d paid,"
                            + " every key has the row of its object%n",
                    overwrites,
                    last.size(),
                    sent,
                    bench.rows().size(),
                    Queries.metrics(bench.pipeline.db()).superseded(),
                    bench.model.paid());
        }
    }

    private static List<BlobEvent> capture(Bench bench) {
        List<BlobEvent> waiting = Collections.synchronizedList(new ArrayList<>());
        bench.pipeline.pictures().events().disconnect("uploads");
        bench.pipeline
                .pictures()
                .events()
                .connect(EventRule.on("captured", BlobAction.Kind.OBJECT_CREATE), waiting::addAll);
        return waiting;
    }

    private static int deliver(Bench bench, List<BlobEvent> waiting, Random random)
            throws InterruptedException {
        bench.settle();
        List<BlobEvent> storm = new ArrayList<>(waiting);
        waiting.clear();
        for (BlobEvent event : List.copyOf(storm)) {
            if (random.nextInt(5) == 0) {
                storm.add(event);
            }
        }
        Collections.shuffle(storm, random);
        storm.forEach(event -> bench.queue().send(Body.json(event.json())));
        bench.batch();
        return storm.size();
    }
}
