package dev.flowir.ir;

/**
 * SHA-1 (FIPS 180-4), for version 5 UUIDs only, never for security. Written here because the edge
 * has no {@code MessageDigest}.
 */
final class Sha1 {

    private Sha1() {}

    /** The 20 bytes of the digest. */
    static byte[] digest(byte[] message) {
        int blocks = (message.length + 8) / 64 + 1;
        byte[] padded = new byte[blocks * 64];
        System.arraycopy(message, 0, padded, 0, message.length);
        padded[message.length] = (byte) 0x80;
        long bits = (long) message.length * 8;
        for (int i = 0; i < 8; i++) {
            padded[padded.length - 1 - i] = (byte) (bits >>> (8 * i));
        }
        int[] state = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
        int[] w = new int[80];
        for (int block = 0; block < blocks; block++) {
            for (int t = 0; t < 16; t++) {
                int at = block * 64 + t * 4;
                w[t] =
                        ((padded[at] & 255) << 24)
                                | ((padded[at + 1] & 255) << 16)
                                | ((padded[at + 2] & 255) << 8)
                                | (padded[at + 3] & 255);
            }
            for (int t = 16; t < 80; t++) {
                w[t] = Integer.rotateLeft(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1);
            }
            compress(state, w);
        }
        byte[] digest = new byte[20];
        for (int i = 0; i < 20; i++) {
            digest[i] = (byte) (state[i / 4] >>> (24 - 8 * (i % 4)));
        }
        return digest;
    }

    private static void compress(int[] state, int[] w) {
        int a = state[0];
        int b = state[1];
        int c = state[2];
        int d = state[3];
        int e = state[4];
        for (int t = 0; t < 80; t++) {
            int next = Integer.rotateLeft(a, 5) + mix(t, b, c, d) + e + w[t] + constant(t);
            e = d;
            d = c;
            c = Integer.rotateLeft(b, 30);
            b = a;
            a = next;
        }
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
    }

    private static int mix(int t, int b, int c, int d) {
        if (t < 20) {
            return (b & c) | (~b & d);
        }
        return t >= 40 && t < 60 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d;
    }

    private static int constant(int t) {
        if (t < 40) {
            return t < 20 ? 0x5a827999 : 0x6ed9eba1;
        }
        return t < 60 ? 0x8f1bbcdc : 0xca62c1d6;
    }
}
