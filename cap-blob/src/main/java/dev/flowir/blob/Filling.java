package dev.flowir.blob;

import java.io.IOException;
import java.io.InputStream;

/** Fills buffers, also where {@link InputStream#readNBytes} does not end: in isolates. */
final class Filling {

    private Filling() {}

    /** Reads until so many bytes are there or no more come; says how many there are. */
    static int fill(InputStream source, byte[] into, int offset, int wanted) throws IOException {
        int filled = 0;
        while (filled < wanted) {
            int got = source.read(into, offset + filled, wanted - filled);
            if (got < 0) {
                return filled;
            }
            filled += got;
        }
        return filled;
    }
}
