package dev.flowir.testing;

import static dev.flowir.testing.BlobContract.text;

import dev.flowir.blob.Blob;
import dev.flowir.blob.BlobBody;
import dev.flowir.blob.BlobFault;
import dev.flowir.blob.BlobInfo;
import dev.flowir.blob.BlobMetadata;
import dev.flowir.blob.BlobPut;
import dev.flowir.blob.BlobQuery;
import dev.flowir.blob.BlobReader;
import dev.flowir.blob.BlobWriter;
import dev.flowir.blob.Checksum;
import dev.flowir.blob.CopyOptions;
import dev.flowir.blob.HttpMetadata;
import dev.flowir.blob.PutOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Rules of {@link BlobContract} about single objects. */
final class BlobObjectRules {

    private BlobObjectRules() {}

    static List<Rule<BlobBench>> rules() {
        return List.of(
                Rule.of(
                        "R2-01",
                        "what a put has acknowledged is what get, head and list of another thread"
                                + " tell",
                        "whether a cache or a replica stands between writes and reads",
                        BlobObjectRules::readsItsWrites),
                Rule.of(
                        "R2-02",
                        "of concurrent puts of one key one is there in the end, whole",
                        "whether two puts can write to one place at once, and whether properties"
                                + " and bytes change together",
                        BlobObjectRules::keepsOneWriter),
                Rule.of(
                        "R2-06",
                        "what is not there is answered as empty, and deleting it is fine",
                        "what get, head and delete do with a missing key",
                        BlobObjectRules::answersEmpty),
                Rule.of(
                        "R2-11",
                        "a put whose bytes do not add up to the checksum is refused and leaves the"
                                + " old object",
                        "whether every algorithm is computed over all bytes, and compared before"
                                + " anything is visible",
                        BlobObjectRules::verifiesChecksums),
                Rule.of(
                        "R2-18",
                        "a put whose body breaks off leaves the old object and nothing else",
                        "whether bytes are visible under the key before the last one is there",
                        BlobObjectRules::neverTears),
                Rule.of(
                        "R2-101",
                        "bytes and metadata come back as they were put; the next put replaces both",
                        "whether bytes pass through text on the way, and whether a put keeps"
                                + " metadata of the object before",
                        BlobObjectRules::roundTrips),
                Rule.of(
                        "R2-102",
                        "keys that differ in one byte are different keys, and none is a path",
                        "folding of case, trimming, Unicode normalisation, texts that end at NUL,"
                                + " and file names made of keys",
                        BlobObjectRules::keepsKeysApart),
                Rule.<BlobBench>of(
                                "R2-103",
                                "what was acknowledged survives a restart, with everything about"
                                        + " it",
                                "whether a put is acknowledged before it is durable",
                                BlobObjectRules::survives)
                        .where("supportsRestart()", BlobBench::supportsRestart),
                Rule.of(
                        "R2-104",
                        "an object that is open is read to its end, also when it is replaced or"
                                + " deleted meanwhile",
                        "when the bytes of an object that was replaced are deleted",
                        BlobObjectRules::staysWholeWhileOpen),
                Rule.of(
                        "R2-105",
                        "a body that is not as long as was said is refused",
                        "whether bytes are counted, and one more is asked for at the end",
                        BlobObjectRules::countsBytes),
                Rule.of(
                        "R2-106",
                        "equal bytes have equal etags, and each put a version of its own",
                        "whether the version is random and the etag the MD5 of the bytes",
                        BlobObjectRules::tellsVersionsApart),
                Rule.of(
                        "R2-113",
                        "a copy is an object of its own with bytes, etag and metadata of the"
                                + " source",
                        "what happens to a copy when its source is replaced or deleted, and whether"
                                + " a copy onto itself loses its bytes",
                        BlobObjectRules::copies));
    }

