package dev.flowir.blob;

import dev.flowir.kernel.cap.LimitProfile;
import java.time.Duration;

/**
 * Every number that a bucket keeps to. Sources: the pages {@code r2/platform/limits}, {@code
 * r2/api/workers/workers-api-reference} and {@code r2/objects/multipart-objects} of Cloudflare's
 * documentation, and {@code src/workers/r2/constants.ts} of miniflare.
 *
 * @param maxKeyBytes longest key in UTF-8 (1024)
 * @param maxMetadataBytes most bytes of custom metadata, names and values together (2048)
 * @param maxPutBytes most bytes of one put and of one part (5 GiB less 5 MiB)
 * @param maxObjectBytes most bytes of an object in parts (5 TiB)
 * @param minPartBytes least bytes of a part that is not the last (5 MiB)
 * @param maxParts most parts (10,000)
 * @param parts which sizes parts may have (one)
 * @param lengths which bodies may be put (of known length)
 * @param maxPageObjects most objects of a page, and how many it has unless asked for fewer (1000)
 * @param maxDetailedPageObjects the same for pages with metadata (1000; 100 on miniflare)
 * @param maxDeleteKeys most keys of one delete (1000)
 * @param uploadAge after which an unfinished upload is forgotten (7 days)
 */
public record BlobLimits(
        int maxKeyBytes,
        int maxMetadataBytes,
        long maxPutBytes,
        long maxObjectBytes,
        long minPartBytes,
        int maxParts,
        Parts parts,
        Lengths lengths,
        int maxPageObjects,
        int maxDetailedPageObjects,
        int maxDeleteKeys,
        Duration uploadAge) {

    /** Which sizes the parts of an upload may have. */
    public enum Parts {
        /** All but the last have one size, and the last is no larger: R2. */
        UNIFORM,
        /** Any: S3. */
        ANY
    }

    /** Which bodies may be put. */
    public enum Lengths {
        /** Of known length. */
        KNOWN,
        /** Any. */
        ANY
    }

    private static final long MEBIBYTE = 1024 * 1024;
    private static final long GIBIBYTE = 1024 * MEBIBYTE;
    private static final long TEBIBYTE = 1024 * GIBIBYTE;

    private static final BlobLimits CLOUDFLARE = cloudflare(1000);

    private static final BlobLimits MINIFLARE = cloudflare(100);

    private static final BlobLimits UNBOUNDED =
            new BlobLimits(
                    1024 * 1024,
                    1024 * 1024,
                    Long.MAX_VALUE,
                    Long.MAX_VALUE,
                    1,
                    100_000,
                    Parts.ANY,
                    Lengths.ANY,
                    10_000,
                    10_000,
                    100_000,
                    Duration.ofDays(7));

    private static BlobLimits cloudflare(int detailed) {
        return new BlobLimits(
                1024,
                2048,
                5 * GIBIBYTE - 5 * MEBIBYTE,
                5 * TEBIBYTE,
                5 * MEBIBYTE,
                10_000,
                Parts.UNIFORM,
                Lengths.KNOWN,
                1000,
                detailed,
                1000,
                Duration.ofDays(7));
    }

    /**
     * The limits of a profile.
     *
     * @param profile its name
     * @return its numbers
     */
    public static BlobLimits of(LimitProfile profile) {
        return switch (profile) {
            case CLOUDFLARE_PROD -> CLOUDFLARE;
            case MINIFLARE -> MINIFLARE;
            case UNBOUNDED -> UNBOUNDED;
        };
    }

    /**
     * Cloudflare's numbers with the freedoms of S3: parts of any sizes.
     *
     * @return the numbers
     */
    public static BlobLimits s3() {
        return new BlobLimits(
                CLOUDFLARE.maxKeyBytes,
                CLOUDFLARE.maxMetadataBytes,
                5 * GIBIBYTE,
                CLOUDFLARE.maxObjectBytes,
                CLOUDFLARE.minPartBytes,
                CLOUDFLARE.maxParts,
                Parts.ANY,
                Lengths.KNOWN,
                CLOUDFLARE.maxPageObjects,
                CLOUDFLARE.maxDetailedPageObjects,
                CLOUDFLARE.maxDeleteKeys,
                CLOUDFLARE.uploadAge);
    }
}
