package dev.flowir.blob;

import java.util.Optional;

/**
 * How an object is copied.
 *
 * @param sourceConditions on what is copied
 * @param conditions on what is there now under the new key
 * @param metadata replaces that of the source; empty keeps it
 */
public record CopyOptions(
        BlobConditions sourceConditions,
        BlobConditions conditions,
        Optional<BlobMetadata> metadata) {

    private static final CopyOptions NONE =
            new CopyOptions(BlobConditions.none(), BlobConditions.none(), Optional.empty());

    /** {@return a plain copy with its metadata} */
    public static CopyOptions none() {
        return NONE;
    }

    /**
     * The same, only under a condition on what is there now.
     *
     * @param other which
     * @return the options with it
     */
    public CopyOptions onlyIf(BlobConditions other) {
        return new CopyOptions(sourceConditions, other, metadata);
    }

    /**
     * The same, only under a condition on what is copied.
     *
     * @param other which
     * @return the options with it
     */
    public CopyOptions onlyIfSource(BlobConditions other) {
        return new CopyOptions(other, conditions, metadata);
    }

    /**
     * The same with new metadata.
     *
     * @param replacement the metadata
     * @return the options with it
     */
    public CopyOptions replacing(BlobMetadata replacement) {
        return new CopyOptions(sourceConditions, conditions, Optional.of(replacement));
    }
}
