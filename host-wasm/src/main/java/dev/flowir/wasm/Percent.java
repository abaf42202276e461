package dev.flowir.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flowir.wasm.json.JsonChars;
import java.util.Optional;

/** Percent escapes of paths and queries. */
final class Percent {

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
            decoded.append(new String(run, 0, length, UTF_8));
            if (at < text.length() && length == 0) {
                char c = text.charAt(at++);
                decoded.append(plusIsBlank && c == '+' ? ' ' : c);
            }
        }
        return Optional.of(decoded.toString());
    }
}
