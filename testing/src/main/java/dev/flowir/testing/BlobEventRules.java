package dev.flowir.testing;

import static dev.flowir.testing.BlobContract.body;
import static dev.flowir.testing.BlobContract.refused;

import dev.flowir.blob.BlobAction;
import dev.flowir.blob.BlobConditions;
import dev.flowir.blob.BlobEvent;
import dev.flowir.blob.BlobEventSink;
import dev.flowir.blob.BlobException;
import dev.flowir.blob.BlobFault;
import dev.flowir.blob.BlobInfo;
import dev.flowir.blob.BlobMetadata;
import dev.flowir.blob.BlobQuery;
import dev.flowir.blob.BlobUpload;
import dev.flowir.blob.BlobWriter;
import dev.flowir.blob.EventRule;
import dev.flowir.blob.PutOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Rules of {@link BlobContract} about being told of changes. */
final class BlobEventRules {

    /** Against hangs only. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final EventRule ALL =
            EventRule.on("all", BlobAction.Kind.OBJECT_CREATE, BlobAction.Kind.OBJECT_DELETE);

    private BlobEventRules() {}

    static List<Rule<BlobBench>> rules() {
        List<Rule<BlobBench>> rules = new ArrayList<>();
        rules.add(
                Rule.of(
                        "R2-19",
                        "a rule tells of its kinds of changes, for keys with its prefix and suffix"
                                + " only",
                        "how keys are compared with prefix and suffix, and whether a put whose"
                                + " condition does not hold tells of anything",
                        BlobEventRules::filters));
        rules.add(
                Rule.of(
                        "R2-20",
                        "each change is told with its action; a deletion without size and eTag, a"
                                + " copy with its source",
                        "the body of the notification, field by field",
                        BlobEventRules::tellsActions));
        rules.add(
                Rule.of(
                        "R2-21",
                        "two rules that one change could match are refused by name",
                        "whether prefixes, suffixes and kinds are all compared",
                        BlobEventRules::refusesOverlap));
        rules.add(
                Rule.of(
                        "R2-22",
                        "whoever asks the store per event ends with what is in the store, whatever"
                                + " comes twice or in another order",
                        "whether each put is told of, with the etag of what was put",
                        BlobEventRules::convergesUnderDisorder));
        rules.add(
                Rule.of(
                        "R2-23",
                        "the same bytes again are the same eTag: a reader by eTag sees two works, a"
                                + " reader by version three",
                        "what the eTag in a notification is made of",
                        BlobEventRules::tellsBytesNotWrites));
        rules.add(
                Rule.of(
                        "R2-24",
                        "an event of an object that was deleted since is seen to be superseded",
                        "what head says of a deleted object",
                        BlobEventRules::seesDeletion));
        rules.add(
                Rule.of(
                        "R2-121",
                        "what a sink throws at comes again",
                        "whether a change is forgotten before its sink has returned",
                        BlobEventRules::repeatsFailures));
        rules.add(
                Rule.<BlobBench>of(
                                "R2-122",
                                "what was noted and not delivered is delivered after a restart",
                                "whether a change is noted in the transaction that makes it",
                                BlobEventRules::survivesRestart)
                        .where(
                                "supportsEventsAcrossRestarts()",
                                BlobBench::supportsEventsAcrossRestarts));
        return rules.stream().map(BlobEventRules::optional).toList();
    }

    private static Rule<BlobBench> optional(Rule<BlobBench> rule) {
        return rule.need().isPresent()
                ? rule
                : rule.where("supportsEvents()", BlobBench::supportsEvents);
    }

    /** Keeps what it is told. */
    private static final class Told implements BlobEventSink {
        private final List<BlobEvent> events = new CopyOnWriteArrayList<>();

        @Override
        public void deliver(List<BlobEvent> delivered) {
            events.addAll(delivered);
        }

        BlobEvent of(BlobAction action) {
            List<BlobEvent> found =
                    events.stream().filter(event -> event.action() == action).toList();
            Expect.equal("the number of events " + action.wire(), 1, found.size());
            return found.get(0);
        }

        List<String> keys() {
            return events.stream().map(BlobEvent::key).sorted().toList();
        }
    }

    private static void settle(BlobBench bench) throws InterruptedException {
        Expect.that(
                "everything that was noted is delivered within " + PATIENCE,
                bench.events().awaitDelivered(PATIENCE));
        Expect.equal("what is still noted", 0L, bench.events().pending());
    }

