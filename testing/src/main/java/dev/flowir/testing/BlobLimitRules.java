package dev.flowir.testing;

import static dev.flowir.testing.BlobContract.refused;

import dev.flowir.blob.BlobBody;
import dev.flowir.blob.BlobException;
import dev.flowir.blob.BlobFault;
import dev.flowir.blob.BlobInfo;
import dev.flowir.blob.BlobMetadata;
import dev.flowir.blob.BlobQuery;
import dev.flowir.blob.BlobRange;
import dev.flowir.blob.BlobWriter;
import dev.flowir.blob.GetOptions;
import dev.flowir.blob.HttpMetadata;
import dev.flowir.blob.PutOptions;
import dev.flowir.kernel.cap.FaultKind;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rules of {@link BlobContract} about ranges and limits: each refusal has its own code. */
final class BlobLimitRules {

    private BlobLimitRules() {}

    static List<Rule<BlobBench>> rules() {
        List<Rule<BlobBench>> limits =
                List.of(
                        Rule.of(
                                "R2-07",
                                "one delete takes at most 1000 keys, and all or none",
                                "whether the keys are counted before the first is deleted",
                                BlobLimitRules::deletesMany),
                        Rule.of(
                                "R2-16",
                                "a put of unknown length is refused with the way out; putStream"
                                        + " takes it",
                                "whether the length is looked at before bytes are read, and whether"
                                        + " putStream uses parts of one size",
                                BlobLimitRules::wantsLengths),
                        Rule.of(
                                "R2-17",
                                "a key is 1 to 1024 bytes of UTF-8, metadata at most 2048",
                                "whether length is counted in bytes of UTF-8 and not in characters,"
                                        + " and whether reads check keys too",
                                BlobLimitRules::boundsKeysAndMetadata));
        List<Rule<BlobBench>> rules = new ArrayList<>();
        rules.add(
                Rule.of(
                        "R2-10",
                        "a range gives its bytes, cut at the end; one without any byte is refused",
                        "offsets of ranges, those from the end too, and what is told of the object"
                                + " beside the bytes",
                        BlobLimitRules::ranges));
        rules.add(
                Rule.of(
                        "R2-107",
                        "a header value has no control characters",
                        "whether a value could end a header and begin another",
                        BlobLimitRules::refusesHeaderInjection));
        rules.add(
                Rule.of(
                        "R2-123",
                        "a refusal is of the kind that it is with every provider",
                        "whether what the backend refuses is told in the words of blobs",
                        BlobLimitRules::kinds));
        limits.forEach(rule ->
                rules.add(
                        rule.where(
                                "supportsCloudflareLimits()",
                                BlobBench::supportsCloudflareLimits)));
        return rules;
    }

    private static void ranges(BlobBench bench, TestClock clock) {
        BlobWriter blobs = bench.writer();
        blobs.put("k", BlobContract.body("0123456789"));
        blobs.put("empty", BlobContract.body(""));
        Map<BlobRange, String> right =
                Map.of(
                        new BlobRange.All(), "0123456789",
                        new BlobRange.Bytes(2, 3), "234",
                        new BlobRange.Bytes(0, 1), "0",
                        new BlobRange.Last(4), "6789",
                        new BlobRange.Last(99), "0123456789",
                        new BlobRange.From(7), "789",
                        new BlobRange.Bytes(8, 99), "89",
                        new BlobRange.Bytes(0, Long.MAX_VALUE), "0123456789",
                        new BlobRange.Bytes(9, Long.MAX_VALUE), "9");
        right.forEach((range, text) -> {
            var blob = blobs.get("k", GetOptions.range(range)).found().orElseThrow();
            Expect.equal("the length of " + range, (long) text.length(), blob.length());
            Expect.equal(
                    "the offset of " + range, (long) "0123456789".indexOf(text), blob.offset());
            Expect.equal("the size that is told", 10L, blob.info().size());
            Expect.equal("its bytes", text, blob.text());
        });
        List<BlobRange> wrong =
                List.of(
                        new BlobRange.Bytes(11, 1),
                        new BlobRange.From(11),
                        new BlobRange.From(Long.MAX_VALUE),
                        new BlobRange.From(-1),
                        new BlobRange.Bytes(-1, 5),
                        new BlobRange.Bytes(2, 0),
                        new BlobRange.Bytes(2, -1),
                        new BlobRange.Last(0),
                        new BlobRange.Last(-1));
        for (BlobRange range : wrong) {
            refused(
                    "a get of " + range,
                    BlobFault.INVALID_RANGE,
                    () -> blobs.get("k", GetOptions.range(range)));
        }
        refused(
                "the last byte of nothing",
                BlobFault.INVALID_RANGE,
                () -> blobs.get("empty", GetOptions.range(new BlobRange.Last(1))));
        Expect.equal("all of nothing", Optional.of(""), BlobContract.text(blobs, "empty"));
    }

