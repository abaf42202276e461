package dev.flowir.kv;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which keys to list.
 *
 * @param prefix what keys start with; empty for all
 * @param limit most keys in a page; the profile's most when empty, 1000 on Cloudflare
 * @param cursor {@link KvPage#cursor()} of the page before
 */
public record KvQuery(String prefix, OptionalInt limit, Optional<String> cursor) {

    /**
     * All keys.
     *
     * @return the query
     */
    public static KvQuery all() {
        return prefix("");
    }

    /**
     * Keys that start with a text.
     *
     * @param prefix the text
     * @return the query
     */
    public static KvQuery prefix(String prefix) {
        return new KvQuery(prefix, OptionalInt.empty(), Optional.empty());
    }

    /**
     * The same with fewer keys in a page.
     *
     * @param most most keys in a page
     * @return the query with it
     */
    public KvQuery limit(int most) {
        return new KvQuery(prefix, OptionalInt.of(most), cursor);
    }

    /**
     * The page behind another.
     *
     * @param newCursor {@link KvPage#cursor()} of that page
     * @return the query with it
     */
    public KvQuery after(String newCursor) {
        return new KvQuery(prefix, limit, Optional.of(newCursor));
    }
}
