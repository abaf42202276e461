package dev.flowir.kernel.journal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 as FIPS 180-4 has it. */
final class Sha256 {

    /** Copied for each use: looking for the algorithm takes longer than a short text. */
    private static final MessageDigest FRESH = fresh();

    private static MessageDigest fresh() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static byte[] of(byte[] bytes) {
        try {
            return ((MessageDigest) FRESH.clone()).digest(bytes);
        } catch (CloneNotSupportedException e) {
            return fresh().digest(bytes);
        }
    }

    private Sha256() {}
}
