package dev.flowir.kv;

/**
 * What a wrapper makes of keys and values on their way to who keeps them, and back. The length of a
 * kept name or value is at most so much more than that of a key or value.
 */
interface Veil {

    /** The name under which a key is kept; also of the start of a key, where names are listed. */
    default String name(String key) {
        return key;
    }

    /** The key of a name. */
    default String key(String name) {
        return name;
    }

    /** Whether the start of a key becomes the start of its name, so that names can be listed. */
    default boolean keepsStarts() {
        return true;
    }

    /** A value as it is kept. */
    default KvValue seal(String key, KvValue value) {
        return value;
    }

    /** A value as it was. */
    default KvValue unseal(String key, KvValue value) {
        return value;
    }

    /** Whether one value is kept as one. */
    default boolean keepsValues() {
        return true;
    }

    /** Bytes of UTF-8 that a name may have more than its key. */
    default int moreKeyBytes() {
        return 0;
    }

    /** Bytes that a kept value may have more than it has. */
    default int moreValueBytes() {
        return 0;
    }
}
