package dev.flowir.kernel.journal;

import java.util.zip.CRC32C;

/** CRC32C, over parts given one after the other. A class of its own: isolates bring another. */
final class Checksum {

    private final CRC32C crc = new CRC32C();

    /** Takes the low byte of {@code octet}. */
    void update(int octet) {
        crc.update(octet);
    }

    /** Takes the first {@code length} of {@code bytes}. */
    void update(byte[] bytes, int length) {
        crc.update(bytes, 0, length);
    }

    /** {@return the sum over all that it was given} */
    int value() {
        return (int) crc.getValue();
    }
}
