package dev.flowir.ir;

/**
 * How much the windows of one node keep at most. An item beyond is refused: the node fails for it
 * with {@code RUN130}, and its error handler decides what follows.
 *
 * @param keys keys of one span of time; of sessions, keys that have one. At least 1
 * @param open windows of all keys that are not yet given up, at least 1
 * @param items items that one window keeps, at least 1; what is folded is not kept
 */
public record WindowBounds(int keys, int open, int items) {

    /**
     * 100,000 keys, 100,000 windows, 10,000 items in each: a window of a key takes some 150 bytes
     * beside its content, so 100,000 take 15 MB.
     */
    public static final WindowBounds DEFAULTS = new WindowBounds(100_000, 100_000, 10_000);

    /** Refuses bounds that let nothing in. */
    public WindowBounds {
        if (keys < 1 || open < 1 || items < 1) {
            throw new IllegalArgumentException(
                    "a window keeps one key, one window and one item at least, got "
                            + keys
                            + ", "
                            + open
                            + " and "
                            + items);
        }
    }

    /**
     * {@return the same for so many keys}
     *
     * @param most keys of one span, at least 1
     */
    public WindowBounds keys(int most) {
        return new WindowBounds(most, open, items);
    }

    /**
     * {@return the same for so many windows}
     *
     * @param most windows that are not given up, at least 1
     */
    public WindowBounds open(int most) {
        return new WindowBounds(keys, most, items);
    }

    /**
     * {@return the same for so many items}
     *
     * @param most items of one window, at least 1
     */
    public WindowBounds items(int most) {
        return new WindowBounds(keys, open, most);
    }
}
