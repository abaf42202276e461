package dev.flowir.testing;

import dev.flowir.blob.Blob;
import dev.flowir.blob.BlobBody;
import dev.flowir.blob.BlobException;
import dev.flowir.blob.BlobFault;
import dev.flowir.blob.BlobInfo;
import dev.flowir.blob.BlobPage;
import dev.flowir.blob.BlobQuery;
import dev.flowir.blob.BlobReader;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * What every provider of blobs keeps. The numbers R2-01 to R2-24 are those of Cloudflare R2's
 * behaviour as its documentation and source state it; from R2-101 on they are ours. R2-25 (a stream
 * larger than the heap) needs a process of its own and is not here.
 */
public final class BlobContract {

    private BlobContract() {}

    /**
     * The contract.
     *
     * @return its rules
     */
    public static Contract<BlobBench> rules() {
        List<Rule<BlobBench>> rules = new ArrayList<>();
        rules.addAll(BlobObjectRules.rules());
        rules.addAll(BlobLimitRules.rules());
        rules.addAll(BlobConditionRules.rules());
        rules.addAll(BlobListRules.rules());
        rules.addAll(BlobPartRules.rules());
        rules.addAll(BlobAttemptRules.rules());
        rules.addAll(BlobEventRules.rules());
        return new Contract<>("blob", rules);
    }

    static void refused(String what, BlobFault fault, Expect.Work work) {
        BlobException refusal = Expect.refused(what, BlobException.class, work);
        Expect.equal("the fault of " + what, fault, refusal.fault());
        HostileTexts.fitsOnALine(refusal);
        Expect.that(
                "the message starts with the code: " + refusal.getMessage(),
                String.valueOf(refusal.getMessage()).startsWith("[" + fault.code() + "]"));
    }

    static BlobBody body(String text) {
        return BlobBody.of(text);
    }

    static Optional<String> text(BlobReader blobs, String key) {
        return blobs.get(key).map(Blob::text);
    }

    static byte[] bytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    static byte[] md5(byte[] bytes) {
        return sum("MD5", bytes);
    }

    static byte[] sum(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** Keys of all objects of a query, page by page. */
    static List<String> keys(BlobReader blobs, BlobQuery query) {
        return all(blobs, query).stream().map(BlobInfo::key).toList();
    }

    /** All objects of a query, page by page. */
    static List<BlobInfo> all(BlobReader blobs, BlobQuery query) {
        BlobPage page = blobs.list(query);
        List<BlobInfo> all = new ArrayList<>(page.objects());
        while (page.truncated()) {
            page = blobs.list(query.after(page.cursor().orElseThrow()));
            all.addAll(page.objects());
        }
        return all;
    }
}
