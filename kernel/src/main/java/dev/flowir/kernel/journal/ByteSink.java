package dev.flowir.kernel.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that are being written. Numbers are 7 bits a byte, lowest first. */
final class ByteSink {

    private byte[] bytes = new byte[64];
    private int size;

    void octet(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    /** A number that is seldom large and never negative. */
    void number(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            octet((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        octet((int) rest);
    }

    /** Eight bytes. */
    void fixed(long value) {
        for (int shift = 0; shift < 64; shift += 8) {
            octet((int) (value >>> shift));
        }
    }

    /** Four bytes. */
    void check(int value) {
        for (int shift = 0; shift < 32; shift += 8) {
            octet(value >>> shift);
        }
    }

    void block(byte[] value) {
        number(value.length);
        room(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
    }

    void text(String value) {
        block(value.getBytes(StandardCharsets.UTF_8));
    }

    /** The room that it has; only the first {@link #size} bytes count. */
    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
        }
    }
}
