package dev.flowir.kv;

import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads of one namespace. A key is 1 to 512 bytes of UTF-8 and neither {@code .} nor {@code ..}. An
 * entry whose time is over is not there.
 *
 * <p>Thread-safe. Every method throws {@link KvException} for a key or option that breaks a limit.
 */
public interface KvReader {

    /**
     * The entry under a key with metadata and expiry.
     *
     * @param key the key
     * @return the entry; empty when there is none
     */
    Optional<KvEntry> getWithMetadata(String key);

    /**
     * The value under a key.
     *
     * @param key the key
     * @return the value; empty when there is none
     */
    default Optional<KvValue> get(String key) {
        return getWithMetadata(key).map(KvEntry::value);
    }

    /**
     * The value under a key, where a cached answer will do. Only a provider with caches between it
     * and its data has older answers; another one gives the present one. An entry whose time is
     * over is not there, however long answers are cached.
     *
     * @param key the key
     * @param cacheTtl how old an answer may be, at least {@link KvLimits#minCacheTtl()}, 30 s on
     *     Cloudflare, where 60 s is the default
     * @return the value; empty when there is none
     */
    default Optional<KvValue> get(String key, Duration cacheTtl) {
        return get(key);
    }

    /**
     * The value under a key, decoded.
     *
     * @param key the key
     * @param codec reads the value
     * @param <T> type of the payload
     * @return the payload; empty when there is none
     * @throws CodecException when the value is not a {@code T}
     */
    default <T> Optional<T> get(String key, Codec<T> codec) throws CodecException {
        Optional<KvValue> found = get(key);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get().as(codec));
    }

    /**
     * The values under several keys, read at one moment.
     *
     * @param keys at most {@link KvLimits#maxBulkKeys()}, 100 on Cloudflare
     * @return one entry per different key, in the order given
     */
    Map<String, Optional<KvValue>> getMany(List<String> keys);

    /**
     * One page of keys in the order of their UTF-8 bytes. Walk on {@link KvPage#cursor()}, never on
     * the number of keys: a page may hold fewer than asked for and not be the last.
     *
     * @param query which keys, from where, how many
     * @return the page
     */
    KvPage list(KvQuery query);
}
