package dev.flowir.object;

import java.nio.charset.StandardCharsets;

/** Texts as the bytes that identify and order them. */
final class Texts {

    private Texts() {}

    static byte[] utf8(String text, ObjectFault fault, String what) {
        boolean low = false; // the encoder of an isolate lets halves pass
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean high =
                    Character.isHighSurrogate(c)
                            && i + 1 < text.length()
                            && Character.isLowSurrogate(text.charAt(i + 1));
            if (Character.isSurrogate(c) && !high && !low) {
                throw new ObjectException(
                        fault, what + " has half of a surrogate pair and so no UTF-8 form");
            }
            low = high;
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Order of keys: that of their UTF-8 bytes, which is that of their code points. */
    static int compare(String one, String other) {
        int least = Math.min(one.length(), other.length());
        for (int i = 0; i < least; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                // A surrogate stands for a code point above all that one char can hold.
                boolean high = Character.isSurrogate(a);
                return high == Character.isSurrogate(b) ? a - b : high ? 1 : -1;
            }
        }
        return one.length() - other.length();
    }
}
