package dev.flowir.kv;

/**
 * Entries that something else keeps, and changes depending on what is there: condition and write
 * are one step there.
 */
public interface KvAtomicRemote extends KvRemote {

    /**
     * Sets the value unless there is one that is live.
     *
     * @param key a key
     * @param value a value
     * @param options metadata that is JSON, an expiry that is far enough ahead
     * @return whether it was set
     */
    boolean putIfAbsent(String key, KvValue value, PutOptions options);

    /**
     * Sets the value if the live one has the bytes of another.
     *
     * @param key a key
     * @param expected what must be there
     * @param value a value
     * @param options metadata that is JSON, an expiry that is far enough ahead
     * @return whether it was set
     */
    boolean compareAndSet(String key, KvValue expected, KvValue value, PutOptions options);
}
