package dev.flowir.blob;

import java.time.Instant;
import java.util.Map;

/**
 * What is known about an object.
 *
 * @param key its key
 * @param version random and unique for each write: the only thing that tells two writes apart
 * @param size bytes
 * @param etag MD5 of the bytes in hex; for parts MD5 of their MD5s, a dash and their number. Equal
 *     bytes have equal etags: it is no version
 * @param uploadedAt when it was written, in milliseconds; neither unique nor an order
 * @param metadata what the writer gave
 * @param checksums in hex: MD5 unless it came in parts, and the one the writer gave
 */
public record BlobInfo(
        String key,
        String version,
        long size,
        String etag,
        Instant uploadedAt,
        BlobMetadata metadata,
        Map<Checksum.Algorithm, String> checksums) {

    /** Copies the map. */
    public BlobInfo {
        checksums = Map.copyOf(checksums);
    }

    /** {@return the etag as HTTP headers carry it: in double quotes} */
    public String httpEtag() {
        return '"' + etag + '"';
    }

    /**
     * The same with other metadata.
     *
     * @param other the metadata
     * @return the properties with it
     */
    public BlobInfo withMetadata(BlobMetadata other) {
        return new BlobInfo(key, version, size, etag, uploadedAt, other, checksums);
    }
}
