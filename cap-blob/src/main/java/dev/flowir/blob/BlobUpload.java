package dev.flowir.blob;

import java.util.List;

/**
 * An upload in parts. Parts may come in any order, at the same time, and again: the last of a
 * number counts. Every method throws {@link BlobFault#NO_SUCH_UPLOAD} once it is completed, aborted
 * or too old, but for {@link #abort()}.
 */
public interface BlobUpload {

    /** {@return key of the object to be} */
    String key();

    /** {@return what {@link BlobWriter#resumeUpload} takes} */
    String id();

    /**
     * Stores a part.
     *
     * @param number its place, from 1 to {@link BlobLimits#maxParts()}
     * @param body its bytes
     * @return what {@link #complete} takes
     */
    UploadedPart part(int number, BlobBody body);

    /**
     * Makes the object of these parts, in the order of their numbers. On Cloudflare all parts but
     * the last have one size, at least 5 MiB, and the last is no larger.
     *
     * @param parts what {@link #part} answered
     * @return the object
     * @throws BlobException {@link BlobFault#INVALID_PART}, {@link BlobFault#PART_TOO_SMALL}; the
     *     upload then stays as it was
     */
    BlobInfo complete(List<UploadedPart> parts);

    /** Forgets the upload and its parts. Does nothing when it is over already. */
    void abort();
}
