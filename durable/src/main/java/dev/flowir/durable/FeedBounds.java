package dev.flowir.durable;

/**
 * How much a durable feed keeps at most, beside the bounds of its windows.
 *
 * @param inputs inputs that are on their way to the windows: an offer beyond is refused with {@code
 *     RUN041}. At least 1
 * @param items items in windows that are not given up, on the disk: one beyond is set aside with
 *     {@code RUN042}. At least 1
 * @param runs runs of windows and of late items that are not over: while there are as many, nothing
 *     further is put into windows. At least 1
 */
public record FeedBounds(int inputs, int items, int runs) {

    /** Items that are set aside in one feed; then offers are refused with {@code RUN042}. */
    public static final int MAX_SET_ASIDE = 1_000;

    /** Characters of the name of a feed. */
    public static final int MAX_NAME_LENGTH = 50;

    /**
     * 10,000 inputs, a million items, 10,000 runs: an item takes some 100 bytes of memory, and on
     * the disk its JSON and 40 bytes.
     */
    public static final FeedBounds DEFAULTS = new FeedBounds(10_000, 1_000_000, 10_000);

    /** Refuses bounds that let nothing in. */
    public FeedBounds {
        if (inputs < 1 || items < 1 || runs < 1) {
            throw new IllegalArgumentException(
                    "a feed takes one input, item and run at least, got "
                            + inputs
                            + ", "
                            + items
                            + " and "
                            + runs);
        }
    }

    /**
     * {@return the same for so many inputs}
     *
     * @param most inputs on their way, at least 1
     */
    public FeedBounds inputs(int most) {
        return new FeedBounds(most, items, runs);
    }

    /**
     * {@return the same for so many items}
     *
     * @param most items in windows, at least 1
     */
    public FeedBounds items(int most) {
        return new FeedBounds(inputs, most, runs);
    }

    /**
     * {@return the same for so many runs}
     *
     * @param most runs that are not over, at least 1
     */
    public FeedBounds runs(int most) {
        return new FeedBounds(inputs, items, most);
    }
}
