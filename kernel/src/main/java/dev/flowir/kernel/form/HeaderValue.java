package dev.flowir.kernel.form;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Values of header fields of the shape {@code token; name=value; name="value"}. */
final class HeaderValue {

    private HeaderValue() {}

    /** The first word, in lower case. */
    static String token(String value) {
        int end = value.indexOf(';');
        return lower((end < 0 ? value : value.substring(0, end)).strip());
    }

    /** Letters of ASCII in lower case: what names and words of header fields are made of. */
    static String lower(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            lower.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
        }
        return lower.toString();
    }

    private static int digit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        char letter = (char) (c | 32);
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }

    /**
     * The parameters by their names in lower case, the first of each; none when a quote is not
     * closed or something follows it.
     */
    static Optional<Map<String, String>> parameters(String value) {
        Map<String, String> all = new LinkedHashMap<>();
        int at = value.indexOf(';');
        while (at >= 0 && at < value.length()) {
            int equals = value.indexOf('=', at);
            int next = value.indexOf(';', at + 1);
            if (equals < 0 || (next >= 0 && next < equals)) {
                at = next; // a parameter without a value
                continue;
            }
            String name = lower(value.substring(at + 1, equals).strip());
            int from = equals + 1;
            while (from < value.length() && value.charAt(from) == ' ') {
                from++;
            }
            if (from < value.length() && value.charAt(from) == '"') {
                StringBuilder text = new StringBuilder();
                int after = quoted(value, from + 1, text);
                if (after < 0) {
                    return Optional.empty();
                }
                all.putIfAbsent(name, text.toString());
                at = value.indexOf(';', after);
                int rest = at < 0 ? value.length() : at;
                if (!value.substring(after, rest).strip().isEmpty()) {
                    return Optional.empty();
                }
            } else {
                at = value.indexOf(';', from);
                int rest = at < 0 ? value.length() : at;
                all.putIfAbsent(name, value.substring(from, rest).strip());
            }
        }
        return Optional.of(all);
    }

    /**
     * Reads up to the closing quote. Browsers write a quote as {@code %22}, curl as {@code \"}; a
     * backslash before anything else is one, as in paths of Windows.
     *
     * @return where the text goes on, -1 when the quote is not closed
     */
    private static int quoted(String value, int from, StringBuilder into) {
        int i = from;
        while (i < value.length()) {
            char next = value.charAt(i);
            if (next == '"') {
                return i + 1;
            }
            boolean escape =
                    next == '\\'
                            && i + 1 < value.length()
                            && (value.charAt(i + 1) == '"' || value.charAt(i + 1) == '\\');
            if (escape) {
                into.append(value.charAt(i + 1));
                i += 2;
            } else if (value.startsWith("%22", i)) {
                into.append('"');
                i += 3;
            } else {
                into.append(next);
                i++;
            }
        }
        return -1;
    }

    /** A value of RFC 8187, {@code UTF-8''na%C3%AFve.txt}; none when it is no such value. */
    static Optional<String> extended(String value) {
        int language = value.indexOf('\'');
        int text = value.indexOf('\'', language + 1);
        if (language < 0 || text < 0 || !value.substring(0, language).equalsIgnoreCase("utf-8")) {
            return Optional.empty();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = text + 1; i < value.length(); i++) {
            char next = value.charAt(i);
            if (next > 0x7e) {
                return Optional.empty();
            }
            if (next != '%') {
                bytes.write(next);
                continue;
            }
            int high = i + 2 < value.length() ? digit(value.charAt(i + 1)) : -1;
            int low = high < 0 ? -1 : digit(value.charAt(i + 2));
            if (low < 0) {
                return Optional.empty();
            }
            bytes.write(high * 16 + low);
            i += 2;
        }
        try {
            String decoded =
                    UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
            for (int i = 0; i < decoded.length(); i++) {
                if (decoded.charAt(i) < ' ') {
                    return Optional.empty();
                }
            }
            return Optional.of(decoded);
        } catch (CharacterCodingException noText) {
            return Optional.empty();
        }
    }
}
