package dev.flowir.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flowir.kernel.journal.PinnedFlow;
import dev.flowir.kernel.journal.Step;

/** Id of the run that does a step of another: it follows from both, and is that of a JVM. */
final class EdgeChildId {

    private static final String DIGITS = "0123456789abcdef";
    private static final int BLOCK = 64;
    private static final int LENGTH_AT = 56;
    private static final int[] TURNS = {7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21};
    private static final double TWO_TO_32 = 4_294_967_296.0;

    private EdgeChildId() {}

    static String of(String parent, int generation, PinnedFlow flow, Step step) {
        String wanted =
                parent
                        + "-"
                        + flow.alias(step.node())
                        + "-"
                        + Long.toHexString(step.issued().item())
                        + (generation == 1 ? "" : "-" + generation);
        return EdgeRunDesk.isRun(wanted) ? wanted : "child-" + uuid(wanted.getBytes(UTF_8));
    }

    /** As {@code UUID.nameUUIDFromBytes} writes it, which is not on this platform. */
    static String uuid(byte[] name) {
        byte[] hash = md5(name);
        hash[6] = (byte) ((hash[6] & 0x0f) | 0x30);
        hash[8] = (byte) ((hash[8] & 0x3f) | 0x80);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < hash.length; i++) {
            if (i == 4 || i == 6 || i == 8 || i == 10) {
                text.append('-');
            }
            text.append(DIGITS.charAt((hash[i] >> 4) & 0xf)).append(DIGITS.charAt(hash[i] & 0xf));
        }
        return text.toString();
    }

    /** RFC 1321. */
    private static byte[] md5(byte[] message) {
        int blocks = (message.length + 8) / BLOCK + 1;
        byte[] padded = new byte[blocks * BLOCK];
        System.arraycopy(message, 0, padded, 0, message.length);
        padded[message.length] = (byte) 0x80;
        long bits = 8L * message.length;
        for (int i = 0; i < 8; i++) {
            padded[padded.length - BLOCK + LENGTH_AT + i] = (byte) (bits >>> (8 * i));
        }
        int[] state = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
        for (int block = 0; block < blocks; block++) {
            mix(state, words(padded, block * BLOCK));
        }
        byte[] hash = new byte[16];
        for (int i = 0; i < hash.length; i++) {
            hash[i] = (byte) (state[i / 4] >>> (8 * (i % 4)));
        }
        return hash;
    }

    private static int[] words(byte[] bytes, int from) {
        int[] words = new int[16];
        for (int i = 0; i < BLOCK; i++) {
            words[i / 4] |= (bytes[from + i] & 0xff) << (8 * (i % 4));
        }
        return words;
    }

    private static void mix(int[] state, int[] words) {
        int a = state[0];
        int b = state[1];
        int c = state[2];
        int d = state[3];
        for (int i = 0; i < BLOCK; i++) {
            int round = i / 16;
            int mixed;
            int word;
            if (round == 0) {
                mixed = (b & c) | (~b & d);
                word = i;
            } else if (round == 1) {
                mixed = (d & b) | (~d & c);
                word = (5 * i + 1) % 16;
            } else if (round == 2) {
                mixed = b ^ c ^ d;
                word = (3 * i + 5) % 16;
            } else {
                mixed = c ^ (b | ~d);
                word = (7 * i) % 16;
            }
            int sine = (int) (long) Math.floor(Math.abs(Math.sin(i + 1)) * TWO_TO_32);
            int sum = a + mixed + sine + words[word];
            int turn = TURNS[round * 4 + i % 4];
            a = d;
            d = c;
            c = b;
            b += (sum << turn) | (sum >>> (32 - turn));
        }
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
    }
}
