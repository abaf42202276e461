package dev.flowir.kv;

/**
 * Reads and writes of one namespace. A write is refused with {@link
 * dev.flowir.kernel.cap.StaleAttemptException} when the attempt it was made for was given up.
 * Inside a transaction of the store that holds the namespace, a write commits with it.
 */
public interface KvWriter extends KvReader {

    /**
     * Sets the value under a key; what was there is replaced, with metadata and expiry.
     *
     * @param key the key
     * @param value at most {@link KvLimits#maxValueBytes()}, 25 MiB on Cloudflare
     * @param options metadata and expiry
     */
    void put(String key, KvValue value, PutOptions options);

    /**
     * As {@link #put(String, KvValue, PutOptions)}, without metadata and for ever.
     *
     * @param key the key
     * @param value the value
     */
    default void put(String key, KvValue value) {
        put(key, value, PutOptions.none());
    }

    /**
     * Removes what is under a key, if anything.
     *
     * @param key the key
     */
    void delete(String key);
}
