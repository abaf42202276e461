package dev.flowir.wasm;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Cuts a stream into pieces. */
final class Pieces {

    private static final int BYTES = 64 * 1024;

    private final InputStream source;
    private final byte[] buffer = new byte[BYTES];

    Pieces(InputStream source) {
        this.source = source;
    }

    /** The next piece, a copy; shorter than others at the end, and empty behind it. */
    byte[] next() throws IOException {
        int filled = 0;
        // not by readNBytes, which never ends here: a read of no bytes gives none
        while (filled < BYTES) {
            int got = source.read(buffer, filled, BYTES - filled);
            if (got < 0) {
                break;
            }
            filled += got;
        }
        return Arrays.copyOf(buffer, filled);
    }

    static boolean isLast(byte[] piece) {
        return piece.length < BYTES;
    }
}
