package dev.flowir.kv;

import dev.flowir.kernel.cap.Utf8Key;
import java.time.Instant;
import java.util.Optional;

/**
 * An entry as it is kept.
 *
 * @param key its key in UTF-8
 * @param value its value
 * @param metadata JSON text
 * @param expiresAtMillis when it is gone, in milliseconds since 1970
 */
record Row(Utf8Key key, KvValue value, Optional<String> metadata, Optional<Long> expiresAtMillis) {

    boolean isLive(long nowMillis) {
        return expiresAtMillis.isEmpty() || expiresAtMillis.get() > nowMillis;
    }

    KvEntry entry() {
        return new KvEntry(value, metadata, expiresAtMillis.map(Instant::ofEpochMilli));
    }
}
