package dev.flowir.blob;

import java.util.Optional;

/** What a conditional get came to. */
public sealed interface BlobGet {

    /**
     * The object, open.
     *
     * @param blob to be closed
     */
    record Found(Blob blob) implements BlobGet {}

    /**
     * A condition did not hold: 304 or 412 in HTTP.
     *
     * @param info properties of what is there
     */
    record Unmet(BlobInfo info) implements BlobGet {}

    /** There is no such object. */
    record Missing() implements BlobGet {}

    /** {@return the open object if there is one} */
    default Optional<Blob> found() {
        return this instanceof Found(Blob blob) ? Optional.of(blob) : Optional.empty();
    }
}
