package dev.flowir.blob;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which objects to list.
 *
 * @param prefix what keys start with; empty for all
 * @param delimiter rolls up keys that have it behind the prefix: only what is up to it is told,
 *     once
 * @param limit most objects and rolled-up prefixes in a page; the profile's most when empty
 * @param cursor {@link BlobPage#cursor()} of the page before
 * @param startAfter only keys behind this one
 * @param detail whether metadata is told
 */
public record BlobQuery(
        String prefix,
        Optional<String> delimiter,
        OptionalInt limit,
        Optional<String> cursor,
        Optional<String> startAfter,
        Detail detail) {

    /** How much is told of each object. */
    public enum Detail {
        /** No metadata. */
        PLAIN,
        /** Metadata too; a page may then hold fewer. */
        METADATA
    }

    /** {@return all objects, without metadata} */
    public static BlobQuery all() {
        return prefix("");
    }

    /**
     * Objects whose key starts with a text, without metadata.
     *
     * @param prefix the text
     * @return the query
     */
    public static BlobQuery prefix(String prefix) {
        return new BlobQuery(
                prefix,
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                Detail.PLAIN);
    }

    /**
     * The same with keys rolled up.
     *
     * @param text for example {@code /}
     * @return the query with it
     */
    public BlobQuery delimiter(String text) {
        return new BlobQuery(prefix, Optional.of(text), limit, cursor, startAfter, detail);
    }

    /**
     * The same with fewer in a page.
     *
     * @param most most objects and prefixes in a page
     * @return the query with it
     */
    public BlobQuery limit(int most) {
        return new BlobQuery(prefix, delimiter, OptionalInt.of(most), cursor, startAfter, detail);
    }

    /**
     * The page behind another.
     *
     * @param newCursor {@link BlobPage#cursor()} of that page
     * @return the query with it
     */
    public BlobQuery after(String newCursor) {
        return new BlobQuery(prefix, delimiter, limit, Optional.of(newCursor), startAfter, detail);
    }

    /**
     * The same, only keys behind one.
     *
     * @param key the key, which need not be there
     * @return the query with it
     */
    public BlobQuery startingAfter(String key) {
        return new BlobQuery(prefix, delimiter, limit, cursor, Optional.of(key), detail);
    }

    /**
     * The same with metadata.
     *
     * @return the query with it
     */
    public BlobQuery withMetadata() {
        return new BlobQuery(prefix, delimiter, limit, cursor, startAfter, Detail.METADATA);
    }
}
