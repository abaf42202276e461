package dev.flowir.limit;

import dev.flowir.kernel.cap.Utf8Key;
import java.time.Duration;

/** What a key is, to every provider. */
final class LimitKeys {

    private static final int MOST_BYTES = 512;

    private LimitKeys() {}

    /** Refuses what is no key. */
    static void check(String key) {
        int bytes = Utf8Key.encode(key).map(it -> it.bytes().length).orElse(0);
        if (bytes < 1 || bytes > MOST_BYTES) {
            throw new LimitException(
                    LimitFault.BAD_KEY,
                    "a key is 1 to " + MOST_BYTES + " bytes of UTF-8",
                    Duration.ZERO);
        }
    }
}
