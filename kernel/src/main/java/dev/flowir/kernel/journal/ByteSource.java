package dev.flowir.kernel.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link ByteSink} wrote; complains about everything else. */
final class ByteSource {

    private final byte[] bytes;
    private final int end;
    private int at;

    ByteSource(byte[] bytes, int end) {
        this.bytes = bytes;
        this.end = end;
    }

    /** The next octet, which stays to be read; -1 at the end. */
    int next() {
        return at < end ? bytes[at] & 0xFF : -1;
    }

    int octet() {
        if (at >= end) {
            throw new MalformedRecordException("it ends too early");
        }
        return bytes[at++] & 0xFF;
    }

    long number() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = octet();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new MalformedRecordException("a number is too long");
    }

    /** A number that an int must hold. */
    int small() {
        long value = number();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new MalformedRecordException("a number is out of range: " + value);
        }
        return (int) value;
    }

    long fixed() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 8) {
            value |= (long) octet() << shift;
        }
        return value;
    }

    byte[] block() {
        int length = small();
        if (length > end - at) {
            throw new MalformedRecordException("a payload ends too early");
        }
        byte[] value = Arrays.copyOfRange(bytes, at, at + length);
        at += length;
        return value;
    }

    String text() {
        return new String(block(), StandardCharsets.UTF_8);
    }

    void finish() {
        if (at != end) {
            throw new MalformedRecordException("something follows its end");
        }
    }
}
