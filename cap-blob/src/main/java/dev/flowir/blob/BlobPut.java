package dev.flowir.blob;

import java.util.Optional;

/** What a conditional write came to. */
public sealed interface BlobPut {

    /**
     * It was written.
     *
     * @param info properties of the new object
     */
    record Stored(BlobInfo info) implements BlobPut {}

    /**
     * A condition did not hold and nothing was changed: 412 in HTTP.
     *
     * @param present what is there; empty when nothing is
     */
    record Unmet(Optional<BlobInfo> present) implements BlobPut {}

    /** {@return whether it was written} */
    default boolean stored() {
        return this instanceof Stored;
    }

    /**
     * The new object, where a condition that does not hold is a failure.
     *
     * @return its properties
     * @throws BlobException {@link BlobFault#PRECONDITION_FAILED} when it was not written
     */
    default BlobInfo orThrow() {
        return switch (this) {
            case Stored(BlobInfo info) -> info;
            case Unmet(Optional<BlobInfo> present) ->
                    throw new BlobException(
                            BlobFault.PRECONDITION_FAILED,
                            present.map(info ->
                                            "what is there has the etag "
                                                    + info.etag()
                                                    + ", which the conditions do not allow")
                                    .orElse("there is no object, and the conditions ask for one"));
        };
    }
}
