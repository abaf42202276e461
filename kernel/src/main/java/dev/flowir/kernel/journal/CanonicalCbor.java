package dev.flowir.kernel.journal;

import dev.flowir.ir.JsonValue;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON as CBOR in one way only: RFC 8949, section 4.2.1, so that equal values give equal bytes on
 * every machine and in every release. Shortest heads, definite lengths, members by the bytes of
 * their names. Numbers are equal when their values are: an integer of up to {@link #INTEGER_DIGITS}
 * digits is one, however it was written; what a double holds exactly as it was written is the
 * shortest float of that value; everything else is a decimal fraction (tag 4) without trailing
 * zeros, so that no digit is lost and two numbers never meet.
 *
 * <p>Jackson's CBOR keeps members in the order in which they come and leaves the length of a float
 * to the caller, so it could not be this without a pass before it that is longer than what is here.
 */
final class CanonicalCbor {

    /** Longer integers would be written out digit by digit: {@code 1e999999999} is one. */
    private static final int INTEGER_DIGITS = 30;

    private static final int UNSIGNED = 0;
    private static final int NEGATIVE = 1;
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int ARRAY = 4;
    private static final int MAP = 5;
    private static final int TAG = 6;

    private static final int POSITIVE_BIGNUM = 2;
    private static final int NEGATIVE_BIGNUM = 3;
    private static final int DECIMAL_FRACTION = 4;

    private static final int FALSE = 0xF4;
    private static final int TRUE = 0xF5;
    private static final int NULL = 0xF6;
    private static final int FLOAT_16 = 0xF9;
    private static final int FLOAT_32 = 0xFA;
    private static final int FLOAT_64 = 0xFB;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private CanonicalCbor() {}

    static byte[] of(JsonValue value) {
        CanonicalCbor cbor = new CanonicalCbor();
        cbor.write(value);
        return cbor.out.toByteArray();
    }

    /** Members of an array whose head is yet to be written. */
    static byte[] members(JsonValue... values) {
        CanonicalCbor cbor = new CanonicalCbor();
        for (JsonValue value : values) {
            cbor.write(value);
        }
        return cbor.out.toByteArray();
    }

    /** An array of four members, the first two already written. */
    static byte[] array(byte[] firstTwo, JsonValue third, JsonValue fourth) {
        CanonicalCbor cbor = new CanonicalCbor();
        cbor.head(ARRAY, 4);
        cbor.raw(firstTwo);
        cbor.write(third);
        cbor.write(fourth);
        return cbor.out.toByteArray();
    }

    private void write(JsonValue value) {
        switch (value) {
            case JsonValue.Null ignored -> out.write(NULL);
            case JsonValue.Bool it -> out.write(it.value() ? TRUE : FALSE);
            case JsonValue.Num it -> number(new BigDecimal(it.text()));
            case JsonValue.Text it -> text(it.value());
            case JsonValue.Arr it -> {
                head(ARRAY, it.items().size());
                it.items().forEach(this::write);
            }
            case JsonValue.Obj it -> members(it.members());
        }
    }

    private void text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        head(TEXT, bytes.length);
        raw(bytes);
    }

    private void raw(byte[] bytes) {
        out.write(bytes, 0, bytes.length);
    }

    /** As unsigned bytes; a beginning of another comes before it. */
    private static int compare(byte[] one, byte[] other) {
        for (int i = 0; i < Math.min(one.length, other.length); i++) {
            if (one[i] != other[i]) {
                return (one[i] & 0xFF) - (other[i] & 0xFF);
            }
        }
        return one.length - other.length;
    }

    /** The bits of a finite number in half precision; negative when it has not that value there. */
    static int half(float value) {
        int bits = Float.floatToIntBits(value);
        int sign = (bits >>> 16) & 0x8000;
        int exponent = ((bits >>> 23) & 0xFF) - 127;
        int fraction = bits & 0x7FFFFF;
        if (exponent == -127 && fraction == 0) {
            return sign;
        }
        if (exponent > 15 || exponent < -24) {
            return -1;
        }
        boolean normal = exponent >= -14;
        int digits = normal ? fraction : fraction | 0x800000;
        int dropped = normal ? 13 : -1 - exponent;
        if ((digits & ((1 << dropped) - 1)) != 0) {
            return -1;
        }
        return sign | (normal ? (exponent + 15) << 10 : 0) | digits >>> dropped;
    }

    private void members(Map<String, JsonValue> members) {
        Map<byte[], JsonValue> sorted = new TreeMap<>(CanonicalCbor::compare);
        members.forEach((name, value) -> sorted.put(of(JsonValue.text(name)), value));
        head(MAP, sorted.size());
        sorted.forEach((name, value) -> {
            raw(name);
            write(value);
        });
    }

    private void number(BigDecimal written) {
        BigDecimal value = written.signum() == 0 ? BigDecimal.ZERO : written.stripTrailingZeros();
        long digits = (long) value.precision() - value.scale();
        if (value.scale() <= 0 && digits <= INTEGER_DIGITS) {
            integer(value.toBigIntegerExact());
            return;
        }
        double nearest = value.doubleValue();
        boolean exact =
                Double.isFinite(nearest) && BigDecimal.valueOf(nearest).compareTo(value) == 0;
        if (exact) {
            floating(nearest);
        } else {
            head(TAG, DECIMAL_FRACTION);
            head(ARRAY, 2);
            integer(BigInteger.valueOf(-(long) value.scale()));
            integer(value.unscaledValue());
        }
    }

    private void integer(BigInteger value) {
        boolean negative = value.signum() < 0;
        BigInteger magnitude = negative ? value.not() : value; // -1 - n, as RFC 8949 has it
        if (magnitude.bitLength() <= Long.SIZE) {
            head(negative ? NEGATIVE : UNSIGNED, magnitude.longValue());
            return;
        }
        byte[] bytes = magnitude.toByteArray();
        int from = bytes[0] == 0 ? 1 : 0;
        head(TAG, negative ? NEGATIVE_BIGNUM : POSITIVE_BIGNUM);
        head(BYTES, bytes.length - from);
        out.write(bytes, from, bytes.length - from);
    }

    private void floating(double value) {
        float single = (float) value;
        if (single != value) {
            out.write(FLOAT_64);
            fixed(Double.doubleToLongBits(value), Long.BYTES);
            return;
        }
        int half = half(single);
        if (half >= 0) {
            out.write(FLOAT_16);
            fixed(half, Short.BYTES);
        } else {
            out.write(FLOAT_32);
            fixed(Float.floatToIntBits(single), Integer.BYTES);
        }
    }

    /** A major type and an unsigned number, in as few bytes as can be. */
    private void head(int major, long number) {
        int type = major << 5;
        if (Long.compareUnsigned(number, 24) < 0) {
            out.write(type | (int) number);
            return;
        }
        int log = 0; // 1, 2, 4 or 8 bytes
        while (log < 3 && number >>> (8 << log) != 0) {
            log++;
        }
        out.write(type | (24 + log));
        fixed(number, 1 << log);
    }

    private void fixed(long bits, int bytes) {
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            out.write((int) (bits >>> shift));
        }
    }
}
