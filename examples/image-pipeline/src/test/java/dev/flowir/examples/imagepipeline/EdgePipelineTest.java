package dev.flowir.examples.imagepipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.examples.imagepipeline.EdgeImagePipelineByHand.Stored;
import dev.flowir.examples.imagepipeline.Messages.Classification;
import dev.flowir.kernel.journal.Entry;
import dev.flowir.kernel.journal.JournalRecord;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pipeline at the edge: packaged, and run in workerd with a bucket of R2, a database of D1, a
 * queue, objects, and a classifier as another worker. Each test has an organization of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EdgePipelineTest {

    private EdgeBench bench;

    @SuppressWarnings("NullAway.Init") // started before the first test
    EdgePipelineTest() {}

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        bench = EdgeBench.start(folder);
    }

    @AfterAll
    void stop() throws Exception {
        bench.close();
    }

    private static String identity(String organization, Stored picture) {
        return Identity.ETAG.of(organization, picture.key(), picture.eTag(), picture.version());
    }

    @Test
    void r0_02_anUploadGoesAllTheWay() throws Exception {
        byte[] cat = Bench.png("a cat");
        Stored picture = bench.upload("way", "cat.png", cat);
        Classification row = bench.rows("way", 1, "succeeded").getFirst();
        assertEquals(FakeModel.best(cat), row.labels().getFirst().label());
        assertEquals(picture.key(), row.key());
        assertEquals(picture.eTag(), row.eTag());
        assertTrue(row.current());
        List<Event> events = bench.events("way", 2);
        assertEquals(
                List.of(Event.UPLOAD_COMPLETE, Event.CLASSIFICATION_COMPLETE),
                events.stream().map(Event::type).sorted().toList().reversed());
        assertEquals(new OrganizationState(2, 1, 1, 0), bench.state("way"));
    }

    @Test
    void r0_05_theConsumerReadsTheBodiesOfThePlatform() throws Exception {
        List<String> actions = List.of("PutObject", "CopyObject", "CompleteMultipartUpload");
        for (String action : actions) {
            Stored picture = bench.put("bodies", action + ".png", Bench.png(action));
            bench.tell(
                    EdgeBench.event(action, picture.key(), picture.eTag())
                            .replace("{\"account\"", "{\"unknown\":{\"a\":[1]},\"account\""));
        }
        assertEquals(3, bench.rows("bodies", 3, "succeeded").size());
        Stored gone = bench.put("bodies", "gone.png", Bench.png("gone"));
        bench.delete(gone.key());
        for (String action : List.of("DeleteObject", "LifecycleDeletion")) {
            bench.tell(
                    """
                    {"account":"local","action":"%s","bucket":"pictures",\
                    "object":{"key":"%s"},"eventTime":"%s"}\
                    """
                            .formatted(action, gone.key(), Instant.now()));
        }
        long before = bench.metrics().superseded();
        EdgeBench.awaited(
                () -> {
                    bench.tell(gone); // of the upload, after the deletion
                    return bench.metrics().superseded();
                },
                superseded -> superseded > before);
        assertEquals(3, bench.rows("bodies").size());
    }

    @Test
    void r0_07_ofABAgainATwoAreClassifiedAndALateEventIsSuperseded() throws Exception {
        byte[] a = Bench.png("A");
        byte[] b = Bench.png("B");
        Stored first = bench.upload("forms", "x.png", a);
        assertEquals(
                HexFormat.of().formatHex(java.security.MessageDigest.getInstance("MD5").digest(a)),
                first.eTag(),
                "as the platform has it: 32 digits, no quotes");
        bench.rows("forms", 1, "succeeded");
        bench.upload("forms", "x.png", b);
        bench.rows("forms", 2, "succeeded");
        long before = bench.metrics().superseded();
        bench.tell(first);
        EdgeBench.awaited(() -> bench.metrics().superseded(), now -> now == before + 1);
        Stored again = bench.upload("forms", "x.png", a);
        assertEquals(first.eTag(), again.eTag());
        Classification current =
                EdgeBench.awaited(
                                () -> bench.rows("forms"),
                                rows -> rows.stream().anyMatch(Classification::current))
                        .stream()
                        .filter(Classification::current)
                        .findFirst()
                        .orElseThrow();
        assertEquals(FakeModel.best(a), current.labels().getFirst().label());
        assertEquals(2, bench.rows("forms").size());
        assertEquals(1, bench.asked(a).size());
    }

    @Test
    void r0_08_ofUploadsAtOnceTheOneThatStaysIsWholeAndSeenAtOnce() throws Exception {
        Map<String, byte[]> bodies = new ConcurrentHashMap<>();
        List<FutureTask<Stored>> uploads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            byte[] body = new byte[100_000 + i];
            System.arraycopy(Bench.png("body " + i), 0, body, 0, 12);
            body[99_999] = (byte) i;
            FutureTask<Stored> upload =
                    new FutureTask<>(() -> {
                        Stored stored = bench.put("last", "x.png", body);
                        bodies.put(stored.eTag(), body);
                        return stored;
                    });
            uploads.add(upload);
            Thread.ofVirtual().start(upload);
        }
        for (FutureTask<Stored> upload : uploads) {
            upload.get();
        }
        long before = bench.metrics().superseded();
        for (FutureTask<Stored> upload : uploads) {
            bench.tell(upload.get());
        }
        EdgeBench.awaited(() -> bench.metrics().superseded(), now -> now == before + 7);
        Classification row = bench.rows("last", 1, "succeeded").getFirst();
        byte[] whole = java.util.Objects.requireNonNull(bodies.get(row.eTag()));
        assertEquals(FakeModel.best(whole), row.labels().getFirst().label());
        assertTrue(row.current());
        byte[] later = Bench.png("later");
        Stored last = bench.put("last", "x.png", later);
        assertEquals(
                List.of(false), bench.rows("last").stream().map(Classification::current).toList());
        bench.tell(last);
        bench.rows("last", 2, "succeeded");
        assertEquals(1, bench.asked(later).size());
    }

    @Test
    void r0_10_aMessageThatComesTwiceMakesOneRowAndOneEventEach() throws Exception {
        byte[] bytes = Bench.png("twice");
        Stored picture = bench.put("twice", "x.png", bytes);
        for (int i = 0; i < 5; i++) {
            bench.tell(picture);
        }
        bench.rows("twice", 1, "succeeded");
        bench.tell(picture);
        bench.upload("twice", "after.png", Bench.png("after"));
        bench.rows("twice", 2, "succeeded");
        bench.events("twice", 4);
        assertEquals(new OrganizationState(4, 2, 2, 0), bench.state("twice"));
        assertEquals(1, bench.asked(bytes).size());
        assertEquals(
                4, bench.events("twice").stream().map(Event::id).distinct().count(), "ids differ");
    }

    @Test
    void r0_17_anOrganizationIsAnObjectWithItsOwnStateAndRuns() throws Exception {
        Stored one = bench.upload("here", "one.png", Bench.png("one"));
        bench.upload("there", "two.png", Bench.png("two"));
        bench.events("here", 2);
        bench.events("there", 2);
        assertEquals(new OrganizationState(2, 1, 1, 0), bench.state("here"));
        assertEquals(
                List.of(new Organization.TrackedRun(identity("here", one), "one.png", "succeeded")),
                bench.get("/organizations/here/runs", Organization.TrackedRuns.class).runs());
        assertEquals(new OrganizationState(0, 0, 0, 0), bench.state("nobody"));
    }

    @Test
    void r0_24_picturesGoByKeyAndNeverByValue() throws Exception {
        byte[] large = new byte[1_500_000];
        System.arraycopy(Bench.png("large"), 0, large, 0, 12);
        Stored picture = bench.upload("large", "x.png", large);
        bench.rows("large", 1, "succeeded");
        int bytes =
                bench.journalBytes(identity("large", picture)).stream()
                        .mapToInt(it -> it.length)
                        .sum();
        assertTrue(bytes > 0 && bytes < 10_000, "the journal has " + bytes + " bytes");
        assertEquals(1, bench.asked(large).size());
    }

    @Test
    void r0_26_theClassifierIsAnotherWorkerAndTheRowSaysWhichModel() throws Exception {
        byte[] bytes = Bench.png("seen");
        bench.upload("seen", "x.png", bytes);
        Classification row = bench.rows("seen", 1, "succeeded").getFirst();
        assertEquals("@cf/microsoft/resnet-50", row.model());
        FakeModel.Request request =
                bench.model.requests().stream()
                        .filter(it -> java.util.Arrays.equals(it.body(), bytes))
                        .findFirst()
                        .orElseThrow();
        assertArrayEquals(bytes, request.body());
        assertTrue(request.path().endsWith("/ai/run/@cf/microsoft/resnet-50"), request.path());
        assertEquals(
                List.of(0.75, 0.25), row.labels().stream().map(label -> label.score()).toList());
    }

    @Test
    void r0_30_metadataComeBackAsTheyWereGiven() throws Exception {
        String name = "\u00e4\u2603 " + "n".repeat(150);
        Stored picture =
                bench.put(
                        "named/x", Map.of("organizationId", "named", "name", name), Bench.png("n"));
        bench.tell(picture);
        assertEquals(name, bench.rows("named", 1, "succeeded").getFirst().name());
    }

    @Test
    void r0_31_aMessageThatIsSentByHandIsAsGoodAsTheBuckets() throws Exception {
        Stored picture = bench.put("hand", "x.png", Bench.png("hand"));
        assertEquals(List.of(), bench.rows("hand"), "the simulator's bucket tells nobody");
        bench.tell(picture);
        bench.rows("hand", 1, "succeeded");
    }

    @Test
    void r0_32_theObjectIsFoundByWhatTheMetadataOfTheHeadSay() throws Exception {
        Stored picture =
                bench.put(
                        "elsewhere/x.png",
                        Map.of("organizationId", "owner", "name", "mine"),
                        Bench.png("owned"));
        bench.tell(picture);
        assertEquals("elsewhere/x.png", bench.rows("owner", 1, "succeeded").getFirst().key());
        bench.events("owner", 2);
        assertEquals(1, bench.state("owner").classified());
        assertEquals(0, bench.state("elsewhere").events());
    }

    @Test
    void r0_39_aVersionIsOneRunWhoseIdFollowsFromIt() throws Exception {
        Stored picture = bench.upload("one", "x.png", Bench.png("run"));
        bench.rows("one", 1, "succeeded");
        bench.events("one", 2);
        String id = identity("one", picture);
        String run = EdgeBench.awaited(() -> bench.run(id), it -> it.contains("COMPLETED"));
        List<byte[]> journal = bench.journalBytes(id);
        bench.tell(picture);
        bench.upload("one", "after.png", Bench.png("after it"));
        bench.rows("one", 2, "succeeded");
        assertEquals(run, bench.run(id));
        assertEquals(journal.size(), bench.journalBytes(id).size());
        assertEquals(404, bench.send("GET", "/runs/" + id + "-2", "").statusCode());
        assertEquals(405, bench.send("DELETE", "/runs/" + id, "").statusCode());
        assertEquals(404, bench.send("POST", "/runs", "{}").statusCode(), "no request begins one");
    }

    @Test
    void r0_40_aPictureTakesExactlyTheFourStepsThatItTakesOnAJvm() throws Exception {
        Stored picture = bench.upload("steps", "x.png", Bench.png("steps"));
        bench.events("steps", 2);
        String id = identity("steps", picture);
        EdgeBench.awaited(() -> bench.run(id), it -> it.contains("COMPLETED"));
        List<String> done = new ArrayList<>();
        for (JournalRecord record : bench.journal(id)) {
            if (record.entry() instanceof Entry.Completed step) {
                done.add(EdgeBench.FLOW.alias(step.node()));
            }
        }
        assertEquals(
                List.of("fetch-object", "classify-image", "persist-result", "notify-agent"), done);
    }

    @Test
    void r0_23_aRunHasTheStepsThatTheContractSays() throws Exception {
        Stored picture = bench.upload("bounded", "x.png", Bench.png("bounded"));
        bench.rows("bounded", 1, "succeeded");
        JournalRecord first = bench.journal(identity("bounded", picture)).getFirst();
        assertEquals(10_000, ((Entry.Started) first.entry()).maxSteps());
    }
}
