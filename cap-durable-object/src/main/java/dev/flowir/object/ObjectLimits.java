package dev.flowir.object;

import dev.flowir.kernel.cap.LimitProfile;
import dev.flowir.store.PagedLimits;
import java.time.Duration;

/**
 * Every number that a space keeps to. Sources: the pages {@code durable-objects/platform/limits},
 * {@code durable-objects/api/sqlite-storage-api}, {@code durable-objects/api/alarms} of
 * Cloudflare's documentation; {@code io/worker.c++} and {@code util/sqlite.c++} of workerd for
 * {@code maxBlock} and {@code sql}. Where they say nothing the number is ours.
 *
 * @param maxNameBytes longest name in UTF-8 (1024, ours)
 * @param maxEntryBytes most bytes of a key and its value together (2 MB)
 * @param maxObjectBytes most bytes of one object: keys and values of its entries, and pages of its
 *     tables (10 GB)
 * @param maxListEntries most entries that one list gives (100,000, ours)
 * @param maxWaiting most calls of one object that wait, run or become durable (1000, ours)
 * @param maxAwake most objects awake at once (100,000, ours)
 * @param idle how long an object that nobody calls stays awake (10 s)
 * @param maxBlock longest time that an object may keep all others out (30 s)
 * @param maxAlarm longest time that an alarm handler may run (15 min)
 * @param alarmRetries how often a failed alarm rings again (6)
 * @param alarmDelay time before the first retry, doubled for each further one, with up to a quarter
 *     more by chance (2 s)
 * @param sql what statements of an object may hold: 2 MB in a text, blob or row, 100,000 bytes in a
 *     statement, 100 columns, 100 bindings, 50 bytes in a pattern of LIKE or GLOB, 5 terms of a
 *     compound SELECT, expressions 100 deep, triggers 10 deep, 32 arguments of a function
 * @param history how long what an object was can be brought back; zero keeps nothing (zero, ours:
 *     each write costs a second one; at most 30 days)
 * @param maxOpenDatabases most objects whose tables are open at once; each has two files (500,
 *     ours)
 */
public record ObjectLimits(
        int maxNameBytes,
        int maxEntryBytes,
        long maxObjectBytes,
        int maxListEntries,
        int maxWaiting,
        int maxAwake,
        Duration idle,
        Duration maxBlock,
        Duration maxAlarm,
        int alarmRetries,
        Duration alarmDelay,
        PagedLimits sql,
        Duration history,
        int maxOpenDatabases) {

    /** The longest history: 30 days. */
    public static final Duration MAX_HISTORY = Duration.ofDays(30);

    private static final ObjectLimits CLOUDFLARE =
            new ObjectLimits(
                    1024,
                    2_000_000,
                    10_000_000_000L,
                    100_000,
                    1000,
                    100_000,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(15),
                    6,
                    Duration.ofSeconds(2),
                    new PagedLimits(2_000_000, 100_000, 100, 100, 50, 5, 100, 10, 32),
                    Duration.ZERO,
                    500);

    /** Refuses bounds below 1 and times that are not positive. */
    public ObjectLimits {
        if (maxNameBytes < 1
                || maxEntryBytes < 1
                || maxObjectBytes < 1
                || maxOpenDatabases < 1
                || maxListEntries < 1
                || maxWaiting < 1
                || maxAwake < 1
                || alarmRetries < 0) {
            throw new IllegalArgumentException("bounds of a space are at least 1");
        }
        if (history.isNegative() || history.compareTo(MAX_HISTORY) > 0) {
            throw new IllegalArgumentException("history is kept for at most " + MAX_HISTORY);
        }
        if (isTooShort(idle)
                || isTooShort(maxBlock)
                || isTooShort(maxAlarm)
                || isTooShort(alarmDelay)) {
            throw new IllegalArgumentException("times of a space are positive");
        }
    }

    /** An isolate's Duration has no isPositive(). */
    private static boolean isTooShort(Duration time) {
        return time.isNegative() || time.isZero();
    }

    /**
     * The numbers of a profile. Miniflare has those of Cloudflare.
     *
     * @param profile which numbers
     * @return the limits
     */
    public static ObjectLimits of(LimitProfile profile) {
        return switch (profile) {
            case CLOUDFLARE_PROD, MINIFLARE -> CLOUDFLARE;
            case UNBOUNDED ->
                    new ObjectLimits(
                            1 << 20,
                            1 << 30,
                            1L << 40,
                            1_000_000,
                            1_000_000,
                            10_000_000,
                            CLOUDFLARE.idle,
                            Duration.ofDays(1),
                            Duration.ofDays(1),
                            CLOUDFLARE.alarmRetries,
                            CLOUDFLARE.alarmDelay,
                            new PagedLimits(
                                    1 << 30,
                                    100_000_000,
                                    2000,
                                    32_766,
                                    50_000,
                                    500,
                                    1000,
                                    1000,
                                    127),
                            CLOUDFLARE.history,
                            CLOUDFLARE.maxOpenDatabases);
        };
    }

    /**
     * Other bounds of calls.
     *
     * @param waiting most calls of one object
     * @param awake most objects awake
     * @return the same but for these
     */
    public ObjectLimits withBounds(int waiting, int awake) {
        return new ObjectLimits(
                maxNameBytes,
                maxEntryBytes,
                maxObjectBytes,
                maxListEntries,
                waiting,
                awake,
                idle,
                maxBlock,
                maxAlarm,
                alarmRetries,
                alarmDelay,
                sql,
                history,
                maxOpenDatabases);
    }

    /**
     * Lets objects stay in memory for longer or shorter.
     *
     * @param unused how long after its last call one leaves memory; positive
     * @return these limits with another time
     */
    public ObjectLimits withIdle(Duration unused) {
        return new ObjectLimits(
                maxNameBytes,
                maxEntryBytes,
                maxObjectBytes,
                maxListEntries,
                maxWaiting,
                maxAwake,
                unused,
                maxBlock,
                maxAlarm,
                alarmRetries,
                alarmDelay,
                sql,
                history,
                maxOpenDatabases);
    }

    /**
     * Other sizes of what is stored.
     *
     * @param objectBytes most bytes of one object
     * @param openDatabases most objects whose tables are open at once
     * @return the same but for these
     */
    public ObjectLimits withStorage(long objectBytes, int openDatabases) {
        return new ObjectLimits(
                maxNameBytes,
                maxEntryBytes,
                objectBytes,
                maxListEntries,
                maxWaiting,
                maxAwake,
                idle,
                maxBlock,
                maxAlarm,
                alarmRetries,
                alarmDelay,
                sql,
                history,
                openDatabases);
    }

    /**
     * Keeps what objects were, so that they can go back. Each change then costs a further row.
     *
     * @param kept for how long, at most {@link #MAX_HISTORY}; zero keeps nothing, and forgets what
     *     was kept when the space is opened
     * @return the same but for this
     */
    public ObjectLimits withHistory(Duration kept) {
        return new ObjectLimits(
                maxNameBytes,
                maxEntryBytes,
                maxObjectBytes,
                maxListEntries,
                maxWaiting,
                maxAwake,
                idle,
                maxBlock,
                maxAlarm,
                alarmRetries,
                alarmDelay,
                sql,
                kept,
                maxOpenDatabases);
    }
}
