package dev.flowir.object.log;

import dev.flowir.ir.JsonValue;
import java.util.Arrays;

/**
 * What ties each row to all before it: the SHA-256 of the link before and the row. A row that was
 * changed, left out or put in breaks it. Without {@code HexFormat}, which isolates do not have.
 */
final class Chain {

    private static final String DIGITS = "0123456789abcdef";

    /** Before the first row. */
    static final String START = "0".repeat(64);

    private Chain() {}

    static String next(String before, JsonValue row) {
        byte[] link = bytes(before);
        byte[] text = LogJson.text(row);
        byte[] both = Arrays.copyOf(link, link.length + text.length);
        System.arraycopy(text, 0, both, link.length, text.length);
        return of(both);
    }

    static String of(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte one : Sha256.of(bytes)) {
            text.append(DIGITS.charAt((one >> 4) & 0xF)).append(DIGITS.charAt(one & 0xF));
        }
        return text.toString();
    }

    private static byte[] bytes(String hex) {
        byte[] bytes = new byte[hex.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (digit(hex, 2 * i) << 4 | digit(hex, 2 * i + 1));
        }
        return bytes;
    }

    private static int digit(String hex, int at) {
        int digit = DIGITS.indexOf(hex.charAt(at));
        if (digit < 0) {
            throw new LogException(LogFault.CHANGED, "a link of the log is no hex: " + hex);
        }
        return digit;
    }
}
