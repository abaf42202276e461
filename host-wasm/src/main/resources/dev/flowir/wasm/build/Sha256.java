package dev.flowir.kernel.journal;

/** SHA-256 in an isolate, as FIPS 180-4 has it. */
final class Sha256 {

    private static final int BLOCK = 64;

    /** Fractions of the roots of primes, worked out once: cube roots, then square roots. */
    private static final int[] K = new int[64];
    private static final int[] START = new int[8];

    static {
        int found = 0;
        for (int n = 2; found < K.length; n++) {
            if (isPrime(n)) {
                K[found] = fraction(Math.cbrt(n));
                if (found < START.length) {
                    START[found] = fraction(Math.sqrt(n));
                }
                found++;
            }
        }
    }

    private Sha256() {}

    private static boolean isPrime(int n) {
        for (int d = 2; d * d <= n; d++) {
            if (n % d == 0) {
                return false;
            }
        }
        return true;
    }

    private static int fraction(double root) {
        return (int) (long) ((root - Math.floor(root)) * 4294967296.0);
    }

    static byte[] of(byte[] bytes) {
        int blocks = (bytes.length + 8) / BLOCK + 1;
        byte[] padded = new byte[blocks * BLOCK];
        System.arraycopy(bytes, 0, padded, 0, bytes.length);
        padded[bytes.length] = (byte) 0x80;
        long bits = 8L * bytes.length;
        for (int i = 0; i < 8; i++) {
            padded[padded.length - 1 - i] = (byte) (bits >>> 8 * i);
        }
        int[] h = START.clone();
        int[] w = new int[64];
        for (int at = 0; at < padded.length; at += BLOCK) {
            block(padded, at, h, w);
        }
        byte[] digest = new byte[32];
        for (int i = 0; i < digest.length; i++) {
            digest[i] = (byte) (h[i / 4] >>> 24 - 8 * (i % 4));
        }
        return digest;
    }

    private static void block(byte[] from, int at, int[] h, int[] w) {
        for (int i = 0; i < 16; i++) {
            int p = at + 4 * i;
            w[i] =
                    (from[p] & 0xFF) << 24
                            | (from[p + 1] & 0xFF) << 16
                            | (from[p + 2] & 0xFF) << 8
                            | from[p + 3] & 0xFF;
        }
        for (int i = 16; i < 64; i++) {
            int s0 = turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ w[i - 15] >>> 3;
            int s1 = turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ w[i - 2] >>> 10;
            w[i] = w[i - 16] + s0 + w[i - 7] + s1;
        }
        int[] v = h.clone();
        for (int i = 0; i < 64; i++) {
            int s1 = turn(v[4], 6) ^ turn(v[4], 11) ^ turn(v[4], 25);
            int t1 = v[7] + s1 + (v[4] & v[5] ^ ~v[4] & v[6]) + K[i] + w[i];
            int s0 = turn(v[0], 2) ^ turn(v[0], 13) ^ turn(v[0], 22);
            int t2 = s0 + (v[0] & v[1] ^ v[0] & v[2] ^ v[1] & v[2]);
            System.arraycopy(v, 0, v, 1, 7);
            v[4] += t1;
            v[0] = t1 + t2;
        }
        for (int i = 0; i < h.length; i++) {
            h[i] += v[i];
        }
    }

    private static int turn(int word, int by) {
        return word >>> by | word << 32 - by;
    }
}
