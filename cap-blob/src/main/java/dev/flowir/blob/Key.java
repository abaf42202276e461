package dev.flowir.blob;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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

    /** The bytes themselves: not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    /** Where {@code part} begins at or behind {@code from}; -1 when it does not. */
    int indexOf(Key part, int from) {
        int last = bytes.length - part.bytes.length;
        for (int at = from; at <= last; at++) {
            if (Arrays.equals(
                    bytes, at, at + part.bytes.length, part.bytes, 0, part.bytes.length)) {
                return at;
            }
        }
        return -1;
    }

    /** The first bytes. */
    Key start(int length) {
        return new Key(Arrays.copyOf(bytes, length));
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
