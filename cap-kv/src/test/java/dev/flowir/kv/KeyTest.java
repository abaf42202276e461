package dev.flowir.kv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeyTest {

    private static Key key(String text) {
        return Key.encode(text).orElseThrow();
    }

    @Test
    void keysAreOrderedByTheirUtf8BytesAndNotByChars() {
        // As chars, U+FF61 comes after the surrogates of U+1F600; as bytes, before.
        List<String> sorted =
                Stream.of("\uD83D\uDE00", "\uFF61", "é", "z", "a")
                        .map(KeyTest::key)
                        .sorted()
                        .map(Key::toString)
                        .toList();
        assertEquals(List.of("a", "z", "é", "\uFF61", "\uD83D\uDE00"), sorted);
    }

    @Test
    void behindAllIsTheLeastKeyBehindThePrefix() {
        assertEquals(Optional.of(key("b")), key("a").behindAll());
        Key last = Key.wrap(new byte[] {'a', (byte) 0xff, (byte) 0xff});
        assertEquals(Optional.of(key("b")), last.behindAll());
        assertEquals(Optional.empty(), Key.wrap(new byte[] {(byte) 0xff}).behindAll());
        assertEquals(Optional.empty(), key("").behindAll());
        assertTrue(key("a\uDBFF\uDFFF").compareTo(key("a").behindAll().orElseThrow()) < 0);
    }

    @Test
    void halfASurrogatePairHasNoBytes() {
        assertEquals(Optional.empty(), Key.encode("a\uD83D"));
    }

    @Test
    void aCursorComesBackAndOtherTextDoesNot() {
        Key key = key("users/é");
        assertEquals(Optional.of(key), Key.fromCursor(key.cursor()));
        assertEquals(Optional.empty(), Key.fromCursor("no cursor!"));
    }
}
