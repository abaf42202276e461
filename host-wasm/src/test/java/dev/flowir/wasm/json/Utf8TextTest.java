package dev.flowir.wasm.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class Utf8TextTest {

    @Test
    void textHasTheBytesThatTheCharsetGivesIt() {
        for (String text :
                List.of(
                        "",
                        "{\"work\":\"demo\"}",
                        "\u0000\u007f",
                        "\u007f\u0080",
                        "ae€\ud83d\ude00",
                        "a\ud83d")) {
            assertArrayEquals(text.getBytes(UTF_8), Utf8Text.bytes(text), text);
        }
    }

    @Test
    void bytesAreTheTextThatTheCharsetReads() {
        for (byte[] bytes :
                List.of(
                        new byte[0],
                        new byte[] {0, 0x7f},
                        "ae€\ud83d\ude00".getBytes(UTF_8),
                        new byte[] {'a', (byte) 0x80, 'b'},
                        new byte[] {'a', (byte) 0xff})) {
            assertEquals(new String(bytes, UTF_8), Utf8Text.of(bytes));
        }
    }
}
