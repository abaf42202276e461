package dev.flowir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeOption;
import dev.flowir.ir.json.FlowJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffCommandTest {

    @TempDir private Path folder;

    /** Versions of one flow, for the command line to find. */
    public static final class Versions {

        private Versions() {}

        private static Node<Integer, Integer> step(String name) {
            return Node.pure(name, Integer.class, Integer.class, n -> n + 1);
        }

        /** The first. */
        public static final Flow<Integer, Integer> ONE =
                Flow.define("order", "1.0.0", Integer.class, (g, in) -> g.then(in, step("a")));

        /** The second, which carries the first. */
        public static final Flow<Integer, Integer> TWO =
                Flow.define(
                        "order",
                        "2.0.0",
                        Integer.class,
                        (g, in) ->
                                g.then(
                                        g.then(in, step("a")),
                                        step("b").with(NodeOption.since("2.0.0"))));

        /** The first with another end. */
        public static final Flow<Integer, Integer> OTHER =
                Flow.define(
                        "order",
                        "1.0.0",
                        Integer.class,
                        (g, in) -> {
                            g.then(in, step("a"));
                            return in;
                        });
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static String field(String name) {
        return Versions.class.getName() + "#" + name;
    }

    @Test
    void aNodeThatIsNewStandsInTheNewFile() throws IOException {
        String old = file("old.json", Documents.row("x", "y"));
        String next = file("new.json", Documents.row("x", "y", "z").replace("1.0.0", "1.1.0"));
        Shell shell = Shell.flow("diff", old, next);
        assertEquals(1, shell.exitCode());
        assertTrue(
                shell.out().startsWith(next + ":4:2: incompatible DIFF201: node 'n2' is new\n"),
                shell.out());
        assertTrue(shell.out().contains("mark the node with since(...)"), shell.out());
        assertTrue(shell.out().contains("incompatible DIFF211: edge 'n1' -> 'n2' is new"));
        assertTrue(
                shell.out()
                        .endsWith(
                                "row@1.0.0 -> row@1.1.0: incompatible (2 of 2); without the old"
                                        + " version loaded runs in flight are parked with DUR103\n"));
        assertFalse(shell.out().contains("\u001b"), "no colours in a file");
    }

    @Test
    void aNodeThatIsGoneStandsInTheOldFile() throws IOException {
        String old = file("old.json", Documents.row("x", "y", "z"));
        String next = file("new.json", Documents.row("x", "y").replace("1.0.0", "1.1.0"));
        Shell shell = Shell.flow("diff", "--format=json", old, next);
        assertEquals(1, shell.exitCode());
        assertEquals(1, shell.out().lines().count());
        Json report = Json.read(shell.out());
        assertFalse(report.get("compatible").isTrue());
        assertEquals(old, report.get("old").text());
        List<Json> edits = report.get("edits").items();
        assertEquals("DIFF202", edits.get(0).get("code").text());
        assertEquals("old", edits.get(0).get("in").text());
        assertEquals("/nodes/2", edits.get(0).get("location").get("pointer").text());
        assertEquals(4, edits.get(0).get("location").get("line").number());
        assertEquals("node 'n2' is gone", edits.get(0).get("message").text());
        for (Json edit : edits) {
            assertFalse(edit.get("compatible").isTrue());
            assertTrue(edit.get("why").text().length() > 0);
            assertTrue(edit.get("suggestion").text().length() > 0);
        }
    }

    @Test
    void theSamePlanIsTheSame() throws IOException {
        String old = file("old.json", Documents.row("x", "y"));
        Shell same = Shell.flowWithInput(Documents.row("x", "y"), "diff", old, "-");
        assertEquals(0, same.exitCode());
        assertEquals(
                "row@1.0.0 -> row@1.0.0: the same plan; runs in flight see no difference\n",
                same.out());
        String named = Documents.row("x", "y").replace("\"name\":\"n1\"", "\"name\":\"Second\"");
        Shell text = Shell.flowWithInput(named, "diff", old, "-");
        assertEquals(0, text.exitCode());
        assertTrue(text.out().contains("compatible DIFF101: the name of node 'n1'"), text.out());
        assertTrue(text.out().endsWith(": compatible; runs in flight go on\n"), text.out());
    }

    @Test
    void classesAreComparedWithTheirEnds() {
        Shell carried = Shell.flow("diff", field("ONE"), field("TWO"));
        assertEquals(0, carried.exitCode(), carried.out());
        assertTrue(
                carried.out().contains("compatible DIFF102: node 'b' is there since 2.0.0"),
                carried.out());
        Shell ends = Shell.flow("diff", "--format", "json", field("ONE"), field("OTHER"));
        assertEquals(1, ends.exitCode());
        assertTrue(ends.out().contains("DIFF224"), ends.out());
    }

    @Test
    void aClassIsComparedWithTheFileThatWasKept() throws IOException {
        String kept = file("kept.json", FlowJson.write(Versions.ONE.definition()));
        assertEquals(0, Shell.flow("diff", kept, field("TWO")).exitCode());
        assertEquals(1, Shell.flow("diff", field("TWO"), kept).exitCode());
    }

    @Test
    void whatCannotBeReadIsAUsageError() throws IOException {
        String good = file("good.json", Documents.row("x"));
        String bad = file("bad.json", "{");
        Shell broken = Shell.flow("diff", good, bad);
        assertEquals(2, broken.exitCode());
        assertTrue(broken.err().contains("JSON001"), broken.err());
        assertEquals("", broken.out());
        assertEquals(2, Shell.flow("diff", good, folder.resolve("no.json").toString()).exitCode());
        assertEquals(2, Shell.flow("diff", good, "no.such.Class").exitCode());
        assertEquals(2, Shell.flow("diff", good).exitCode());
        assertEquals(2, Shell.flow("diff", "-", "-").exitCode());
        assertEquals(2, Shell.flow("diff", "--format=xml", good, good).exitCode());
    }
}
