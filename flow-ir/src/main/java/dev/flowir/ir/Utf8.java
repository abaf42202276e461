package dev.flowir.ir;

import java.util.Arrays;

/** UTF-8 without a charset: this package imports nothing that reads or writes. */
final class Utf8 {

    private Utf8() {}

    /** The bytes of {@code text}; a lone surrogate becomes {@code ?}, as in {@link String}. */
    static byte[] encode(String text) {
        byte[] bytes = new byte[text.length() * 3];
        int at = 0;
        for (int i = 0; i < text.length(); i++) {
            int c = text.codePointAt(i);
            if (c < 0x80) {
                bytes[at++] = (byte) c;
            } else if (c < 0x800) {
                bytes[at++] = (byte) (0xc0 | (c >> 6));
                bytes[at++] = (byte) (0x80 | (c & 0x3f));
            } else if (c >= 0x10000) {
                i++;
                bytes[at++] = (byte) (0xf0 | (c >> 18));
                bytes[at++] = (byte) (0x80 | ((c >> 12) & 0x3f));
                bytes[at++] = (byte) (0x80 | ((c >> 6) & 0x3f));
                bytes[at++] = (byte) (0x80 | (c & 0x3f));
            } else if (c >= 0xd800 && c < 0xe000) {
                bytes[at++] = '?';
            } else {
                bytes[at++] = (byte) (0xe0 | (c >> 12));
                bytes[at++] = (byte) (0x80 | ((c >> 6) & 0x3f));
                bytes[at++] = (byte) (0x80 | (c & 0x3f));
            }
        }
        return Arrays.copyOf(bytes, at);
    }
}
