package dev.flowir.blob;

import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/**
 * Reads and writes of one bucket. A write is refused with {@link
 * dev.flowir.kernel.cap.StaleAttemptException} when the attempt it was made for was given up. When
 * a write returns, the object is as durable as the provider promises; of concurrent writes to one
 * key the last to complete wins, whole. A write that fails leaves the old object.
 */
public interface BlobWriter extends BlobReader {

    /**
     * Stores an object; what was under the key is replaced, with its metadata.
     *
     * @param key the key
     * @param body the bytes; its length must be known on Cloudflare, see {@link #putStream}
     * @param options metadata, conditions and checksum
     * @return the new object, or {@link BlobPut.Unmet} when a condition did not hold and nothing
     *     was changed
     * @throws BlobException for what breaks a limit, {@link BlobFault#BAD_DIGEST} for a checksum
     *     that the bytes do not have, {@link BlobFault#BODY_FAILED} when reading the body failed
     */
    BlobPut put(String key, BlobBody body, PutOptions options);

    /**
     * Stores an object without metadata and conditions.
     *
     * @param key the key
     * @param body the bytes
     * @return the new object
     */
    default BlobInfo put(String key, BlobBody body) {
        return put(key, body, PutOptions.none()).orThrow();
    }

    /**
     * Stores a stream of any length: a short one by one put, a longer one in parts of one size, of
     * which one at a time is in memory (8 MiB, or what the expected length needs to fit into 10,000
     * parts). What is stored so far is given up when the stream fails.
     *
     * @param key the key
     * @param stream the bytes; read to its end and not closed
     * @param metadata what is kept with the object
     * @param expectedBytes about how many; empty when unknown, which allows 80 GB
     * @return the new object
     * @throws BlobException {@link BlobFault#BODY_FAILED} when reading failed, {@link
     *     BlobFault#TOO_LARGE} when there are more parts than allowed
     */
    default BlobInfo putStream(
            String key, InputStream stream, BlobMetadata metadata, OptionalLong expectedBytes) {
        return new PartedStream(this, key, metadata, expectedBytes).send(stream);
    }

    /**
     * As {@link #putStream(String, InputStream, BlobMetadata, OptionalLong)}, without metadata and
     * of unknown length.
     *
     * @param key the key
     * @param stream the bytes; read to its end and not closed
     * @return the new object
     */
    default BlobInfo putStream(String key, InputStream stream) {
        return putStream(key, stream, BlobMetadata.none(), OptionalLong.empty());
    }

    /**
     * Removes the objects under these keys, where there are some, together.
     *
     * @param keys at most {@link BlobLimits#maxDeleteKeys()}, 1000 on Cloudflare
     */
    void delete(Collection<String> keys);

    /**
     * Removes the object under a key, if any.
     *
     * @param key the key
     */
    default void delete(String key) {
        delete(List.of(key));
    }

    /**
     * Stores what is under one key under another as well, without moving bytes.
     *
     * @param from key of the source
     * @param to key of the copy; may be the same, to replace metadata
     * @param options conditions on both, and metadata
     * @return the copy, or {@link BlobPut.Unmet} when a condition did not hold
     * @throws BlobException {@link BlobFault#NO_SUCH_KEY} when there is no source
     */
    BlobPut copy(String from, String to, CopyOptions options);

    /**
     * Stores what is under one key under another as well.
     *
     * @param from key of the source
     * @param to key of the copy
     * @return the copy
     */
    default BlobInfo copy(String from, String to) {
        return copy(from, to, CopyOptions.none()).orThrow();
    }

    /**
     * Begins an upload in parts. The object is there when it is completed; an upload that is
     * neither completed nor aborted is forgotten after {@link BlobLimits#uploadAge()}, 7 days.
     *
     * @param key key of the object to be
     * @param metadata what is kept with it
     * @return the upload
     */
    BlobUpload createUpload(String key, BlobMetadata metadata);

    /**
     * Goes on with an upload, perhaps in another process. Checks nothing: the first use does.
     *
     * @param key the key it was created for
     * @param uploadId {@link BlobUpload#id()}
     * @return the upload
     */
    BlobUpload resumeUpload(String key, String uploadId);
}
