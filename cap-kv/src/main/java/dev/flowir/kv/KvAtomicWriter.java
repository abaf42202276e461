package dev.flowir.kv;

/**
 * Writes that depend on the value they replace. A feature: Cloudflare KV cannot do this, so it has
 * a token of its own, {@link Kv#atomicWriter(String)}.
 */
public interface KvAtomicWriter extends KvWriter {

    /**
     * Sets the value unless there is one.
     *
     * @param key the key
     * @param value the value
     * @param options metadata and expiry
     * @return whether it was set
     */
    boolean putIfAbsent(String key, KvValue value, PutOptions options);

    /**
     * Sets the value if the present one has the bytes of another.
     *
     * @param key the key
     * @param expected what must be there now
     * @param value the value
     * @param options metadata and expiry
     * @return whether it was set
     */
    boolean compareAndSet(String key, KvValue expected, KvValue value, PutOptions options);
}
