package dev.flowir.blob;

import java.time.Instant;
import java.util.Map;

/**
 * An object to be: what is known of it before its bytes are, and kept with them.
 *
 * @param key its key
 * @param version random, for this write alone
 * @param uploadedAt the writer's time, to the millisecond
 * @param metadata what the writer gives
 * @param checksums in hex, as the writer says they are; the bytes are compared with them on the way
 */
public record BlobDraft(
        String key,
        String version,
        Instant uploadedAt,
        BlobMetadata metadata,
        Map<Checksum.Algorithm, String> checksums) {

    /** Keeps a copy. */
    public BlobDraft {
        checksums = Map.copyOf(checksums);
    }
}
