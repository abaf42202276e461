package dev.flowir.kv;

/**
 * Writes that depend on the value they replace. A feature: Cloudflare KV cannot do this, so it has
 * a token of its own, {@link Kv#atomicWriter(String)}.
 */
public interface KvAtomicWriter extends KvWriter {

    /** Sets the value unless there is one. */
    boolean putIfAbsent(String key, KvValue value, PutOptions options);

    /** Sets the value if the present one has the bytes of {@code expected}. */
    boolean compareAndSet(String key, KvValue expected, KvValue value, PutOptions options);
}
