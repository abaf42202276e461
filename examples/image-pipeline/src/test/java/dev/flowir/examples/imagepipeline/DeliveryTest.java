package dev.flowir.examples.imagepipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.blob.BlobInfo;
import dev.flowir.durable.RunView;
import dev.flowir.kernel.journal.RunState;
import dev.flowir.queue.Body;
import dev.flowir.queue.QueueCounts;
import dev.flowir.queue.QueueException;
import dev.flowir.queue.QueueFault;
import dev.flowir.queue.QueueSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the bucket over the queue to a run: what is taken, taken again, set aside and given up. */
class DeliveryTest {

    private static final List<RunState> ANY = Arrays.asList(RunState.values());

    @TempDir Path folder;
    private Bench bench;

    @BeforeEach
    void open() throws Exception {
        bench = Bench.open(folder, "RETRY_DELAY_MS", "10000");
    }

    @AfterEach
    void close() throws Exception {
        bench.close();
    }

    /** The body of a notification that nobody but a test sends. */
    static String body(String key, String eTag, Instant time) {
        return ("{\"account\":\"local\",\"action\":\"PutObject\",\"bucket\":\"pictures\","
                        + "\"object\":{\"key\":\"%s\",\"size\":3,\"eTag\":\"%s\"},"
                        + "\"eventTime\":\"%s\",\"future\":[1]}")
                .formatted(key, eTag, time);
    }

    private void send(String body) {
        bench.queue().send(Body.json(body));
    }

    private String eventOf(BlobInfo object) {
        return body(object.key(), object.etag(), object.uploadedAt());
    }

    private QueueCounts counts() {
        return bench.pipeline.broker().admin(Pipeline.UPLOADS).status().counts();
    }

    private List<String> runs() {
        return bench.pipeline.runs().runtime().list(ANY, 1000).stream()
                .filter(run -> run.flow().equals("image-classification"))
                .map(RunView::id)
                .toList();
    }

    private List<Messages.FailureRecord> failures() {
        return bench.pipeline.undertaker().failures(bench.pipeline.db());
    }

    @Test
    void r0_10_twentyPercentOfDuplicatesMakeOneRowAndOneEventEach() throws Exception {
        Random random = new Random(10);
        for (int i = 0; i < 50; i++) {
            BlobInfo object = bench.upload(i + ".png", Bench.png("picture " + i));
            if (random.nextInt(5) == 0) {
                send(eventOf(object));
            }
        }
        bench.batch();
        bench.batch();
        assertTrue(counts().sent() > 50, () -> counts().toString());
        assertEquals(50, bench.rows().size());
        assertEquals(50, runs().size());
        assertEquals(50, bench.model.requests().size());
        List<String> ids = bench.events().stream().map(Event::id).toList();
        assertEquals(100, ids.size());
        assertEquals(100, ids.stream().distinct().count());
    }

    @Test
    void r0_11_aSecondConsumerIsRefusedByName() {
        QueueException refused =
                assertThrows(
                        QueueException.class,
                        () ->
                                bench.pipeline
                                        .broker()
                                        .consume("second", List.of(Pipeline.UPLOADS), batch -> {}));
        assertEquals(QueueFault.CONSUMER_EXISTS, refused.fault());
        assertTrue(refused.getMessage().contains(Pipeline.UPLOADS), refused::getMessage);
    }

    @Test
    void r0_11_orderDoesNotMatter() throws Exception {
        List<String> events = new ArrayList<>();
        bench.pipeline.broker().admin(Pipeline.UPLOADS).pause();
        for (int i = 0; i < 20; i++) {
            events.add(eventOf(bench.upload(i + ".png", Bench.png("picture " + i))));
        }
        bench.settle();
        bench.pipeline.broker().admin(Pipeline.UPLOADS).purge();
        Collections.shuffle(events, new Random(11));
        events.forEach(this::send);
        bench.pipeline.broker().admin(Pipeline.UPLOADS).resume();
        bench.batch();
        assertEquals(Map.of("succeeded", 20L), Classifications.counts(bench.pipeline.db()));
    }

