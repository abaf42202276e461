package dev.flowir.testing;

import static dev.flowir.testing.BlobContract.body;
import static dev.flowir.testing.BlobContract.text;

import dev.flowir.blob.BlobConditions;
import dev.flowir.blob.BlobGet;
import dev.flowir.blob.BlobInfo;
import dev.flowir.blob.BlobPut;
import dev.flowir.blob.BlobReader;
import dev.flowir.blob.BlobWriter;
import dev.flowir.blob.CopyOptions;
import dev.flowir.blob.GetOptions;
import dev.flowir.blob.PutOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Rules of {@link BlobContract} about conditions. */
final class BlobConditionRules {

    /** Others get in between now and then, but not always. */
    private static final int MOST_TRIES = 1000;

    private BlobConditionRules() {}

    static List<Rule<BlobBench>> rules() {
        return List.of(
                Rule.of(
                        "R2-03",
                        "a put whose condition does not hold changes nothing and is no failure",
                        "whether the condition and the write are one transaction",
                        BlobConditionRules::putsOnlyIf),
                Rule.of(
                        "R2-04",
                        "a missing object meets what forbids and fails what asks",
                        "what conditions say of a missing object, and what * means",
                        BlobConditionRules::conditionsOnNothing),
                Rule.of(
                        "R2-05",
                        "a get whose condition does not hold gives the properties without bytes",
                        "etags with quotes and weak ones, and which comparison is which",
                        BlobConditionRules::getsOnlyIf),
                Rule.of(
                        "R2-110",
                        "conditions on the time of upload yield to those on the etag",
                        "RFC 7232, section 6: the order in which conditions are looked at; before"
                                + " and after leave out the moment itself",
                        BlobConditionRules::dates),
                Rule.of(
                        "R2-111",
                        "of concurrent writers that each replace what they read none is lost",
                        "whether two writers can pass the condition at once",
                        BlobConditionRules::countsExactly),
                Rule.of(
                        "R2-112",
                        "a copy looks at conditions on its source and on what it replaces",
                        "which object each condition is compared with",
                        BlobConditionRules::copiesOnlyIf));
    }

    private static PutOptions onlyIf(BlobConditions conditions) {
        return PutOptions.none().onlyIf(conditions);
    }

    private static void putsOnlyIf(BlobBench bench, TestClock clock) {
        BlobWriter blobs = bench.writer();
        BlobInfo a = blobs.put("k", body("A"));
        BlobInfo other = blobs.put("o", body("B"));
        Expect.equal(
                "a put if the etag is another",
                new BlobPut.Unmet(Optional.of(a)),
                blobs.put("k", body("C"), onlyIf(BlobConditions.ifMatch(other.etag()))));
        Expect.equal(
                "a put if there is nothing",
                new BlobPut.Unmet(Optional.of(a)),
                blobs.put("k", body("C"), onlyIf(BlobConditions.ifAbsent())));
        Expect.equal(
                "a put if the weak etag matches",
                new BlobPut.Unmet(Optional.of(a)),
                blobs.put("k", body("C"), onlyIf(BlobConditions.ifMatch("W/" + a.httpEtag()))));
        Expect.equal("the object", Optional.of(a), blobs.head("k"));
        Expect.equal("its bytes", Optional.of("A"), text(blobs, "k"));
        BlobPut put =
                blobs.put(
                        "k", body("D"), onlyIf(BlobConditions.ifMatch(other.etag(), a.httpEtag())));
        Expect.that("a put if the etag is one of two is stored", put.stored());
        Expect.equal("its bytes now", Optional.of("D"), text(blobs, "k"));
    }

    private static void conditionsOnNothing(BlobBench bench, TestClock clock) {
        BlobWriter blobs = bench.writer();
        Instant now = clock.instant();
        for (BlobConditions asks :
                List.of(
                        BlobConditions.ifMatch("a"),
                        BlobConditions.ifMatch("*"),
                        BlobConditions.none().uploadedAfter(now.minusSeconds(60)))) {
            Expect.equal(
                    "a put of a missing key under " + asks,
                    new BlobPut.Unmet(Optional.empty()),
                    blobs.put("k", body("x"), onlyIf(asks)));
            Expect.equal("the key after it", Optional.empty(), blobs.head("k"));
        }
        List<BlobConditions> forbid =
                List.of(
                        BlobConditions.ifAbsent(),
                        BlobConditions.ifNoneMatch("a"),
                        BlobConditions.none().uploadedBefore(now.minusSeconds(60)));
        for (int i = 0; i < forbid.size(); i++) {
            BlobPut put = blobs.put("n" + i, body("x"), onlyIf(forbid.get(i)));
            Expect.that("a put under " + forbid.get(i) + " is stored", put.stored());
        }
    }

