package dev.flowir.wasm.json;

/** Characters of JSON and of messages about it, without the platform's large tables. */
public final class JsonChars {

    /** Longest piece of a payload that a message repeats, in characters. */
    private static final int MAX_QUOTED = 300;

    private JsonChars() {}

    /**
     * The value of a hexadecimal digit; the platform's table of all digits is large.
     *
     * @param c a character
     * @return from 0 to 15; -1 for any other character
     */
    public static int hex(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int letter = c | 0x20;
        return letter >= 'a' && letter <= 'f' && c < 0x80 ? letter - 'a' + 10 : -1;
    }

    /**
     * Holds a text against the grammar of numbers in JSON (RFC 8259 §6).
     *
     * @param text the text
     * @return true when it is a number
     */
    public static boolean isNumber(String text) {
        int at = text.startsWith("-") ? 1 : 0;
        int whole = digits(text, at);
        if (whole == at || (text.charAt(at) == '0' && whole > at + 1)) {
            return false;
        }
        at = whole;
        if (at < text.length() && text.charAt(at) == '.') {
            int fraction = digits(text, at + 1);
            if (fraction == at + 1) {
                return false;
            }
            at = fraction;
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                at++;
            }
            int exponent = digits(text, at);
            if (exponent == at) {
                return false;
            }
            at = exponent;
        }
        return at == text.length();
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    static String clipped(String text) {
        StringBuilder kept = new StringBuilder();
        for (int i = 0; i < text.length() && kept.length() < MAX_QUOTED; i++) {
            char next = text.charAt(i);
            kept.append(next < ' ' || (next >= 0x7f && next <= 0x9f) ? ' ' : next);
        }
        return kept.length() < text.length() ? kept + "…" : kept.toString();
    }
}