    @Test
    void r0_12_tenMakeABatchAtOnceAndThreeWaitFiveSeconds() throws Exception {
        QueueSettings.Batching batching =
                bench.pipeline.broker().admin(Pipeline.UPLOADS).settings().batching();
        assertEquals(10, batching.maxSize());
        assertEquals(Duration.ofSeconds(5), batching.timeout());
        for (int i = 0; i < 10; i++) {
            bench.upload(i + ".png", Bench.png("picture " + i));
        }
        bench.settle();
        assertEquals(10, runs().size());
        for (int i = 10; i < 13; i++) {
            bench.upload(i + ".png", Bench.png("picture " + i));
        }
        bench.pass(Duration.ofMillis(4999));
        assertEquals(10, runs().size());
        bench.pass(Duration.ofMillis(1));
        assertEquals(13, runs().size());
    }

    @Test
    void r0_14_fourDeliveriesThenTheDeadLetterQueue() throws Exception {
        send(body("acme/nowhere.png", "00", bench.clock.instant()));
        bench.pass(Duration.ofHours(1));
        assertEquals(4, counts().deliveries());
        assertEquals(1, counts().deadLettered());
        assertEquals(4, failures().getFirst().attempts());
    }

    @Test
    void r0_15_whatIsDeadIsKeptAndWithoutADeadLetterQueueDeleted() throws Exception {
        send(body("acme/nowhere.png", "00", bench.clock.instant()));
        bench.pass(Duration.ofHours(1));
        assertEquals(1, failures().size());
        bench.pipeline.broker().declare("no-grave", QueueSettings.defaults().maxRetries(0));
        bench.pipeline
                .broker()
                .consume(
                        "thrower",
                        List.of("no-grave"),
                        batch -> {
                            throw new IllegalStateException("never");
                        });
        bench.pipeline
                .broker()
                .sender("no-grave", dev.flowir.kernel.cap.Scope.outside("a test"))
                .send(Body.text("gone"));
        bench.batch();
        assertEquals(1, bench.pipeline.broker().admin("no-grave").status().counts().dropped());
    }

    @Test
    void r0_31_aNotificationSentByHandGivesTheSameRow() throws Exception {
        bench.pipeline.pictures().events().disconnect("uploads");
        BlobInfo object = bench.upload("cat.png", Bench.png("a cat"));
        bench.batch();
        assertEquals(List.of(), bench.rows());
        send(eventOf(object));
        bench.batch();
        assertEquals("succeeded", bench.row().status());
        assertEquals(object.etag(), bench.row().eTag());
    }

    @Test
    void r0_32_theMetadataSayWhoseItIsAndNotTheKey() throws Exception {
        bench.put(
                "anywhere/cat.png",
                Bench.png("a cat"),
                Map.of("organizationId", "other", "name", "Tom"));
        bench.batch();
        assertEquals(List.of(), bench.rows());
        assertEquals("Tom", bench.rows("other").getFirst().name());
    }

    @Test
    void r0_33_anObjectThatWasDeletedSinceIsSuperseded() throws Exception {
        BlobInfo object = bench.upload("cat.png", Bench.png("a cat"));
        bench.bucket().delete(object.key());
        bench.batch();
        bench.pass(Duration.ofHours(1));
        assertEquals(List.of(), bench.rows());
        assertEquals(List.of(), failures());
        assertEquals(1, Queries.metrics(bench.pipeline.db()).superseded());
    }

    @Test
    void r0_33_aDeletionThatComesLaterSettlesAnEventThatWaits() throws Exception {
        Instant put = bench.clock.instant();
        send(body("acme/cat.png", "00", put));
        bench.batch();
        assertEquals(0, Queries.metrics(bench.pipeline.db()).superseded());
        send(
                "{\"account\":\"local\",\"action\":\"DeleteObject\",\"bucket\":\"pictures\","
                        + "\"object\":{\"key\":\"acme/cat.png\"},\"eventTime\":\""
                        + put.plusMillis(1)
                        + "\"}");
        bench.pass(Duration.ofMinutes(2));
        assertEquals(1, Queries.metrics(bench.pipeline.db()).superseded());
        assertEquals(List.of(), failures());
    }

    @Test
    void r0_33_aMissingObjectIsTriedLaterAndThenDeadLettered() throws Exception {
        send(body("acme/nowhere.png", "00", bench.clock.instant()));
        bench.batch();
        assertEquals(1, counts().deliveries());
        bench.pass(Duration.ofHours(1));
        assertEquals("dead-lettered", bench.row().status());
        assertTrue(bench.row().error().orElse("").contains("missing object"), "it says why");
        assertTrue(failures().getFirst().reason().contains("acme/nowhere.png"));
    }

