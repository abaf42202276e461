package dev.flowir.kv;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Entries that something else keeps, such as a platform or a server. Calls come with keys, values
 * and options that {@link RemoteKv} has checked; what is refused there in spite of that is thrown
 * as {@link KvException}.
 */
public interface KvRemote {

    /** {@return milliseconds since 1970 on the clock by which entries expire, as near as known} */
    long nowMillis();

    /**
     * Reads one entry.
     *
     * @param key a key
     * @param cacheMillis how old a cached answer may be; empty for the default
     * @return the entry; empty when there is none. Its expiry may be left out where it is not told
     */
    Optional<KvEntry> get(String key, OptionalLong cacheMillis);

    /**
     * Reads several values.
     *
     * @param keys distinct or not
     * @return a value or nothing for each key, in their order
     */
    Map<String, Optional<KvValue>> getMany(List<String> keys);

    /**
     * Lists one page.
     *
     * @param prefix what names begin with
     * @param limit most keys
     * @param cursor where an earlier page ended
     * @return the keys in the order of their bytes; with a cursor when more may follow
     */
    KvPage list(String prefix, int limit, Optional<String> cursor);

    /**
     * Writes.
     *
     * @param key a key
     * @param value a value
     * @param options metadata that is JSON, an expiry that is far enough ahead
     */
    void put(String key, KvValue value, PutOptions options);

    /**
     * Deletes what may be there.
     *
     * @param key a key
     */
    void delete(String key);
}
