package dev.flowir.blob;

import java.util.Locale;

/**
 * What the bytes of a body must add up to; a body that does not is refused.
 *
 * @param algorithm how it is computed
 * @param hex the sum in lower-case hex
 */
public record Checksum(Algorithm algorithm, String hex) {

    /** How a checksum is computed. */
    public enum Algorithm {
        /** MD5, 16 bytes. Every object that did not come in parts has it. */
        MD5("MD5", 16),
        /** SHA-1, 20 bytes. */
        SHA_1("SHA-1", 20),
        /** SHA-256, 32 bytes. */
        SHA_256("SHA-256", 32),
        /** SHA-384, 48 bytes. */
        SHA_384("SHA-384", 48),
        /** SHA-512, 64 bytes. */
        SHA_512("SHA-512", 64);

        private final String javaName;
        private final int bytes;

        Algorithm(String javaName, int bytes) {
            this.javaName = javaName;
            this.bytes = bytes;
        }

        String javaName() {
            return javaName;
        }

        /** {@return size of a sum in bytes} */
        public int bytes() {
            return bytes;
        }
    }

    /** Refuses what is no sum of that algorithm; takes upper case too. */
    public Checksum {
        hex = hex.toLowerCase(Locale.ROOT);
        if (hex.length() % 2 != 0 || !hex.chars().allMatch(Checksum::isDigit)) {
            throw new BlobException(
                    BlobFault.INVALID_ARGUMENT, "a checksum is hex, two digits for a byte");
        }
        if (hex.length() / 2 != algorithm.bytes()) {
            throw new BlobException(
                    BlobFault.INVALID_ARGUMENT,
                    algorithm.javaName()
                            + " has "
                            + algorithm.bytes()
                            + " bytes, the checksum given "
                            + hex.length() / 2);
        }
    }

    private static boolean isDigit(int letter) {
        return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f');
    }

    /**
     * An MD5.
     *
     * @param hex 32 hex digits
     * @return the checksum
     */
    public static Checksum md5(String hex) {
        return new Checksum(Algorithm.MD5, hex);
    }

    /**
     * A SHA-256.
     *
     * @param hex 64 hex digits
     * @return the checksum
     */
    public static Checksum sha256(String hex) {
        return new Checksum(Algorithm.SHA_256, hex);
    }
}
