package dev.flowir.durable;

import java.time.Instant;
import java.util.Optional;

/**
 * A durable feed as it stands.
 *
 * @param name the feed
 * @param flow name of the flow
 * @param state whether it takes inputs
 * @param created when it was made
 * @param updated when windows of it last took or gave something
 * @param watermark the time up to which everything is taken to have come; empty before the first
 *     item, and once all windows were ended
 * @param inputs runs of inputs that are not over
 * @param waiting items that are to be put into windows
 * @param items items in windows that are not given up
 * @param runs runs of windows and of late items that are not over
 * @param told windows told so far, each revision counted
 * @param late items that came too late
 * @param setAside items that could not be put into windows, and are kept
 */
public record FeedView(
        String name,
        String flow,
        State state,
        Instant created,
        Instant updated,
        Optional<Instant> watermark,
        long inputs,
        long waiting,
        long items,
        long runs,
        long told,
        long late,
        long setAside) {

    /** Whether a feed takes inputs. */
    public enum State {
        /** It does. */
        OPEN,
        /** No more; what was taken is on its way. */
        FINISHING,
        /** No more, and every window was told. */
        FINISHED
    }

    static FeedView of(FeedRow row) {
        boolean isKnown = row.watermark() != FeedRow.NONE && row.watermark() != FeedRow.END;
        return new FeedView(
                row.name(),
                row.flow(),
                row.state(),
                Instant.ofEpochMilli(row.createdMillis()),
                Instant.ofEpochMilli(row.updatedMillis()),
                isKnown ? Optional.of(Instant.ofEpochMilli(row.watermark())) : Optional.empty(),
                row.inputs(),
                row.waiting(),
                row.items(),
                row.runs(),
                row.told(),
                row.late(),
                row.setAside());
    }
}
