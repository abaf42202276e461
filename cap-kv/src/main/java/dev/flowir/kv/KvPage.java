package dev.flowir.kv;

import java.util.List;
import java.util.Optional;

/**
 * A page of keys.
 *
 * @param keys keys in the order of their UTF-8 bytes; may be fewer than the limit, even none
 * @param cursor where the next page starts; empty when the list is complete. Stays good when
 *     entries come and go
 */
public record KvPage(List<KvKey> keys, Optional<String> cursor) {

    /** Copies the list. */
    public KvPage {
        keys = List.copyOf(keys);
    }

    /**
     * Whether this is the last page.
     *
     * @return true when no page follows
     */
    public boolean complete() {
        return cursor.isEmpty();
    }
}
