package dev.flowir.blob;

/** What a write may replace. Whoever keeps the objects compares and writes in one step. */
public sealed interface BlobReplacing {

    /** Whatever is there, or nothing. */
    record Anything() implements BlobReplacing {}

    /** Nothing: there is no object. */
    record Nothing() implements BlobReplacing {}

    /**
     * The object that has an etag.
     *
     * @param etag without quotes
     */
    record Etag(String etag) implements BlobReplacing {}
}
