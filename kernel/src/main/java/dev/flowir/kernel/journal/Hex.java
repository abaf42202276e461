package dev.flowir.kernel.journal;

/** Bytes as lower-case hex. {@code HexFormat} is not on every platform that runs are driven on. */
final class Hex {

    private static final String DIGITS = "0123456789abcdef";

    private Hex() {}

    /** {@return the first {@code length} of {@code bytes}} */
    static String of(byte[] bytes, int length) {
        StringBuilder text = new StringBuilder(2 * length);
        for (int i = 0; i < length; i++) {
            text.append(DIGITS.charAt((bytes[i] >> 4) & 0xF)).append(DIGITS.charAt(bytes[i] & 0xF));
        }
        return text.toString();
    }
}