    private static void getsOnlyIf(BlobBench bench, TestClock clock) {
        BlobWriter blobs = bench.writer();
        BlobInfo info = blobs.put("k", body("A"));
        BlobReader reader = bench.reader();
        for (String etag : List.of(info.etag(), info.httpEtag(), "W/" + info.httpEtag(), "*")) {
            Expect.equal(
                    "a get unless the etag is " + etag,
                    new BlobGet.Unmet(info),
                    reader.get("k", GetOptions.onlyIf(BlobConditions.ifNoneMatch("b", etag))));
        }
        Expect.equal(
                "a get if the etag is another",
                new BlobGet.Unmet(info),
                reader.get("k", GetOptions.onlyIf(BlobConditions.ifMatch("b"))));
        Expect.equal(
                "a conditional get of nothing",
                new BlobGet.Missing(),
                reader.get("missing", GetOptions.onlyIf(BlobConditions.ifMatch("b"))));
        Expect.equal(
                "a get if the etag is this",
                Optional.of("A"),
                reader.get("k", GetOptions.onlyIf(BlobConditions.ifMatch(info.httpEtag())))
                        .found()
                        .map(blob -> blob.text()));
        Expect.equal(
                "a get unless the etag is another",
                Optional.of("A"),
                reader.get("k", GetOptions.onlyIf(BlobConditions.ifNoneMatch("b")))
                        .found()
                        .map(blob -> blob.text()));
    }

    private static void dates(BlobBench bench, TestClock clock) {
        BlobWriter blobs = bench.writer();
        clock.advance(Duration.ofSeconds(10));
        BlobInfo info = blobs.put("k", body("A"));
        Instant at = info.uploadedAt();
        BlobConditions none = BlobConditions.none();
        BlobConditions match = BlobConditions.ifMatch(info.etag());
        BlobConditions other = BlobConditions.ifNoneMatch("other");
        holds(blobs, none.uploadedBefore(at.plusSeconds(1)), true);
        holds(blobs, none.uploadedBefore(at), false);
        holds(blobs, none.uploadedBefore(at.minusSeconds(1)), false);
        holds(blobs, none.uploadedAfter(at.minusSeconds(1)), true);
        holds(blobs, none.uploadedAfter(at), false);
        holds(blobs, match.uploadedBefore(at.minusSeconds(1)), true);
        holds(blobs, match.uploadedAfter(at), false);
        holds(blobs, other.uploadedAfter(at), true);
        holds(blobs, other.uploadedBefore(at), false);
        holds(blobs, BlobConditions.ifNoneMatch(info.etag()).uploadedAfter(at), false);
    }

    private static void holds(BlobReader blobs, BlobConditions conditions, boolean expected) {
        BlobGet got = blobs.get("k", GetOptions.onlyIf(conditions));
        got.found().ifPresent(blob -> blob.close());
        Expect.equal("whether a get passes " + conditions, expected, got.found().isPresent());
    }

    private static void countsExactly(BlobBench bench, TestClock clock) throws Exception {
        int threads = 4;
        int each = 10;
        bench.writer().put("n", body("0"));
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> done = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                done.add(
                        executor.submit(() -> {
                            BlobWriter blobs = bench.writer();
                            for (int i = 0; i < each; i++) {
                                increment(blobs);
                            }
                        }));
            }
            for (Future<?> one : done) {
                one.get();
            }
        }
        Expect.equal(
                "a counter after " + threads + " times " + each + " increments",
                Optional.of(Integer.toString(threads * each)),
                text(bench.reader(), "n"));
    }

    private static void increment(BlobWriter blobs) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            var blob = blobs.get("n").orElseThrow();
            String next = Integer.toString(Integer.parseInt(blob.text()) + 1);
            BlobConditions same = BlobConditions.ifMatch(blob.info().etag());
            if (blobs.put("n", body(next), onlyIf(same)).stored()) {
                return;
            }
        }
        Expect.that("one of " + MOST_TRIES + " tries holds its condition", false);
    }

    private static void copiesOnlyIf(BlobBench bench, TestClock clock) {
        BlobWriter blobs = bench.writer();
        BlobInfo a = blobs.put("a", body("A"));
        BlobInfo b = blobs.put("b", body("B"));
        CopyOptions none = CopyOptions.none();
        Expect.equal(
                "a copy if the source is another",
                new BlobPut.Unmet(Optional.of(a)),
                blobs.copy("a", "b", none.onlyIfSource(BlobConditions.ifMatch(b.etag()))));
        Expect.equal(
                "a copy if there is nothing to replace",
                new BlobPut.Unmet(Optional.of(b)),
                blobs.copy("a", "b", none.onlyIf(BlobConditions.ifAbsent())));
        Expect.equal("what was to be replaced", Optional.of(b), blobs.head("b"));
        BlobPut copy =
                blobs.copy(
                        "a",
                        "b",
                        none.onlyIfSource(BlobConditions.ifMatch(a.etag()))
                                .onlyIf(BlobConditions.ifMatch(b.etag())));
        Expect.that("a copy whose conditions hold is stored", copy.stored());
        Expect.equal("the copy", Optional.of("A"), text(blobs, "b"));
    }
}
