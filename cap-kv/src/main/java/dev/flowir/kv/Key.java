package dev.flowir.kv;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** A key, or the start of one, as the UTF-8 bytes that order it. */
final class Key implements Comparable<Key> {

    private final byte[] bytes;

    private Key(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The bytes of {@code text}; empty when it has half of a surrogate pair. */
    static Optional<Key> encode(String text) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return Optional.of(new Key(bytes));
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** These bytes, which must not change any more. */
    static Key wrap(byte[] bytes) {
        return new Key(bytes);
    }

    /** The key that {@link #cursor} was made from; empty when the text is no cursor. */
    static Optional<Key> fromCursor(String cursor) {
        try {
            return Optional.of(new Key(Base64.getUrlDecoder().decode(cursor)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A cursor that says: behind this key, whether it is still there or not. */
    String cursor() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The bytes themselves: not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return bytes.length;
    }

    boolean startsWith(Key prefix) {
        return bytes.length >= prefix.bytes.length
                && Arrays.equals(
                        bytes, 0, prefix.bytes.length, prefix.bytes, 0, prefix.bytes.length);
    }

    /** The least key greater than all that start with this; empty when none is. */
    Optional<Key> behindAll() {
        for (int i = bytes.length - 1; i >= 0; i--) {
            if (bytes[i] != (byte) 0xff) {
                byte[] next = Arrays.copyOf(bytes, i + 1);
                next[i]++;
                return Optional.of(new Key(next));
            }
        }
        return Optional.empty();
    }

    @Override
    public int compareTo(Key other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Key that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The text. */
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
