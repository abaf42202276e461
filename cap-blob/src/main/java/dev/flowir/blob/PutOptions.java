package dev.flowir.blob;

import java.util.Optional;

/**
 * How an object is stored.
 *
 * @param metadata what is kept with it
 * @param conditions on what is there now
 * @param checksum what the bytes must add up to
 */
public record PutOptions(
        BlobMetadata metadata, BlobConditions conditions, Optional<Checksum> checksum) {

    private static final PutOptions NONE =
            new PutOptions(BlobMetadata.none(), BlobConditions.none(), Optional.empty());

    /** {@return nothing of all this} */
    public static PutOptions none() {
        return NONE;
    }

    /**
     * With metadata.
     *
     * @param metadata the metadata
     * @return the options
     */
    public static PutOptions with(BlobMetadata metadata) {
        return new PutOptions(metadata, BlobConditions.none(), Optional.empty());
    }

    /**
     * The same, only under conditions.
     *
     * @param other which
     * @return the options with them
     */
    public PutOptions onlyIf(BlobConditions other) {
        return new PutOptions(metadata, other, checksum);
    }

    /**
     * The same with a checksum.
     *
     * @param expected what the bytes must add up to
     * @return the options with it
     */
    public PutOptions verifying(Checksum expected) {
        return new PutOptions(metadata, conditions, Optional.of(expected));
    }
}
