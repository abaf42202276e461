package dev.flowir.kv;

import dev.flowir.kernel.cap.LimitProfile;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * Every number that a namespace keeps to. Sources: the pages {@code kv/platform/limits}, {@code
 * kv/api/write-key-value-pairs}, {@code kv/api/read-key-value-pairs} and {@code kv/api/list-keys}
 * of Cloudflare's documentation, and {@code src/workers/kv/constants.ts} of miniflare, which has
 * the same but for the last two.
 *
 * @param maxKeyBytes longest key in UTF-8 (512)
 * @param maxValueBytes largest value (25 MiB)
 * @param maxMetadataBytes largest metadata in UTF-8 (1024)
 * @param minTtl shortest time to live (60 s)
 * @param maxBulkKeys most keys of one {@code getMany} (100)
 * @param maxBulkBytes most bytes of values that one {@code getMany} gives (25 MB)
 * @param maxPageKeys most keys of one page, and how many a page has unless asked for fewer (1000)
 * @param minCacheTtl shortest time that a reader may ask an answer to be cached for (30 s)
 * @param writesPerSecond most writes of one key in a second (1 on Cloudflare; miniflare has none)
 * @param operationsPerAttempt most calls of one handle in a run's attempt, where a {@code getMany}
 *     and a page count once (1000 on Cloudflare; miniflare counts none)
 */
public record KvLimits(
        int maxKeyBytes,
        int maxValueBytes,
        int maxMetadataBytes,
        Duration minTtl,
        int maxBulkKeys,
        long maxBulkBytes,
        int maxPageKeys,
        Duration minCacheTtl,
        OptionalInt writesPerSecond,
        OptionalInt operationsPerAttempt) {

    private static final KvLimits CLOUDFLARE =
            new KvLimits(
                    512,
                    25 * 1024 * 1024,
                    1024,
                    Duration.ofSeconds(60),
                    100,
                    25_000_000,
                    1000,
                    Duration.ofSeconds(30),
                    OptionalInt.of(1),
                    OptionalInt.of(1000));

    /** What an array, a transaction and a page on one machine can carry. */
    private static final KvLimits UNBOUNDED =
            new KvLimits(
                    1024 * 1024,
                    1024 * 1024 * 1024,
                    16 * 1024 * 1024,
                    Duration.ofMillis(1),
                    100_000,
                    Integer.MAX_VALUE,
                    100_000,
                    Duration.ZERO,
                    OptionalInt.empty(),
                    OptionalInt.empty());

    /**
     * The limits of a profile.
     *
     * @param profile its name
     * @return its numbers
     */
    public static KvLimits of(LimitProfile profile) {
        return switch (profile) {
            case CLOUDFLARE_PROD -> CLOUDFLARE;
            case MINIFLARE -> CLOUDFLARE.withoutRates();
            case UNBOUNDED -> UNBOUNDED;
        };
    }

    /** With room for what is put around keys and values. */
    KvLimits wider(int moreKeyBytes, int moreValueBytes) {
        return new KvLimits(
                maxKeyBytes + moreKeyBytes,
                maxValueBytes + moreValueBytes,
                maxMetadataBytes,
                minTtl,
                maxBulkKeys,
                maxBulkBytes + (long) maxBulkKeys * moreValueBytes,
                maxPageKeys,
                minCacheTtl,
                writesPerSecond,
                operationsPerAttempt);
    }

    private KvLimits withoutRates() {
        return new KvLimits(
                maxKeyBytes,
                maxValueBytes,
                maxMetadataBytes,
                minTtl,
                maxBulkKeys,
                maxBulkBytes,
                maxPageKeys,
                minCacheTtl,
                OptionalInt.empty(),
                OptionalInt.empty());
    }
}
