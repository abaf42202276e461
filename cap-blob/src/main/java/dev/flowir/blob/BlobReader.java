package dev.flowir.blob;

import java.util.Optional;

/**
 * Reads of one bucket. A key is 1 to 1024 bytes of UTF-8, any characters; keys are compared byte by
 * byte and are never paths.
 *
 * <p>Thread-safe. Every method throws {@link BlobException} for a key or option that breaks a
 * limit.
 */
public interface BlobReader {

    /**
     * What is known about an object, without its bytes.
     *
     * @param key the key
     * @return its properties; empty when there is no object
     */
    Optional<BlobInfo> head(String key);

    /**
     * Opens an object, or a range of it, under conditions.
     *
     * @param key the key
     * @param options range and conditions
     * @return the open object, which must be closed; or why it was not opened
     * @throws BlobException {@link BlobFault#INVALID_RANGE} when the range has no byte of the
     *     object
     */
    BlobGet get(String key, GetOptions options);

    /**
     * Opens an object.
     *
     * @param key the key
     * @return the open object, which must be closed; empty when there is none
     */
    default Optional<Blob> get(String key) {
        return get(key, GetOptions.none()).found();
    }

    /**
     * One page of objects in the order of the UTF-8 bytes of their keys. Walk on {@link
     * BlobPage#cursor()} while it is {@link BlobPage#truncated()}, never on the number of objects:
     * a page may hold fewer than asked for and not be the last.
     *
     * @param query which objects, from where, how many
     * @return the page
     */
    BlobPage list(BlobQuery query);
}
