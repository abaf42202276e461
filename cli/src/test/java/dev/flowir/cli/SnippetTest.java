package dev.flowir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.check.Position;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SnippetTest {

    private static Optional<Snippet> at(String text, int line, int column) {
        return Snippet.of(text, new Position("", line, column));
    }

    @Test
    void pointsUnderTheColumn() {
        assertEquals(Optional.of(new Snippet("  2 | bcd", "    |   ^")), at("a\nbcd\ne", 2, 3));
    }

    @Test
    void countsLinesAsTheReaderDoes() {
        assertEquals("  4 | d", at("a\r\nb\rc\nd", 4, 1).orElseThrow().line());
    }

    @Test
    void cutsLongLinesAroundTheColumn() {
        Snippet snippet = at("x".repeat(500) + "Y" + "x".repeat(500), 1, 501).orElseThrow();
        assertTrue(snippet.line().length() < 120);
        assertEquals('Y', snippet.line().charAt(snippet.caret().indexOf('^')));
    }

    @Test
    void hasNothingToShowOutsideTheText() {
        assertEquals(Optional.empty(), at("a", 2, 1));
        assertEquals(Optional.empty(), at("a", 1, 0));
        assertEquals("    |  ^", at("a", 1, 9).orElseThrow().caret());
    }
}