    private static void filters(BlobBench bench, TestClock clock) throws Exception {
        BlobWriter blobs = bench.writer();
        blobs.put("img/before.png", body("x"));
        Told pictures = new Told();
        Told gone = new Told();
        bench.events()
                .connect(
                        EventRule.on("pictures", BlobAction.Kind.OBJECT_CREATE)
                                .prefix("img/")
                                .suffix(".png"),
                        pictures);
        bench.events()
                .connect(EventRule.on("gone", BlobAction.Kind.OBJECT_DELETE).prefix("img/"), gone);
        blobs.put("img/a.png", body("x"));
        for (String other : List.of("img/a.jpg", "x/a.png", "IMG/a.png", "img/a.PNG", "img")) {
            blobs.put(other, body("x"));
        }
        blobs.put(
                "img/a.png", body("y"), PutOptions.none().onlyIf(BlobConditions.ifMatch("other")));
        blobs.delete(List.of("img/a.jpg", "x/a.png", "img/missing"));
        settle(bench);
        Expect.equal("keys of created pictures", List.of("img/a.png"), pictures.keys());
        Expect.equal("keys of deleted images", List.of("img/a.jpg"), gone.keys());
        bench.events().disconnect("pictures");
        blobs.put("img/b.png", body("x"));
        settle(bench);
        Expect.equal("after it was disconnected", List.of("img/a.png"), pictures.keys());
    }

    private static void tellsActions(BlobBench bench, TestClock clock) throws Exception {
        Told told = new Told();
        bench.events().connect(ALL, told);
        BlobWriter blobs = bench.writer();
        BlobInfo put = blobs.put("a", body("12345"));
        blobs.copy("a", "b");
        BlobUpload upload = blobs.createUpload("c", BlobMetadata.none());
        BlobInfo whole = upload.complete(List.of(upload.part(1, body("123"))));
        settle(bench);
        clock.advance(Duration.ofMillis(1500));
        blobs.delete("a");
        settle(bench);
        bench.expire("c", Duration.ofSeconds(1));
        settle(bench);
        Expect.equal("the number of events", 5, told.events.size());
        String bucket = bench.provider().binding();
        told.events.forEach(event -> Expect.equal("the bucket", bucket, event.bucket()));
        BlobEvent created = told.of(BlobAction.PUT_OBJECT);
        Expect.equal("the key of a put", "a", created.key());
        Expect.equal("its size", OptionalLong.of(5), created.size());
        Expect.equal("its eTag", Optional.of(put.etag()), created.eTag());
        Expect.equal("its time", put.uploadedAt(), created.eventTime());
        Expect.equal(
                "its JSON",
                "{\"account\":\""
                        + created.account()
                        + "\",\"action\":\"PutObject\",\"bucket\":\""
                        + bucket
                        + "\",\"object\":{\"key\":\"a\",\"size\":5,\"eTag\":\""
                        + put.etag()
                        + "\"},\"eventTime\":\"2026-01-01T00:00:00.000Z\"}",
                created.json());
        BlobEvent copied = told.of(BlobAction.COPY_OBJECT);
        Expect.equal(
                "the source of a copy",
                Optional.of(new BlobEvent.CopySource(bucket, "a")),
                copied.copySource());
        Expect.that(
                "its JSON names it: " + copied.json(),
                copied.json()
                        .contains(
                                "\"copySource\":{\"bucket\":\"" + bucket + "\",\"object\":\"a\"}"));
        BlobEvent completed = told.of(BlobAction.COMPLETE_MULTIPART_UPLOAD);
        Expect.equal("the eTag of parts", Optional.of(whole.etag()), completed.eTag());
        for (BlobAction action : List.of(BlobAction.DELETE_OBJECT, BlobAction.LIFECYCLE_DELETION)) {
            BlobEvent deleted = told.of(action);
            Expect.equal("the size of " + action, OptionalLong.empty(), deleted.size());
            Expect.equal("the eTag of " + action, Optional.empty(), deleted.eTag());
            Expect.equal("the time of " + action, clock.instant(), deleted.eventTime());
            Expect.that(
                    "its JSON has neither: " + deleted.json(),
                    !deleted.json().contains("size") && !deleted.json().contains("eTag"));
        }
    }

    private static void refusesOverlap(BlobBench bench, TestClock clock) {
        BlobAction.Kind create = BlobAction.Kind.OBJECT_CREATE;
        BlobEventSink sink = events -> {};
        bench.events().connect(EventRule.on("one", create).prefix("img/").suffix(".png"), sink);
        for (EventRule other :
                List.of(
                        EventRule.on("two", create),
                        EventRule.on("two", create).prefix("img/a"),
                        EventRule.on("two", create).prefix("i").suffix("g"),
                        EventRule.on("two", create).suffix("a.png"),
                        EventRule.on("two", create, BlobAction.Kind.OBJECT_DELETE).prefix("img"))) {
            String what = "a rule that overlaps: " + other;
            refused(what, BlobFault.RULES_OVERLAP, () -> bench.events().connect(other, sink));
            BlobException refusal =
                    Expect.refused(
                            what, BlobException.class, () -> bench.events().connect(other, sink));
            String text = String.valueOf(refusal.getMessage());
            Expect.that("both are named: " + text, text.contains("one") && text.contains("two"));
        }
        refused(
                "a second rule of that id",
                BlobFault.RULES_OVERLAP,
                () -> bench.events().connect(EventRule.on("one", create).prefix("other/"), sink));
        bench.events().connect(EventRule.on("jpg", create).prefix("img/").suffix(".jpg"), sink);
        bench.events().connect(EventRule.on("doc", create).prefix("doc/"), sink);
        bench.events().connect(EventRule.on("del", BlobAction.Kind.OBJECT_DELETE), sink);
        Expect.equal("the number of rules", 4, bench.events().rules().size());
    }

