package dev.flowir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphCommandTest {

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({"mermaid, flowchart LR", "dot, digraph flow {", "svg, <svg xmlns"})
    void drawsInEachFormat(String format, String sign) {
        Shell shell =
                Shell.flowWithInput(Documents.row("a", "b"), "graph", "-", "--format", format);
        assertEquals(0, shell.exitCode());
        assertTrue(shell.out().contains(sign), shell.out());
    }

    @Test
    void writesIntoAFile() throws IOException {
        Path picture = folder.resolve("picture.svg");
        Shell shell =
                Shell.flowWithInput(
                        Documents.row("a"), "graph", "-", "--format=svg", "-o", picture.toString());
        assertEquals(new Shell(0, "", ""), shell);
        assertTrue(Files.readString(picture).endsWith("</svg>\n"));
    }

    @Test
    void saysWhyItCannotWrite() {
        Shell shell =
                Shell.flowWithInput(
                        Documents.row("a"),
                        "graph",
                        "-",
                        "-o",
                        folder.resolve("no/such/folder.svg").toString());
        assertEquals(2, shell.exitCode());
        assertTrue(shell.err().startsWith("flow: cannot write "), shell.err());
    }

    @Test
    void whatIsNoFlowIsNotDrawn() {
        Shell shell = Shell.flowWithInput("{}", "graph", "-");
        assertEquals(2, shell.exitCode());
        assertEquals("", shell.out());
        assertTrue(shell.err().contains("JSON003"), shell.err());
    }

    @Test
    void printsTheSchema() {
        Shell shell = Shell.flow("schema");
        assertEquals(0, shell.exitCode());
        assertTrue(shell.out().contains("\"$defs\""));
    }
}
