package dev.flowir.kernel.journal;

/** CRC32C in an isolate, where the platform's class library has none. */
final class Checksum {

    private static final int[] TABLE = table();

    private int crc = -1;

    private static int[] table() {
        int[] table = new int[256];
        for (int n = 0; n < table.length; n++) {
            int c = n;
            for (int bit = 0; bit < 8; bit++) {
                c = (c & 1) == 0 ? c >>> 1 : c >>> 1 ^ 0x82F63B78;
            }
            table[n] = c;
        }
        return table;
    }

    void update(int octet) {
        crc = TABLE[(crc ^ octet) & 0xFF] ^ crc >>> 8;
    }

    void update(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            update(bytes[i]);
        }
    }

    int value() {
        return ~crc;
    }
}