    @Test
    void r0_33_missingMetadataIsDeadLetteredAtOnceWithItsReason() throws Exception {
        bench.put("acme/nameless.png", Bench.png("x"), Map.of("organizationId", "acme"));
        bench.batch();
        assertEquals(1, counts().deliveries());
        assertEquals("dead-lettered", bench.row().status());
        assertTrue(failures().getFirst().reason().contains("missing metadata"));
        assertEquals(0, bench.model.requests().size());
    }

    @Test
    void r0_33_whatIsNoNotificationIsDeadLetteredAndNeverDropped() throws Exception {
        bench.queue().send(Body.text("hello"));
        send("{\"action\":\"PutObject\"}");
        send(body("acme/cat.png", "00", bench.clock.instant()).replace("pictures", "other"));
        bench.batch();
        assertEquals(3, failures().size(), failures()::toString);
    }

    @Test
    void r0_37_tenRunsAreBegunInNoTimeThoughTheClassifierTakesTwoSeconds() throws Exception {
        for (int i = 0; i < 10; i++) {
            bench.upload(i + ".png", Bench.png("picture " + i));
        }
        bench.model.answering(request -> {
            bench.clock.advance(Duration.ofSeconds(2));
            return FakeModel.Reply.of(FakeModel.labels(request.body()));
        });
        Instant before = bench.clock.instant();
        bench.settle();
        assertEquals(10, counts().acked());
        assertTrue(
                bench.events().stream()
                        .limit(10)
                        .allMatch(event -> event.type().equals(Event.UPLOAD_COMPLETE)),
                "all ten are begun before the first call ends");
        assertTrue(!bench.clock.instant().isBefore(before.plusSeconds(20)));
    }

    @Test
    void r0_39_oneVersionIsOneRunHoweverOftenItIsTold() throws Exception {
        BlobInfo object = bench.upload("cat.png", Bench.png("a cat"));
        for (int i = 0; i < 5; i++) {
            send(eventOf(object));
            bench.batch();
        }
        assertEquals(
                List.of(Identity.ETAG.of("acme", object.key(), object.etag(), object.version())),
                runs());
        assertEquals(1, bench.model.requests().size());
        assertEquals(List.of(), failures());
    }

    @Test
    void r0_42_theWaitGrowsWithEachDelivery() throws Exception {
        send(body("acme/nowhere.png", "00", bench.clock.instant()));
        bench.batch();
        long[] waits = {10, 20, 40};
        for (int delivery = 1; delivery <= 3; delivery++) {
            assertEquals(delivery, counts().deliveries());
            bench.pass(Duration.ofSeconds(waits[delivery - 1]).minusMillis(1));
            assertEquals(delivery, counts().deliveries());
            bench.pass(Duration.ofMillis(1));
            bench.batch();
        }
        assertEquals(4, counts().deliveries());
    }

    @Test
    void r0_43_aReplayMovesADeadLetterOnceAndItGoesItsWay() throws Exception {
        byte[] cat = Bench.png("a cat");
        bench.put("acme/cat.png", cat, Map.of("organizationId", "acme"));
        bench.batch();
        assertEquals("dead-lettered", bench.row().status());
        bench.upload("cat.png", cat); // the same bytes, now with a name
        bench.pipeline.broker().admin(Pipeline.UPLOADS).pause();
        bench.settle();
        bench.pipeline.broker().admin(Pipeline.UPLOADS).purge();
        bench.pipeline.broker().admin(Pipeline.UPLOADS).resume();
        assertEquals(0, replay("no such reason", false));
        assertEquals(1, replay("missing METADATA", true));
        assertEquals(1, replay("missing metadata", false));
        assertEquals(0, replay("missing metadata", false));
        bench.batch();
        assertEquals("succeeded", bench.row().status());
    }

    private int replay(String contains, boolean dryRun) {
        return bench.pipeline
                .undertaker()
                .replay(
                        bench.pipeline.db(),
                        new Messages.ReplayRequest(
                                java.util.Optional.empty(),
                                java.util.Optional.of(contains),
                                java.util.Optional.of(10),
                                java.util.Optional.of(dryRun)))
                .moved();
    }
}
