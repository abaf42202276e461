package dev.flowir.kernel.cap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class Utf8KeyTest {

    private static Utf8Key key(String text) {
        return Utf8Key.encode(text).orElseThrow();
    }

    @Test
    void keysAreOrderedByTheirUtf8BytesAndNotByChars() {
        // As chars, U+FF61 comes after the surrogates of U+1F600; as bytes, before.
        List<String> sorted =
                Stream.of("\uD83D\uDE00", "\uFF61", "é", "z", "a")
                        .map(Utf8KeyTest::key)
                        .sorted()
                        .map(Utf8Key::toString)
                        .toList();
        assertEquals(List.of("a", "z", "é", "\uFF61", "\uD83D\uDE00"), sorted);
    }

    @Test
    void behindAllIsTheLeastKeyBehindThePrefix() {
        assertEquals(Optional.of(key("b")), key("a").behindAll());
        Utf8Key last = Utf8Key.wrap(new byte[] {'a', (byte) 0xff, (byte) 0xff});
        assertEquals(Optional.of(key("b")), last.behindAll());
        assertEquals(Optional.empty(), Utf8Key.wrap(new byte[] {(byte) 0xff}).behindAll());
        assertEquals(Optional.empty(), key("").behindAll());
        assertTrue(key("a\uDBFF\uDFFF").compareTo(key("a").behindAll().orElseThrow()) < 0);
    }

    @Test
    void halfASurrogatePairHasNoBytes() {
        assertEquals(Optional.empty(), Utf8Key.encode("a\uD83D"));
    }

    @Test
    void bytesAreThoseOfUtf8AtEachEndOfAscii() {
        for (String text : List.of("", "key", "\u0000\u007f", "\u007f\u0080", "é\u0001", "a€")) {
            assertArrayEquals(text.getBytes(StandardCharsets.UTF_8), key(text).bytes(), text);
        }
    }

    @Test
    void aCursorComesBackAndOtherTextDoesNot() {
        Utf8Key key = key("users/é");
        assertEquals(Optional.of(key), Utf8Key.fromCursor(key.cursor()));
        assertEquals(Optional.empty(), Utf8Key.fromCursor("no cursor!"));
    }
}
