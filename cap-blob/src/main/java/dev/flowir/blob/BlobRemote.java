package dev.flowir.blob;

import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Objects that something else keeps, for example a server: what a provider elsewhere has to do.
 * {@link RemoteBlobs} and {@link QuietBlobs} have checked keys, ranges, metadata and limits before,
 * so that nothing wrong leaves. Thread-safe.
 *
 * <p>A {@link BlobException} says that nothing was written. After any other exception of a write
 * nobody knows.
 */
public interface BlobRemote extends AutoCloseable {

    /**
     * What is known about an object.
     *
     * @param key its key
     * @return its properties, with metadata; empty when there is none
     */
    Optional<BlobInfo> head(String key);

    /**
     * The same for several, as many at once as it likes.
     *
     * @param keys their keys, at most 1000
     * @return the properties of those that are there, by key
     */
    Map<String, BlobInfo> heads(List<String> keys);

    /**
     * Opens an object, whose bytes come as they are read.
     *
     * @param key its key
     * @param range which of them
     * @param etag of the object that is meant; empty for whatever is there
     * @return the open object; empty when there is none, or one with another etag
     * @throws BlobException {@link BlobFault#INVALID_RANGE} when the range has no byte of it
     */
    Optional<Blob> get(String key, BlobRange range, Optional<String> etag);

    /**
     * Some objects in the order of the UTF-8 bytes of their keys.
     *
     * @param prefix what their keys start with
     * @param after the key before the first; empty for the first of all
     * @param limit most of them, 1 to 1000
     * @return them
     */
    Listed list(String prefix, Optional<String> after, int limit);

    /**
     * A piece of a list.
     *
     * @param objects with key, size and etag; the rest may be made up
     * @param more whether others follow
     */
    record Listed(List<BlobInfo> objects, boolean more) {

        /** Keeps a copy. */
        public Listed {
            objects = List.copyOf(objects);
        }
    }

    /**
     * Stores an object. It must not be visible before the body has ended well: one that throws has
     * bytes that are not to be stored.
     *
     * @param draft the object
     * @param body its bytes; not closed here
     * @param length how many
     * @param replacing what it may replace
     * @return the object; empty when something else was there, and nothing was changed
     */
    Optional<BlobInfo> put(BlobDraft draft, InputStream body, long length, BlobReplacing replacing);

    /**
     * Removes objects, where there are some.
     *
     * @param keys at most 1000
     */
    void delete(List<String> keys);

    /**
     * Stores what is under one key under another, without moving bytes.
     *
     * @param source the object, which must not have been replaced meanwhile
     * @param draft the copy
     * @param replacing what it may replace
     * @return the copy; empty when something else was there, or the source is another now, and
     *     nothing was changed
     */
    Optional<BlobInfo> copy(BlobInfo source, BlobDraft draft, BlobReplacing replacing);

    /**
     * Begins an upload in parts.
     *
     * @param draft the object
     * @return its id there
     */
    String createUpload(BlobDraft draft);

    /**
     * Stores a part.
     *
     * @param key key of the object
     * @param upload id of the upload there
     * @param number from 1
     * @param body its bytes; not closed here
     * @param length how many
     * @return its etag
     * @throws BlobException {@link BlobFault#NO_SUCH_UPLOAD}
     */
    String part(String key, String upload, int number, InputStream body, long length);

    /**
     * Parts that are there.
     *
     * @param key key of the object
     * @param upload id of the upload there
     * @return them by number
     * @throws BlobException {@link BlobFault#NO_SUCH_UPLOAD}
     */
    Map<Integer, Part> parts(String key, String upload);

    /**
     * A part that is there.
     *
     * @param etag its etag
     * @param bytes its size
     */
    record Part(String etag, long bytes) {}

    /**
     * Makes an object of parts.
     *
     * @param key key of the object
     * @param upload id of the upload there
     * @param parts in order of their numbers
     * @return the object
     * @throws BlobException {@link BlobFault#NO_SUCH_UPLOAD}
     */
    BlobInfo complete(String key, String upload, List<UploadedPart> parts);

    /**
     * Forgets an upload, if it is there.
     *
     * @param key key of the object
     * @param upload id of the upload there
     */
    void abort(String key, String upload);

    /**
     * Forgets uploads that were begun some time ago.
     *
     * @param before when they were begun at the latest
     * @return how many there were
     */
    int abortUploads(Instant before);

    /**
     * Whether lists tell every property of an object, so that nobody needs a second look.
     *
     * @return false unless overridden
     */
    default boolean listsProperties() {
        return false;
    }

    /**
     * Whether {@link #complete} refuses parts that are not there or whose sizes do not go together,
     * as {@link BlobFault#INVALID_PART} and {@link BlobFault#PART_TOO_SMALL}. Then {@link #parts}
     * is not asked.
     *
     * @return false unless overridden
     */
    default boolean judgesParts() {
        return false;
    }

    /** Takes no more calls. */
    @Override
    void close();
}
