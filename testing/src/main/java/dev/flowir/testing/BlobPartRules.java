package dev.flowir.testing;

import static dev.flowir.testing.BlobContract.refused;

import dev.flowir.blob.BlobBody;
import dev.flowir.blob.BlobFault;
import dev.flowir.blob.BlobInfo;
import dev.flowir.blob.BlobMetadata;
import dev.flowir.blob.BlobQuery;
import dev.flowir.blob.BlobRange;
import dev.flowir.blob.BlobUpload;
import dev.flowir.blob.BlobWriter;
import dev.flowir.blob.GetOptions;
import dev.flowir.blob.UploadedPart;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Rules of {@link BlobContract} about uploads in parts. */
final class BlobPartRules {

    private static final int MEBIBYTE = 1024 * 1024;

    private BlobPartRules() {}

    static List<Rule<BlobBench>> rules() {
        List<Rule<BlobBench>> sizes =
                List.of(
                        Rule.of(
                                "R2-13",
                                "parts but the last have one size, and the last is no larger",
                                "whether sizes are compared when the upload is completed",
                                BlobPartRules::refusesUnevenParts),
                        Rule.of(
                                "R2-14",
                                "a part that is not the last has at least 5 MiB",
                                "whether the size of each part is kept until the upload is"
                                        + " completed",
                                BlobPartRules::refusesSmallParts));
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(
                                Rule.<BlobBench>of(
                                        "R2-12",
                                        "an upload becomes an object of its parts in order when it"
                                                + " is completed, not before; its etag is the MD5"
                                                + " of theirs",
                                        "the order of parts, ranges over their borders, and what"
                                                + " is visible before",
                                        BlobPartRules::completes),
                                Rule.<BlobBench>of(
                                        "R2-15",
                                        "an upload that is over takes no part: completed, aborted,"
                                                + " or 7 days old",
                                        "what each call does with an upload that is over, and"
                                                + " whether an abort after the end is fine",
                                        BlobPartRules::ends),
                                Rule.<BlobBench>of(
                                        "R2-116",
                                        "an upload is completed with the parts it has, and stays"
                                                + " when it is refused",
                                        "whether number and etag of each part are compared, and"
                                                + " whether a part can be sent again",
                                        BlobPartRules::comparesParts),
                                Rule.<BlobBench>of(
                                                "R2-117",
                                                "an upload goes on after a restart",
                                                "whether parts are kept as durably as objects",
                                                BlobPartRules::resumes)
                                        .where("supportsRestart()", BlobBench::supportsRestart)),
                        sizes.stream()
                                .map(rule ->
                                        rule.where(
                                                "supportsCloudflareLimits()",
                                                BlobBench::supportsCloudflareLimits)))
                .toList();
    }

    private static void completes(BlobBench bench, TestClock clock) {
        BlobWriter blobs = bench.writer();
        byte[] all = BlobContract.bytes(10 * MEBIBYTE + 1, 9);
        BlobMetadata metadata = BlobMetadata.type("video/mp4").with("a", "b");
        BlobUpload upload = blobs.createUpload("k", metadata);
        UploadedPart third = upload.part(3, BlobBody.of(all, 10 * MEBIBYTE, 1));
        UploadedPart first = upload.part(1, BlobBody.of(all, 0, 5 * MEBIBYTE));
        UploadedPart second = upload.part(2, BlobBody.of(all, 5 * MEBIBYTE, 5 * MEBIBYTE));
        Expect.equal("a head before the end", Optional.empty(), blobs.head("k"));
        Expect.equal("a list before it", List.of(), BlobContract.keys(blobs, BlobQuery.all()));
        BlobInfo info = upload.complete(List.of(third, first, second));
        byte[] sums = new byte[48];
        int at = 0;
        for (int[] part : new int[][] {{0, 5}, {5, 10}, {10, 11}}) {
            int to = Math.min(all.length, part[1] * MEBIBYTE);
            byte[] sum = BlobContract.md5(Arrays.copyOfRange(all, part[0] * MEBIBYTE, to));
            System.arraycopy(sum, 0, sums, 16 * at++, 16);
        }
        Expect.equal("the etag", BlobContract.hex(BlobContract.md5(sums)) + "-3", info.etag());
        Expect.equal("the etag of part 1", info.size(), (long) all.length);
        Expect.equal("the metadata", metadata, info.metadata());
        Expect.equal("a head", Optional.of(info), bench.reader().head("k"));
        Expect.equal("the bytes", all, blobs.get("k").orElseThrow().bytes());
        GetOptions border = GetOptions.range(new BlobRange.Bytes(5 * MEBIBYTE - 3, 6));
        Expect.equal(
                "bytes over a border",
                Arrays.copyOfRange(all, 5 * MEBIBYTE - 3, 5 * MEBIBYTE + 3),
                blobs.get("k", border).found().orElseThrow().bytes());
        Expect.equal(
                "the last byte",
                Arrays.copyOfRange(all, all.length - 1, all.length),
                blobs.get("k", GetOptions.range(new BlobRange.Last(1)))
                        .found()
                        .orElseThrow()
                        .bytes());
    }

    private static UploadedPart part(BlobUpload upload, int number, int bytes) {
        return upload.part(number, BlobBody.of(new byte[bytes]));
    }

    private static void refusesUnevenParts(BlobBench bench, TestClock clock) {
        BlobWriter blobs = bench.writer();
        BlobUpload upload = blobs.createUpload("k", BlobMetadata.none());
        UploadedPart first = part(upload, 1, 5 * MEBIBYTE);
        UploadedPart second = part(upload, 2, 6 * MEBIBYTE);
        UploadedPart third = part(upload, 3, 1);
        refused(
                "parts of 5 MiB, 6 MiB and 1 byte",
                BlobFault.INVALID_PART,
                () -> upload.complete(List.of(first, second, third)));
        refused(
                "a last part of 6 MiB behind one of 5 MiB",
                BlobFault.INVALID_PART,
                () -> upload.complete(List.of(first, second)));
        Expect.equal("what that left", Optional.empty(), blobs.head("k"));
        upload.complete(List.of(first, third));
        Expect.equal(
                "the size of the two that fit",
                Optional.of(5L * MEBIBYTE + 1),
                blobs.head("k").map(BlobInfo::size));
    }

    private static void refusesSmallParts(BlobBench bench, TestClock clock) {
        BlobWriter blobs = bench.writer();
        BlobUpload upload = blobs.createUpload("k", BlobMetadata.none());
        UploadedPart first = part(upload, 1, MEBIBYTE);
        UploadedPart second = part(upload, 2, MEBIBYTE);
        refused(
                "two parts of 1 MiB",
                BlobFault.PART_TOO_SMALL,
                () -> upload.complete(List.of(first, second)));
        Expect.equal("what that left", Optional.empty(), blobs.head("k"));
        upload.complete(List.of(second));
        Expect.that("a single part may be small", blobs.head("k").isPresent());
        BlobUpload numbers = blobs.createUpload("n", BlobMetadata.none());
        for (int number : new int[] {0, -1, 10_001}) {
            refused(
                    "a part numbered " + number,
                    BlobFault.INVALID_PART,
                    () -> part(numbers, number, 1));
        }
        UploadedPart last = part(numbers, 10_000, 1);
        numbers.complete(List.of(last));
    }

    private static void ends(BlobBench bench, TestClock clock) {
        BlobWriter blobs = bench.writer();
        BlobUpload completed = blobs.createUpload("c", BlobMetadata.none());
        UploadedPart part = part(completed, 1, 1);
        completed.complete(List.of(part));
        over("completed", completed, part);
        completed.abort();
        Expect.that("an abort after the end keeps the object", blobs.head("c").isPresent());

        BlobUpload aborted = blobs.createUpload("a", BlobMetadata.none());
        UploadedPart lost = part(aborted, 1, 1);
        aborted.abort();
        aborted.abort();
        over("aborted", aborted, lost);
        Expect.equal("an aborted upload", Optional.empty(), blobs.head("a"));

        BlobUpload other = blobs.createUpload("o", BlobMetadata.none());
        over("of another key", blobs.resumeUpload("p", other.id()), part);
        over("unknown", blobs.resumeUpload("o", "0".repeat(32)), part);
        over("strange", blobs.resumeUpload("o", "../../x'; --"), part);

        BlobUpload old = blobs.createUpload("old", BlobMetadata.none());
        UploadedPart early = part(old, 1, 1);
        clock.advance(Duration.ofDays(7).minusMillis(1));
        part(old, 1, 1);
        clock.advance(Duration.ofMillis(1));
        over("7 days old", old, early);
    }

    private static void over(String what, BlobUpload upload, UploadedPart part) {
        refused(
                "a part of an upload that is " + what,
                BlobFault.NO_SUCH_UPLOAD,
                () -> part(upload, 2, 1));
        refused(
                "completing one that is " + what,
                BlobFault.NO_SUCH_UPLOAD,
                () -> upload.complete(List.of(part)));
    }

    private static void comparesParts(BlobBench bench, TestClock clock) {
        BlobWriter blobs = bench.writer();
        BlobUpload upload = blobs.createUpload("k", BlobMetadata.none());
        UploadedPart old = upload.part(1, BlobContract.body("first try"));
        UploadedPart part = upload.part(1, BlobContract.body("second try"));
        UploadedPart unused = upload.part(7, BlobContract.body("unused"));
        List<List<UploadedPart>> wrong =
                List.of(
                        List.of(),
                        List.of(old),
                        List.of(part, part),
                        List.of(new UploadedPart(2, part.etag())),
                        List.of(new UploadedPart(1, unused.etag())));
        for (List<UploadedPart> parts : wrong) {
            refused(
                    "completing with " + parts,
                    BlobFault.INVALID_PART,
                    () -> upload.complete(parts));
        }
        blobs.resumeUpload("k", upload.id()).complete(List.of(part));
        Expect.equal("the object", Optional.of("second try"), BlobContract.text(blobs, "k"));
    }

    private static void resumes(BlobBench bench, TestClock clock) throws Exception {
        BlobUpload upload = bench.writer().createUpload("k", BlobMetadata.type("a/b"));
        String id = upload.id();
        byte[] start = BlobContract.bytes(5 * MEBIBYTE, 4);
        UploadedPart first = upload.part(1, BlobBody.of(start));
        bench.restart();
        BlobUpload resumed = bench.writer().resumeUpload("k", id);
        UploadedPart second = resumed.part(2, BlobContract.body("end"));
        resumed.complete(List.of(first, second));
        bench.restart();
        byte[] all = bench.reader().get("k").orElseThrow().bytes();
        Expect.equal("the number of bytes", start.length + 3, all.length);
        Expect.equal("the first of them", start, Arrays.copyOf(all, start.length));
    }
}
