package dev.flowir.kv;

import dev.flowir.kernel.cap.Secret;
import java.util.Base64;

/** Secrets of 256 bits as texts. */
final class SecretBytes {

    private static final int BYTES = 32;

    private SecretBytes() {}

    /** The bytes; a text that is something else is not repeated. */
    static byte[] of(String id, Secret secret) {
        byte[] bytes = decoded(secret.reveal());
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException(
                    "the secret of '" + id + "' is not " + BYTES + " bytes in base64");
        }
        return bytes;
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) { // its message repeats a character of the secret
            return new byte[0];
        }
    }
}
