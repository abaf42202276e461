package dev.flowir.ir.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {

    private static final List<String> KNOWN = List.of("effectHints", "edges", "id", "normalize");

    @ParameterizedTest
    @CsvSource({
        "effect_hints, effectHints",
        "EffectHints, effectHints",
        "nomralize, normalize",
        "edgse, edges",
        "edge, edges"
    })
    void findsTheNearest(String name, String near) {
        assertEquals(Optional.of(near), Names.nearest(name, KNOWN));
    }

    @ParameterizedTest
    @CsvSource({"owner", "xx", "normal"})
    void findsNothingWhenNothingIsNear(String name) {
        assertEquals(Optional.empty(), Names.nearest(name, KNOWN));
    }

    @Test
    void doesNotSearchAmongTooMany() {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 1_001; i++) {
            many.add("n" + i);
        }
        assertEquals(Optional.empty(), Names.nearest("n1x", many));
    }

    @Test
    void ordersByCodePointAsUtf8Does() {
        assertTrue(Names.compareByCodePoint("\uFF01", "\uD83D\uDE00") < 0);
        assertTrue(Names.compareByCodePoint("\uD83D\uDE00", "\uD83D\uDE01") < 0);
        assertTrue(Names.compareByCodePoint("a", "ab") < 0);
        assertTrue(Names.compareByCodePoint("B", "a") < 0);
        assertEquals(0, Names.compareByCodePoint("x", "x"));
    }

    @Test
    void quotesOnOneBoundedLineWithoutHalfCharacters() {
        assertEquals("'a?b'", Names.quote("a\nb"));
        assertEquals("'" + "x".repeat(80) + "...'", Names.quote("x".repeat(81)));
        assertEquals("'" + "x".repeat(79) + "?...'", Names.quote("x".repeat(79) + "\uD83D\uDE00"));
    }
}
