package dev.flowir.blob;

import java.util.List;
import java.util.Optional;

/**
 * A page of a list.
 *
 * @param objects in the order of the UTF-8 bytes of their keys; may be fewer than the limit, even
 *     none
 * @param delimitedPrefixes what was rolled up, each once
 * @param cursor where the next page starts; empty when the list is complete. Stays good when
 *     objects come and go
 */
public record BlobPage(
        List<BlobInfo> objects, List<String> delimitedPrefixes, Optional<String> cursor) {

    /** Copies the lists. */
    public BlobPage {
        objects = List.copyOf(objects);
        delimitedPrefixes = List.copyOf(delimitedPrefixes);
    }

    /**
     * Whether more follows.
     *
     * @return true when this is not the last page
     */
    public boolean truncated() {
        return cursor.isPresent();
    }
}
