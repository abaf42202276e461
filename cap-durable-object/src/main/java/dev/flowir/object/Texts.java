package dev.flowir.object;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Texts as the bytes that identify and order them. */
final class Texts {

    private Texts() {}

    static byte[] utf8(String text, ObjectFault fault, String what) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new ObjectException(
                    fault, what + " has half of a surrogate pair and so no UTF-8 form");
        }
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