    private static void convergesUnderDisorder(BlobBench bench, TestClock clock) throws Exception {
        Told told = new Told();
        bench.events().connect(ALL, told);
        BlobWriter blobs = bench.writer();
        Random random = new Random(22);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> puts = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                String key = "k" + random.nextInt(100);
                String text = "v" + i % 7;
                puts.add(executor.submit(() -> blobs.put(key, body(text))));
            }
            for (Future<?> put : puts) {
                put.get();
            }
        }
        settle(bench);
        Expect.equal("the number of events", 1000, told.events.size());
        List<BlobEvent> events = new ArrayList<>(told.events);
        for (int i = 0; i < 200; i++) {
            events.add(random.nextInt(events.size()), events.get(random.nextInt(events.size())));
        }
        for (int from = 0; from < events.size(); from += 50) {
            Collections.shuffle(events.subList(from, Math.min(from + 50, events.size())), random);
        }
        Map<String, String> rows = new HashMap<>();
        for (BlobEvent event : events) {
            BlobInfo now = blobs.head(event.key()).orElseThrow();
            if (event.eTag().equals(Optional.of(now.etag()))) {
                rows.put(event.key(), now.etag());
            }
        }
        for (BlobInfo info : BlobContract.all(blobs, BlobQuery.all())) {
            Expect.equal("the row of " + info.key(), info.etag(), rows.get(info.key()));
        }
    }

    private static void tellsBytesNotWrites(BlobBench bench, TestClock clock) throws Exception {
        Told told = new Told();
        bench.events().connect(ALL, told);
        BlobWriter blobs = bench.writer();
        Set<String> versions = new HashSet<>();
        for (String text : List.of("A", "B", "A")) {
            versions.add(blobs.put("k", body(text)).version());
        }
        settle(bench);
        Set<String> tags = new HashSet<>();
        told.events.forEach(event -> tags.add(event.eTag().orElseThrow()));
        Expect.equal("the number of events", 3, told.events.size());
        Expect.equal("the number of eTags", 2, tags.size());
        Expect.equal("the number of versions", 3, versions.size());
    }

    private static void seesDeletion(BlobBench bench, TestClock clock) throws Exception {
        Told told = new Told();
        bench.events().connect(EventRule.on("new", BlobAction.Kind.OBJECT_CREATE), told);
        BlobWriter blobs = bench.writer();
        blobs.put("k", body("x"));
        blobs.delete("k");
        settle(bench);
        Expect.equal("the keys that were told", List.of("k"), told.keys());
        Expect.equal("what is there", Optional.empty(), blobs.head("k"));
    }

    private static void repeatsFailures(BlobBench bench, TestClock clock) throws Exception {
        Told told = new Told();
        int[] calls = {0};
        bench.events()
                .connect(
                        ALL,
                        events -> {
                            if (++calls[0] <= 2) {
                                throw new IOException("the queue is full");
                            }
                            told.deliver(events);
                        });
        bench.writer().put("k", body("x"));
        settle(bench);
        Expect.equal("the keys that were told in the end", List.of("k"), told.keys());
        Expect.that("the sink was called again: " + calls[0], calls[0] > 2);
    }

    private static void survivesRestart(BlobBench bench, TestClock clock) throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        bench.events()
                .connect(
                        ALL,
                        events -> {
                            called.countDown();
                            new CountDownLatch(1).await(); // until it is interrupted
                        });
        bench.writer().put("k", body("x"));
        Expect.that(
                "the sink is called within " + PATIENCE,
                called.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        bench.writer().delete("k");
        bench.restart();
        Expect.equal("what is noted after the restart", 2L, bench.events().pending());
        Told told = new Told();
        bench.events().connect(ALL, told);
        settle(bench);
        Expect.equal("the keys that are told", List.of("k", "k"), told.keys());
        Expect.equal(
                "what the deletion tells",
                List.of(Optional.empty()),
                told.events.stream()
                        .filter(event -> event.action() == BlobAction.DELETE_OBJECT)
                        .map(BlobEvent::eTag)
                        .toList());
    }
}
