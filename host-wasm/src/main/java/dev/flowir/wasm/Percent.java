package dev.flowir.wasm;

import dev.flowir.wasm.json.JsonChars;
import java.util.Optional;

/** Percent escapes of paths and queries. */
final class Percent {

    private static final char NO_CHARACTER = '\ufffd';

    private Percent() {}

    /**
     * Decodes escapes of UTF-8; empty when one is broken.
     *
     * @param plusIsBlank as in queries
     */
    static Optional<String> decode(String text, boolean plusIsBlank) {
        if (text.indexOf('%') < 0 && (!plusIsBlank || text.indexOf('+') < 0)) {
            return Optional.of(text);
        }
        StringBuilder decoded = new StringBuilder();
        byte[] run = new byte[text.length() / 3];
        int at = 0;
        while (at < text.length()) {
            int length = 0;
            while (at < text.length() && text.charAt(at) == '%') {
                int high = at + 2 < text.length() ? JsonChars.hex(text.charAt(at + 1)) : -1;
                int low = at + 2 < text.length() ? JsonChars.hex(text.charAt(at + 2)) : -1;
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                run[length++] = (byte) (high * 16 + low);
                at += 3;
            }
            append(run, length, decoded);
            if (at < text.length() && length == 0) {
                char c = text.charAt(at++);
                decoded.append(plusIsBlank && c == '+' ? ' ' : c);
            }
        }
        return Optional.of(decoded.toString());
    }

    /**
     * Appends the text of UTF-8, as {@link String} reads it: one U+FFFD for the longest beginning
     * of a character that is none. Charsets are large in an isolate.
     */
    private static void append(byte[] bytes, int length, StringBuilder text) {
        int at = 0;
        while (at < length) {
            int first = bytes[at++] & 0xff;
            int more = first < 0x80 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
            if (first >= 0x80 && (first < 0xc2 || first > 0xf4)) {
                text.append(NO_CHARACTER);
                continue;
            }
            // What follows the first byte is narrower where the code would be too small or too
            // large.
            int least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
            int most = first == 0xf4 ? 0x8f : 0xbf;
            int code = more == 0 ? first : first & (0x3f >> more);
            int left = more;
            while (left > 0 && at < length && isWithin(bytes[at], least, most)) {
                code = (code << 6) | (bytes[at++] & 0x3f);
                least = 0x80;
                most = 0xbf;
                left--;
            }
            boolean isHalf = code >= 0xd800 && code < 0xe000;
            text.appendCodePoint(left == 0 && !isHalf ? code : NO_CHARACTER);
        }
    }

    private static boolean isWithin(byte value, int least, int most) {
        int unsigned = value & 0xff;
        return unsigned >= least && unsigned <= most;
    }
}
