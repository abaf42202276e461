package dev.flowir.kv;

import dev.flowir.kernel.cap.LimitProfile;
import java.time.Duration;

/**
 * Every number that a namespace keeps to. Sources: the pages {@code kv/platform/limits}, {@code
 * kv/api/write-key-value-pairs}, {@code kv/api/read-key-value-pairs} and {@code kv/api/list-keys}
 * of Cloudflare's documentation, and {@code src/workers/kv/constants.ts} of miniflare, which has
 * the same.
 *
 * @param maxKeyBytes longest key in UTF-8 (512)
 * @param maxValueBytes largest value (25 MiB)
 * @param maxMetadataBytes largest metadata in UTF-8 (1024)
 * @param minTtl shortest time to live (60 s)
 * @param maxBulkKeys most keys of one {@code getMany} (100)
 * @param maxBulkBytes most bytes of values that one {@code getMany} gives (25 MB)
 * @param maxPageKeys most keys of one page, and how many a page has unless asked for fewer (1000)
 */
public record KvLimits(
        int maxKeyBytes,
        int maxValueBytes,
        int maxMetadataBytes,
        Duration minTtl,
        int maxBulkKeys,
        long maxBulkBytes,
        int maxPageKeys) {

    private static final KvLimits CLOUDFLARE =
            new KvLimits(
                    512, 25 * 1024 * 1024, 1024, Duration.ofSeconds(60), 100, 25_000_000, 1000);

    /** What an array, a transaction and a page on one machine can carry. */
    private static final KvLimits UNBOUNDED =
            new KvLimits(
                    1024 * 1024,
                    1024 * 1024 * 1024,
                    16 * 1024 * 1024,
                    Duration.ofMillis(1),
                    100_000,
                    Integer.MAX_VALUE,
                    100_000);

    /**
     * The limits of a profile.
     *
     * @param profile its name
     * @return its numbers
     */
    public static KvLimits of(LimitProfile profile) {
        return switch (profile) {
            case CLOUDFLARE_PROD, MINIFLARE -> CLOUDFLARE;
            case UNBOUNDED -> UNBOUNDED;
        };
    }
}
