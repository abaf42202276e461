package dev.flowir.object;

import java.util.Optional;

/**
 * Names one object of one class: 32 bytes, of which the last 8 tell the class. Equal when the bytes
 * are.
 */
public final class ObjectId {

    private final long first;
    private final long second;
    private final long third;
    private final long tag;
    private final String name;

    ObjectId(long first, long second, long third, long tag, String name) {
        this.first = first;
        this.second = second;
        this.third = third;
        this.tag = tag;
        this.name = name;
    }

    /** {@return the name that the id was made from; empty for a new or parsed one} */
    public Optional<String> name() {
        return name.isEmpty() ? Optional.empty() : Optional.of(name);
    }

    /** The id of 64 digits. */
    static ObjectId ofDigits(String digits, String name) {
        return new ObjectId(
                part(digits, 0), part(digits, 16), part(digits, 32), part(digits, 48), name);
    }

    private static long part(String digits, int from) {
        long value = 0;
        for (int i = from; i < from + 16; i++) {
            value = value << 4 | Character.digit(digits.charAt(i), 16);
        }
        return value;
    }

    static boolean isDigits(String text) {
        boolean good = text.length() == 64;
        for (int i = 0; i < text.length() && good; i++) {
            char c = text.charAt(i);
            good = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        }
        return good;
    }

    /** The bytes of a name that may be one. */
    static byte[] checkName(String name, int maxNameBytes) {
        if (name.isEmpty()) {
            throw new ObjectException(
                    ObjectFault.BAD_NAME, "a name has at least one character; fresh() needs none");
        }
        byte[] bytes = Texts.utf8(name, ObjectFault.BAD_NAME, "the name");
        if (bytes.length > maxNameBytes) {
            throw new ObjectException(
                    ObjectFault.BAD_NAME,
                    "the name has "
                            + bytes.length
                            + " bytes of UTF-8, the most is "
                            + maxNameBytes
                            + "; a hash of it would fit");
        }
        return bytes;
    }

    long tag() {
        return tag;
    }

    ObjectId named(String known) {
        return new ObjectId(first, second, third, tag, known);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ObjectId that
                && first == that.first
                && second == that.second
                && third == that.third
                && tag == that.tag;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(first ^ tag);
    }

    /** 64 hexadecimal digits. */
    @Override
    public String toString() {
        StringBuilder digits = new StringBuilder(64); // no HexFormat in an isolate
        for (long part : new long[] {first, second, third, tag}) {
            for (int shift = 60; shift >= 0; shift -= 4) {
                digits.append(Character.forDigit((int) (part >>> shift) & 15, 16));
            }
        }
        return digits.toString();
    }
}