    private static void refusesHeaderInjection(BlobBench bench, TestClock clock) {
        BlobWriter blobs = bench.writer();
        for (String value : List.of("a\r\nb: c", "a\nb", "\u0000", "a\u007f")) {
            List<HttpMetadata> headers =
                    List.of(
                            HttpMetadata.none().contentType(value),
                            HttpMetadata.none().contentDisposition(value),
                            HttpMetadata.none().cacheControl(value));
            for (HttpMetadata http : headers) {
                BlobMetadata metadata = new BlobMetadata(http, Map.of());
                refused(
                        "a put with a header of two lines",
                        BlobFault.INVALID_METADATA,
                        () -> blobs.put("k", BlobContract.body("x"), PutOptions.with(metadata)));
                refused(
                        "an upload with one",
                        BlobFault.INVALID_METADATA,
                        () -> blobs.createUpload("k", metadata));
            }
        }
        Expect.equal("what that left", Optional.empty(), blobs.head("k"));
    }

    private static void deletesMany(BlobBench bench, TestClock clock) {
        BlobWriter blobs = bench.writer();
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 1001; i++) {
            keys.add("k" + i);
        }
        keys.subList(0, 30).forEach(key -> blobs.put(key, BlobContract.body("x")));
        blobs.put("other", BlobContract.body("x"));
        refused("a delete of 1001 keys", BlobFault.TOO_MANY_KEYS, () -> blobs.delete(keys));
        Expect.equal(
                "the number of objects after it",
                31,
                BlobContract.keys(blobs, BlobQuery.all()).size());
        blobs.delete(keys.subList(0, 1000));
        Expect.equal(
                "what a delete of 1000 keys left",
                List.of("other"),
                BlobContract.keys(blobs, BlobQuery.all()));
    }

    private static void wantsLengths(BlobBench bench, TestClock clock) {
        BlobWriter blobs = bench.writer();
        byte[] bytes = BlobContract.bytes(17 * 1024 * 1024, 2);
        refused(
                "a put of unknown length",
                BlobFault.LENGTH_UNKNOWN,
                () -> blobs.put("k", BlobBody.ofUnknownLength(new ByteArrayInputStream(bytes))));
        Expect.equal("what that left", Optional.empty(), blobs.head("k"));
        BlobInfo large = blobs.putStream("k", new ByteArrayInputStream(bytes));
        Expect.that("17 MiB came in 3 parts: " + large.etag(), large.etag().endsWith("-3"));
        Expect.equal("its bytes", bytes, blobs.get("k").orElseThrow().bytes());
        BlobInfo small = blobs.putStream("s", new ByteArrayInputStream(bytes, 0, 1000));
        Expect.that("1000 bytes came in one: " + small.etag(), !small.etag().contains("-"));
        Expect.equal("their number", 1000L, small.size());
        BlobInfo none = blobs.putStream("n", new ByteArrayInputStream(new byte[0]));
        Expect.equal("the size of an empty stream", 0L, none.size());
    }

    private static void boundsKeysAndMetadata(BlobBench bench, TestClock clock) {
        BlobWriter blobs = bench.writer();
        List<String> wrong =
                List.of(
                        "",
                        "x".repeat(1025),
                        "\u20ac".repeat(342),
                        "x".repeat(1024 * 1024),
                        "half \uD83D",
                        "\uDE00 half");
        for (String key : wrong) {
            String what = key.length() < 20 ? "<" + key + ">" : key.length() + " chars";
            BlobFault fault = BlobFault.INVALID_KEY;
            refused("a put of " + what, fault, () -> blobs.put(key, BlobContract.body("x")));
            refused("a get of " + what, fault, () -> blobs.get(key));
            refused("a head of " + what, fault, () -> blobs.head(key));
            refused("a delete of " + what, fault, () -> blobs.delete(List.of("a", key)));
            refused("a copy to " + what, fault, () -> blobs.copy("a", key));
            refused(
                    "an upload of " + what,
                    fault,
                    () -> blobs.createUpload(key, BlobMetadata.none()));
        }
        String longest = "\u20ac".repeat(341) + "x";
        blobs.put(longest, BlobContract.body("1"));
        Expect.equal("a key of 1024 bytes", Optional.of("1"), BlobContract.text(blobs, longest));
        BlobMetadata most = BlobMetadata.none().with("name", "\u00e9".repeat(1022));
        blobs.put("m", BlobContract.body("1"), PutOptions.with(most));
        Expect.equal(
                "metadata of 2048 bytes",
                Optional.of(most),
                blobs.head("m").map(BlobInfo::metadata));
        BlobMetadata more = most.with("x", "");
        refused(
                "a put with metadata of 2049 bytes",
                BlobFault.METADATA_TOO_LARGE,
                () -> blobs.put("k", BlobContract.body("x"), PutOptions.with(more)));
        refused(
                "an upload with it",
                BlobFault.METADATA_TOO_LARGE,
                () -> blobs.createUpload("k", more));
        Expect.equal("what that left", Optional.empty(), blobs.head("k"));
    }

    private static void kinds(BlobBench bench, TestClock clock) {
        BlobWriter blobs = bench.writer();
        blobs.put("k", BlobContract.body("0123456789"));
        kind(FaultKind.INVALID, () -> blobs.get(""));
        kind(FaultKind.INVALID, () -> blobs.get("k", GetOptions.range(new BlobRange.From(11))));
        kind(FaultKind.NOT_FOUND, () -> blobs.copy("none", "other"));
    }

    private static void kind(FaultKind kind, Expect.Work work) {
        BlobException refusal = Expect.refused("the call", BlobException.class, work);
        Expect.equal("the kind of " + refusal.fault(), kind, refusal.kind());
    }
}
