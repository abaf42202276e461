package dev.flowir.blob;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Names that nobody can guess and nobody has twice: 128 random bits in hex. */
final class Ids {

    /** Made by the first id only: an isolate, which has none, looks at ids all the same. */
    private static final class Source {
        private static final SecureRandom RANDOM = new SecureRandom();

        private Source() {}
    }

    private Ids() {}

    static String next() {
        byte[] bits = new byte[16];
        Source.RANDOM.nextBytes(bits);
        return HexFormat.of().formatHex(bits);
    }

    /** Whether a text can be one of ours; what cannot is never made a file name. */
    static boolean isId(String text) {
        return text.length() == 32
                && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }
}
