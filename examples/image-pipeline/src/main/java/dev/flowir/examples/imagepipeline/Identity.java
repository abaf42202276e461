package dev.flowir.examples.imagepipeline;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** What makes two uploads the same work. */
enum Identity {
    /**
     * {@code (organizationId, key, eTag)}: equal bytes under one key are classified once. Of A, B,
     * A again the third is not classified: its row is there.
     */
    ETAG,
    /** {@code (organizationId, key, version)}: every upload is classified. */
    VERSION;

    private static final int DIGITS = 40;

    /** Id of the run for an upload, and of nothing else: letters, digits and a dash. */
    String of(String organizationId, String key, String eTag, String version) {
        String last =
                switch (this) {
                    case ETAG -> eTag;
                    case VERSION -> version;
                };
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : List.of(organizationId, key, last)) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            }
            return "image-" + HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has SHA-256", missing);
        }
    }
}
