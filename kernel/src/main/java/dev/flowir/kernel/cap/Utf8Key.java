package dev.flowir.kernel.cap;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * The key of a store, or the start of one, as the UTF-8 bytes that order it: what capability
 * modules with keys have in common.
 */
public final class Utf8Key implements Comparable<Utf8Key> {

    private final byte[] bytes;

    private Utf8Key(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The bytes of a text.
     *
     * @param text the key or its start
     * @return them; empty when it has half of a surrogate pair
     */
    public static Optional<Utf8Key> encode(String text) {
        // Not by an encoder: the one of an edge isolate lets halves pass, and makes an encoder and
        // its buffers for each key, where most keys are ASCII and their own bytes.
        byte[] ascii = new byte[text.length()];
        boolean plain = true;
        boolean halved = false;
        for (int i = 0; i < text.length(); i++) {
            ascii[i] = (byte) text.charAt(i);
            if (text.charAt(i) < 0x80) {
                continue;
            }
            plain = false;
            if (Character.isHighSurrogate(text.charAt(i))
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else {
                halved |= Character.isSurrogate(text.charAt(i));
            }
        }
        if (plain) {
            return Optional.of(new Utf8Key(ascii));
        }
        return halved
                ? Optional.empty()
                : Optional.of(new Utf8Key(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * A key of bytes.
     *
     * @param bytes UTF-8, which must not change any more
     * @return the key
     */
    public static Utf8Key wrap(byte[] bytes) {
        return new Utf8Key(bytes);
    }

    /**
     * The key that {@link #cursor} was made from.
     *
     * @param cursor a text
     * @return the key; empty when the text is no cursor
     */
    public static Optional<Utf8Key> fromCursor(String cursor) {
        try {
            return Optional.of(new Utf8Key(Base64.getUrlDecoder().decode(cursor)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * A cursor that says: behind this key, whether it is still there or not.
     *
     * @return the bytes in base64 for URLs
     */
    public String cursor() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * The bytes themselves.
     *
     * @return UTF-8, not to be changed
     */
    public byte[] bytes() {
        return bytes;
    }

    /**
     * Where a part begins.
     *
     * @param part looked for
     * @param from the first byte to look at
     * @return index of its first byte at or behind {@code from}, in bytes; -1 when it is not there
     */
    public int indexOf(Utf8Key part, int from) {
        int last = bytes.length - part.bytes.length;
        for (int at = from; at <= last; at++) {
            if (Arrays.equals(
                    bytes, at, at + part.bytes.length, part.bytes, 0, part.bytes.length)) {
                return at;
            }
        }
        return -1;
    }

    /**
     * The first bytes.
     *
     * @param length how many
     * @return a key of them
     */
    public Utf8Key start(int length) {
        return new Utf8Key(Arrays.copyOf(bytes, length));
    }

    /**
     * Length.
     *
     * @return bytes of UTF-8
     */
    public int length() {
        return bytes.length;
    }

    /**
     * Whether the key has this start.
     *
     * @param prefix first bytes
     * @return whether it begins with them
     */
    public boolean startsWith(Utf8Key prefix) {
        return bytes.length >= prefix.bytes.length
                && Arrays.equals(
                        bytes, 0, prefix.bytes.length, prefix.bytes, 0, prefix.bytes.length);
    }

    /**
     * The least key greater than all that start with this.
     *
     * @return it; empty when none is
     */
    public Optional<Utf8Key> behindAll() {
        for (int i = bytes.length - 1; i >= 0; i--) {
            if (bytes[i] != (byte) 0xff) {
                byte[] next = Arrays.copyOf(bytes, i + 1);
                next[i]++;
                return Optional.of(new Utf8Key(next));
            }
        }
        return Optional.empty();
    }

    @Override
    public int compareTo(Utf8Key other) {
        // Arrays.compareUnsigned is more than an edge isolate has.
        int at = Arrays.mismatch(bytes, other.bytes);
        return at < 0 || at == Math.min(bytes.length, other.bytes.length)
                ? Integer.compare(bytes.length, other.bytes.length)
                : Integer.compare(bytes[at] & 0xff, other.bytes[at] & 0xff);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Utf8Key that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** {@return the text} */
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
