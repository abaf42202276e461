package dev.flowir.durable;

/**
 * What a store keeps of a feed.
 *
 * @param number the store's own
 * @param name the feed
 * @param flow name of the flow
 * @param windows what its windows are, as JSON: items in them mean nothing in others
 * @param state whether it takes inputs
 * @param createdMillis when it was made, since 1970
 * @param updatedMillis when its windows last moved, since 1970
 * @param clockMillis the latest time that an input came: never going back
 * @param watermark of its windows, {@link #NONE} before the first item, {@link #END} at the end
 * @param inputs runs of inputs that are not over
 * @param waiting items to be put into windows
 * @param items items in windows
 * @param owed windows that ended, the last ones, whose runs are not begun yet
 * @param runs runs of windows and late items that are not over
 * @param told windows whose runs were begun
 * @param late items that came too late
 * @param setAside items that were set aside and are kept
 */
record FeedRow(
        long number,
        String name,
        String flow,
        String windows,
        FeedView.State state,
        long createdMillis,
        long updatedMillis,
        long clockMillis,
        long watermark,
        long inputs,
        long waiting,
        long items,
        long owed,
        long runs,
        long told,
        long late,
        long setAside) {

    static final long NONE = Long.MIN_VALUE;
    static final long END = Long.MAX_VALUE;
}
