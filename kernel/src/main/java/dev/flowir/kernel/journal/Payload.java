package dev.flowir.kernel.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Encoded bytes as a value: equal when their bytes are. */
public final class Payload {

    private final byte[] bytes;

    private Payload(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * A payload.
     *
     * @param bytes what a codec gave; copied
     * @return the payload
     */
    public static Payload of(byte[] bytes) {
        return new Payload(bytes.clone());
    }

    /** As {@link #of} without a copy, for bytes that nobody else has. */
    static Payload wrap(byte[] bytes) {
        return new Payload(bytes);
    }

    /** The bytes themselves, to be read only. */
    byte[] raw() {
        return bytes;
    }

    /** {@return a copy of the bytes} */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** {@return how many bytes} */
    public int size() {
        return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** {@return the bytes as text: what the codec wrote is most often JSON} */
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
