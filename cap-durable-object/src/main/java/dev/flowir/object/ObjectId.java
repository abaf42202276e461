package dev.flowir.object;

import java.util.HexFormat;
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
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(first)
                + hex.toHexDigits(second)
                + hex.toHexDigits(third)
                + hex.toHexDigits(tag);
    }
}
