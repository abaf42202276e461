package dev.flowir.object;

import dev.flowir.ir.Codecs;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.kernel.cap.LimitProfile;
import dev.flowir.kernel.cap.Timeline;
import java.time.Duration;

/**
 * How a space is opened.
 *
 * @param timeline where time and alarms come from; the machine's by default
 * @param limits the numbers it keeps to; Cloudflare's by default
 * @param codecs how values become bytes; JSON by default
 * @param closeWait how long closing waits for calls that run before it gives them up; 5 s by
 *     default
 */
public record ObjectOptions(
        Timeline timeline, ObjectLimits limits, Codecs codecs, Duration closeWait) {

    /** {@return the defaults named above} */
    public static ObjectOptions defaults() {
        return new ObjectOptions(
                Timeline.system(),
                ObjectLimits.of(LimitProfile.CLOUDFLARE_PROD),
                JsonCodecs.strict(),
                Duration.ofSeconds(5));
    }

    /**
     * Another time.
     *
     * @param newTimeline where time and alarms come from
     * @return the same but for this
     */
    public ObjectOptions on(Timeline newTimeline) {
        return new ObjectOptions(newTimeline, limits, codecs, closeWait);
    }

    /**
     * Other limits.
     *
     * @param newLimits the numbers to keep to
     * @return the same but for this
     */
    public ObjectOptions with(ObjectLimits newLimits) {
        return new ObjectOptions(timeline, newLimits, codecs, closeWait);
    }

    /**
     * Other codecs.
     *
     * @param newCodecs how values become bytes; stored ones must stay readable
     * @return the same but for this
     */
    public ObjectOptions with(Codecs newCodecs) {
        return new ObjectOptions(timeline, limits, newCodecs, closeWait);
    }

    /**
     * Another wait when closing.
     *
     * @param wait for calls that run; zero gives them up at once
     * @return the same but for this
     */
    public ObjectOptions withCloseWait(Duration wait) {
        return new ObjectOptions(timeline, limits, codecs, wait);
    }
}
