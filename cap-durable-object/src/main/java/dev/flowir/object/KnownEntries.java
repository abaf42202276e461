package dev.flowir.object;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Some entries of one object as they are in the store: those that were read or written last. Has no
 * lock of its own.
 */
final class KnownEntries {

    private static final int MOST = 64;
    private static final int MOST_VALUE_BYTES = 4096;

    private @Nullable LinkedHashMap<String, Optional<byte[]>> values;

    /** Whether it is known what is stored under a key, or that nothing is. */
    boolean knows(String key) {
        return values != null && values.containsKey(key);
    }

    /** What is stored under a key that is known. */
    Optional<byte[]> get(String key) {
        return values == null ? Optional.empty() : values.getOrDefault(key, Optional.empty());
    }

    /** What it takes in the store with its key, 0 when it is not there; empty when not known. */
    OptionalLong size(String key) {
        if (!knows(key)) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(
                get(key).map(value -> key.getBytes(StandardCharsets.UTF_8).length + value.length)
                        .orElse(0));
    }

    void remember(String key, Optional<byte[]> value) {
        LinkedHashMap<String, Optional<byte[]>> cache = values;
        if (cache == null) {
            cache = new LinkedHashMap<>(4, 0.75f, true);
            values = cache;
        }
        if (value.isPresent() && value.get().length > MOST_VALUE_BYTES) {
            cache.remove(key);
            return;
        }
        cache.put(key, value);
        if (cache.size() > MOST) {
            cache.pollFirstEntry();
        }
    }

    void forget() {
        values = null;
    }
}