    private static void readsItsWrites(BlobBench bench, TestClock clock) throws Exception {
        BlobWriter blobs = bench.writer();
        BlobReader other = bench.reader();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                String now = "v" + i;
                BlobInfo put = blobs.put("k", BlobContract.body(now));
                executor.submit(
                                () -> {
                                    Expect.equal(
                                            "a get after the put",
                                            Optional.of(now),
                                            text(other, "k"));
                                    Expect.equal(
                                            "a head after it", Optional.of(put), other.head("k"));
                                    Expect.equal(
                                            "a list after it",
                                            List.of(put.version()),
                                            other.list(BlobQuery.all()).objects().stream()
                                                    .map(BlobInfo::version)
                                                    .toList());
                                    return true;
                                })
                        .get();
            }
        }
        blobs.delete("k");
        Expect.equal("a get after the delete", Optional.empty(), text(other, "k"));
        Expect.equal("a list after it", List.of(), BlobContract.keys(other, BlobQuery.all()));
    }

    private static void keepsOneWriter(BlobBench bench, TestClock clock) throws Exception {
        int writers = 10;
        CountDownLatch start = new CountDownLatch(1);
        Set<String> versions = new HashSet<>();
        List<byte[]> bodies = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            bodies.add(BlobContract.bytes(300_000 + i, i));
        }
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<BlobInfo>> puts = new ArrayList<>();
            for (byte[] body : bodies) {
                puts.add(
                        executor.submit(() -> {
                            start.await();
                            return bench.writer().put("k", BlobBody.of(body));
                        }));
            }
            start.countDown();
            for (Future<BlobInfo> put : puts) {
                versions.add(put.get().version());
                whole(bench.reader(), bodies);
            }
        }
        Expect.equal("the number of versions", writers, versions.size());
        whole(bench.reader(), bodies);
        Expect.that(
                "the object is one of those that were put",
                versions.contains(bench.reader().head("k").orElseThrow().version()));
    }

    private static void whole(BlobReader blobs, List<byte[]> bodies) {
        Blob blob = blobs.get("k").orElseThrow();
        byte[] seen = blob.bytes();
        int which = seen.length - 300_000;
        Expect.that("the object has a length that was put: " + seen.length, which >= 0);
        Expect.equal("its bytes", bodies.get(which), seen);
        Expect.equal("its etag", BlobContract.hex(BlobContract.md5(seen)), blob.info().etag());
    }

    private static void answersEmpty(BlobBench bench, TestClock clock) {
        BlobWriter blobs = bench.writer();
        Expect.equal("a get", Optional.empty(), blobs.get("k"));
        Expect.equal("a head", Optional.empty(), blobs.head("k"));
        blobs.delete("k");
        blobs.put("k", BlobContract.body("1"));
        blobs.delete(List.of("k", "other", "k"));
        Expect.equal("a get after a delete", Optional.empty(), blobs.get("k"));
        blobs.delete("k");
    }

    private static void verifiesChecksums(BlobBench bench, TestClock clock) {
        BlobWriter blobs = bench.writer();
        byte[] bytes = BlobContract.bytes(200_000, 1);
        BlobInfo old = blobs.put("k", BlobContract.body("old"));
        for (Checksum.Algorithm algorithm : Checksum.Algorithm.values()) {
            String name = algorithm.name().replace('_', '-');
            byte[] right = BlobContract.sum(name, bytes);
            byte[] wrong = right.clone();
            wrong[right.length - 1] ^= 1;
            BlobContract.refused(
                    "a put with a wrong " + name,
                    BlobFault.BAD_DIGEST,
                    () ->
                            blobs.put(
                                    "k",
                                    BlobBody.of(bytes),
                                    verifying(algorithm, BlobContract.hex(wrong))));
            Expect.equal("the object after it", Optional.of(old), blobs.head("k"));
            blobs.put(name, BlobBody.of(bytes), verifying(algorithm, BlobContract.hex(right)));
            BlobInfo stored = blobs.head(name).orElseThrow();
            Expect.equal(
                    "the " + name + " that is told",
                    BlobContract.hex(right),
                    stored.checksums().get(algorithm));
            Expect.equal(
                    "its MD5",
                    BlobContract.hex(BlobContract.md5(bytes)),
                    stored.checksums().get(Checksum.Algorithm.MD5));
        }
        Expect.equal("the old object", Optional.of("old"), text(blobs, "k"));
    }

    private static PutOptions verifying(Checksum.Algorithm algorithm, String hex) {
        return PutOptions.none().verifying(new Checksum(algorithm, hex));
    }

    /** Some bytes, then a failure. */
    @SuppressWarnings("InputStreamSlowMultibyteRead") // byte by byte on purpose
    private static final class Breaking extends InputStream {
        private int left;

        Breaking(int left) {
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            if (left == 0) {
                throw new IOException("the line is dead");
            }
            left--;
            return 'x';
        }
    }

    private static void neverTears(BlobBench bench, TestClock clock) {
        BlobWriter blobs = bench.writer();
        BlobInfo old = blobs.put("k", BlobContract.body("old"));
        for (int some : new int[] {0, 1, 100_000, 600_000}) {
            for (String key : List.of("k", "new")) {
                BlobContract.refused(
                        "a put whose body breaks off after " + some,
                        BlobFault.BODY_FAILED,
                        () -> blobs.put(key, BlobBody.of(new Breaking(some), 700_000)));
            }
        }
        BlobContract.refused(
                "a stream that breaks off in its second part",
                BlobFault.BODY_FAILED,
                () -> blobs.putStream("k", new Breaking(9 * 1024 * 1024)));
        Expect.equal("the old object", Optional.of(old), blobs.head("k"));
        Expect.equal("its bytes", Optional.of("old"), text(blobs, "k"));
        Expect.equal("all keys", List.of("k"), BlobContract.keys(blobs, BlobQuery.all()));
    }

    private static void roundTrips(BlobBench bench, TestClock clock) {
        BlobWriter blobs = bench.writer();
        byte[] bytes = BlobContract.bytes(1_000_003, 7);
        HttpMetadata http =
                new HttpMetadata(
                        Optional.of("image/png"),
                        Optional.of("de"),
                        Optional.of("attachment; filename=\"\u00e9.png\""),
                        Optional.of("gzip"),
                        Optional.of("max-age=3600"),
                        Optional.of(clock.instant().plusSeconds(60)));
        BlobMetadata metadata =
                new BlobMetadata(
                        http, java.util.Map.of("organizationId", "o\u20ac\uD83D\uDE00", "", "x"));
        BlobInfo put = blobs.put("k", BlobBody.of(bytes), PutOptions.with(metadata)).orThrow();
        Expect.equal("the metadata of the put", metadata, put.metadata());
        Expect.equal("its size", (long) bytes.length, put.size());
        Expect.equal("its time", clock.instant(), put.uploadedAt());
        Expect.equal("a head", Optional.of(put), bench.reader().head("k"));
        Blob blob = bench.reader().get("k").orElseThrow();
        Expect.equal("the properties of a get", put, blob.info());
        Expect.equal("its bytes", bytes, blob.bytes());
        clock.advance(Duration.ofSeconds(1));
        BlobInfo next = blobs.put("k", BlobBody.of(new ByteArrayInputStream(new byte[0]), 0));
        Expect.equal("metadata after a put without", BlobMetadata.none(), next.metadata());
        Expect.equal("the time of it", clock.instant(), next.uploadedAt());
        Expect.equal("an empty object", Optional.of(""), text(blobs, "k"));
        Expect.equal("its etag", BlobContract.hex(BlobContract.md5(new byte[0])), next.etag());
        BlobInfo plain = blobs.list(BlobQuery.all()).objects().get(0);
        Expect.equal("it in a list", next, plain);
    }

    private static void keepsKeysApart(BlobBench bench, TestClock clock) {
        BlobWriter blobs = bench.writer();
        List<String> keys =
                List.of(
                        "a",
                        "A",
                        "a ",
                        " a",
                        "a\u0000",
                        "a\u0000b",
                        "\u0000",
                        "a\r\nSet-Cookie: b",
                        "\u001b[31m",
                        "\u007f",
                        "/",
                        "//",
                        "a/",
                        "/a",
                        "/etc/passwd",
                        ".",
                        "..",
                        "../a",
                        "../../../../../../tmp/a",
                        "..\\..\\a",
                        "%2e%2e%2fa",
                        "a%",
                        "a_",
                        "CON",
                        "\u00e9",
                        "e\u0301",
                        "\u212b",
                        "\u00c5",
                        "\u202etxt",
                        "\uFEFFa",
                        "\uD83D\uDE00",
                        "x".repeat(1024),
                        "'; DROP TABLE t; --");
        for (String key : keys) {
            blobs.put(key, BlobContract.body("of <" + key + ">"));
        }
        for (String key : keys) {
            Expect.equal(
                    "what is under <" + key + ">",
                    Optional.of("of <" + key + ">"),
                    text(blobs, key));
            Expect.equal("the key it tells", Optional.of(key), blobs.head(key).map(BlobInfo::key));
        }
        Expect.equal(
                "all keys, in any order",
                Set.copyOf(keys),
                Set.copyOf(BlobContract.keys(blobs, BlobQuery.all())));
    }

    private static void survives(BlobBench bench, TestClock clock) throws Exception {
        BlobWriter blobs = bench.writer();
        byte[] bytes = BlobContract.bytes(100_000, 3);
        BlobMetadata metadata = BlobMetadata.type("text/plain").with("n", "v");
        String sha = BlobContract.hex(BlobContract.sum("SHA-256", bytes));
        PutOptions options = PutOptions.with(metadata).verifying(Checksum.sha256(sha));
        BlobInfo put = blobs.put("k", BlobBody.of(bytes), options).orThrow();
        blobs.put("replaced", BlobContract.body("1"));
        blobs.put("replaced", BlobContract.body("2"));
        blobs.put("gone", BlobContract.body("x"));
        blobs.delete("gone");
        blobs.copy("k", "copy");
        blobs.delete("k");
        blobs.copy("copy", "k");
        bench.restart();
        BlobReader after = bench.reader();
        BlobInfo kept = after.head("k").orElseThrow();
        Expect.equal("its metadata", metadata, kept.metadata());
        Expect.equal("its checksums", put.checksums(), kept.checksums());
        Expect.equal("its bytes", bytes, after.get("k").orElseThrow().bytes());
        Expect.equal("the bytes of a copy", bytes, after.get("copy").orElseThrow().bytes());
        Expect.equal("a replaced object", Optional.of("2"), text(after, "replaced"));
        Expect.equal("a deleted object", Optional.empty(), after.head("gone"));
    }

    private static void staysWholeWhileOpen(BlobBench bench, TestClock clock) throws Exception {
        BlobWriter blobs = bench.writer();
        byte[] bytes = BlobContract.bytes(3_000_000, 5);
        blobs.put("k", BlobBody.of(bytes));
        blobs.put("d", BlobBody.of(bytes));
        try (Blob replaced = blobs.get("k").orElseThrow();
                Blob deleted = blobs.get("d").orElseThrow()) {
            byte[] start = replaced.stream().readNBytes(10);
            blobs.put("k", BlobContract.body("new"));
            blobs.delete("d");
            Expect.equal("a new get", Optional.of("new"), text(blobs, "k"));
            Expect.equal("a get of what is deleted", Optional.empty(), blobs.get("d"));
            byte[] rest = replaced.stream().readAllBytes();
            Expect.equal("bytes of the open object", bytes.length, start.length + rest.length);
            Expect.equal("its last byte", bytes[bytes.length - 1], rest[rest.length - 1]);
            Expect.equal("bytes of a deleted one", bytes, deleted.stream().readAllBytes());
        }
    }

    private static void countsBytes(BlobBench bench, TestClock clock) {
        BlobWriter blobs = bench.writer();
        for (int said : new int[] {0, 4, 6, 1_000_000}) {
            BlobContract.refused(
                    "5 bytes said to be " + said,
                    BlobFault.WRONG_LENGTH,
                    () -> blobs.put("k", BlobBody.of(new ByteArrayInputStream(new byte[5]), said)));
        }
        Expect.equal("what that left", Optional.empty(), blobs.head("k"));
        blobs.put("k", BlobBody.of(new ByteArrayInputStream(new byte[5]), 5));
        Expect.equal("5 bytes", Optional.of(5L), blobs.head("k").map(BlobInfo::size));
    }

    private static void tellsVersionsApart(BlobBench bench, TestClock clock) {
        BlobWriter blobs = bench.writer();
        BlobInfo a = blobs.put("k", BlobContract.body("A"));
        BlobInfo b = blobs.put("k", BlobContract.body("B"));
        BlobInfo again = blobs.put("k", BlobContract.body("A"));
        Expect.equal("the etag of equal bytes", a.etag(), again.etag());
        Expect.equal(
                "the etag of one part",
                BlobContract.hex(BlobContract.md5(new byte[] {'A'})),
                a.etag());
        Expect.equal("it for HTTP", "\"" + a.etag() + "\"", a.httpEtag());
        Expect.equal(
                "the number of versions",
                3,
                Set.of(a.version(), b.version(), again.version()).size());
    }

    private static void copies(BlobBench bench, TestClock clock) {
        BlobWriter blobs = bench.writer();
        byte[] bytes = BlobContract.bytes(50_000, 11);
        BlobMetadata metadata = BlobMetadata.type("a/b").with("n", "v");
        BlobInfo source = blobs.put("a", BlobBody.of(bytes), PutOptions.with(metadata)).orThrow();
        BlobInfo copy = blobs.copy("a", "b");
        Expect.equal("the etag of the copy", source.etag(), copy.etag());
        Expect.equal("its metadata", metadata, copy.metadata());
        Expect.that("its version is its own", !copy.version().equals(source.version()));
        blobs.put("a", BlobContract.body("other"));
        Expect.equal("the copy, its source replaced", bytes, blobs.get("b").orElseThrow().bytes());
        blobs.delete("a");
        Expect.equal("the copy, its source deleted", bytes, blobs.get("b").orElseThrow().bytes());
        BlobMetadata fresh = BlobMetadata.type("c/d");
        BlobPut onto = blobs.copy("b", "b", CopyOptions.none().replacing(fresh));
        Expect.that("a copy onto itself is stored", onto.stored());
        Expect.equal(
                "its new metadata", Optional.of(fresh), blobs.head("b").map(BlobInfo::metadata));
        Expect.equal("its bytes", bytes, blobs.get("b").orElseThrow().bytes());
        blobs.copy("b", "c");
        blobs.delete("b");
        Expect.equal("a copy of a copy", bytes, blobs.get("c").orElseThrow().bytes());
        BlobContract.refused(
                "a copy of nothing", BlobFault.NO_SUCH_KEY, () -> blobs.copy("b", "d"));
        Expect.equal("all keys", List.of("c"), BlobContract.keys(blobs, BlobQuery.all()));
    }
}
