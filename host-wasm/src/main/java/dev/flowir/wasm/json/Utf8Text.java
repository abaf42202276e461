package dev.flowir.wasm.json;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Text and its UTF-8. Most JSON is ASCII, whose bytes are its chars: an isolate's charset makes an
 * encoder or decoder and buffers for each text, which costs more than writing it did.
 */
public final class Utf8Text {

    private Utf8Text() {}

    /**
     * The bytes of a text.
     *
     * @param text any text
     * @return what {@code text.getBytes(UTF_8)} gives
     */
    public static byte[] bytes(String text) {
        byte[] bytes = new byte[text.length()];
        for (int i = 0; i < bytes.length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                return text.getBytes(UTF_8);
            }
            bytes[i] = (byte) c;
        }
        return bytes;
    }

    /**
     * The text of bytes.
     *
     * @param bytes any bytes
     * @return what {@code new String(bytes, UTF_8)} gives
     */
    public static String of(byte[] bytes) {
        char[] text = new char[bytes.length];
        for (int i = 0; i < text.length; i++) {
            if (bytes[i] < 0) {
                return new String(bytes, UTF_8);
            }
            text[i] = (char) bytes[i];
        }
        return new String(text);
    }
}
