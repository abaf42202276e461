package dev.flowir.blob;

/**
 * How an object is opened.
 *
 * @param range which bytes
 * @param conditions under which
 */
public record GetOptions(BlobRange range, BlobConditions conditions) {

    private static final GetOptions NONE =
            new GetOptions(new BlobRange.All(), BlobConditions.none());

    /** {@return all bytes, without conditions} */
    public static GetOptions none() {
        return NONE;
    }

    /**
     * Only some bytes.
     *
     * @param range which
     * @return the options
     */
    public static GetOptions range(BlobRange range) {
        return new GetOptions(range, BlobConditions.none());
    }

    /**
     * Only under conditions.
     *
     * @param conditions which
     * @return the options
     */
    public static GetOptions onlyIf(BlobConditions conditions) {
        return new GetOptions(new BlobRange.All(), conditions);
    }
}
