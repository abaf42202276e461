package dev.flowir.object.log;

import dev.flowir.ir.Codecs;
import dev.flowir.ir.json.JsonCodecs;
import java.time.Duration;

/**
 * Every number that a log keeps to. They are ours, but for {@code maxEventBytes}.
 *
 * @param codecs how states and payloads become JSON; what is stored must stay readable
 * @param maxEventBytes most bytes of an event as JSON, its ids included (128,000, as of a message
 *     of Cloudflare's queues)
 * @param snapshotEvery events from one stored state to the next, and so most events that a wake
 *     reads (100)
 * @param checkEvery of this many events one is reduced twice to see whether the reducer is pure (1:
 *     each)
 * @param actionWindow most client actions that are known again (1000)
 * @param actionAge how long one is known again (24 h)
 * @param keepEvents most events that stay when an archive takes older ones (10,000)
 * @param keepAge how long an event stays when an archive takes older ones (30 days)
 * @param segmentEvents most events in one part of the archive (1000)
 * @param archiveEvery time from an event to when the archive is next served (1 h)
 * @param maxLag events that a subscriber may be behind, and that are held in memory for all
 *     subscribers of one object together (256)
 * @param maxSubscribers most subscribers of one object (1000)
 */
public record LogOptions(
        Codecs codecs,
        int maxEventBytes,
        int snapshotEvery,
        int checkEvery,
        int actionWindow,
        Duration actionAge,
        int keepEvents,
        Duration keepAge,
        int segmentEvents,
        Duration archiveEvery,
        int maxLag,
        int maxSubscribers) {

    private static final LogOptions DEFAULTS =
            new LogOptions(
                    JsonCodecs.strict(),
                    128_000,
                    100,
                    1,
                    1000,
                    Duration.ofHours(24),
                    10_000,
                    Duration.ofDays(30),
                    1000,
                    Duration.ofHours(1),
                    256,
                    1000);

    /** Refuses bounds below 1 and times that are not positive. */
    public LogOptions {
        if (maxEventBytes < 1
                || snapshotEvery < 1
                || checkEvery < 1
                || actionWindow < 1
                || keepEvents < 1
                || segmentEvents < 1
                || maxLag < 1
                || maxSubscribers < 1) {
            throw new IllegalArgumentException("bounds of a log are at least 1");
        }
        if (!isPositive(actionAge) || !isPositive(keepAge) || !isPositive(archiveEvery)) {
            throw new IllegalArgumentException("times of a log are positive");
        }
    }

    /** As {@code Duration.isPositive()}, which isolates do not have. */
    private static boolean isPositive(Duration time) {
        return !time.isNegative() && !time.isZero();
    }

    /** {@return the defaults named above} */
    public static LogOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Other codecs.
     *
     * @param newCodecs how states and payloads become JSON
     * @return the same but for this
     */
    public LogOptions with(Codecs newCodecs) {
        return new LogOptions(
                newCodecs,
                maxEventBytes,
                snapshotEvery,
                checkEvery,
                actionWindow,
                actionAge,
                keepEvents,
                keepAge,
                segmentEvents,
                archiveEvery,
                maxLag,
                maxSubscribers);
    }

    /**
     * Other paces.
     *
     * @param events from one stored state to the next
     * @param check of this many events one is reduced twice
     * @return the same but for these
     */
    public LogOptions withPace(int events, int check) {
        return new LogOptions(
                codecs,
                maxEventBytes,
                events,
                check,
                actionWindow,
                actionAge,
                keepEvents,
                keepAge,
                segmentEvents,
                archiveEvery,
                maxLag,
                maxSubscribers);
    }

    /**
     * Another window of client actions.
     *
     * @param most how many are known again
     * @param age how long one is
     * @return the same but for these
     */
    public LogOptions withActions(int most, Duration age) {
        return new LogOptions(
                codecs,
                maxEventBytes,
                snapshotEvery,
                checkEvery,
                most,
                age,
                keepEvents,
                keepAge,
                segmentEvents,
                archiveEvery,
                maxLag,
                maxSubscribers);
    }

    /**
     * Another retention; without an archive everything stays.
     *
     * @param events most events that stay
     * @param age how long one stays
     * @param segment most events in one part of the archive
     * @param every time from an event to when the archive is next served
     * @return the same but for these
     */
    public LogOptions withRetention(int events, Duration age, int segment, Duration every) {
        return new LogOptions(
                codecs,
                maxEventBytes,
                snapshotEvery,
                checkEvery,
                actionWindow,
                actionAge,
                events,
                age,
                segment,
                every,
                maxLag,
                maxSubscribers);
    }

    /**
     * Other bounds of subscribers.
     *
     * @param lag events that one may be behind
     * @param most how many an object has
     * @return the same but for these
     */
    public LogOptions withSubscribers(int lag, int most) {
        return new LogOptions(
                codecs,
                maxEventBytes,
                snapshotEvery,
                checkEvery,
                actionWindow,
                actionAge,
                keepEvents,
                keepAge,
                segmentEvents,
                archiveEvery,
                lag,
                most);
    }
}
