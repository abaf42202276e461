package dev.flowir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CheckCommandTest {

    private static final Path CONFORMANCE = Path.of("../flow-ir/src/test/resources/conformance");

    @TempDir private Path folder;

    static List<Path> cases() throws IOException {
        List<Path> all = new ArrayList<>();
        for (String set : List.of("cases", "cases-raw")) {
            try (Stream<Path> files = Files.list(CONFORMANCE.resolve(set))) {
                files.sorted().forEach(all::add);
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void conformanceThroughTheCommandLine(Path file) throws IOException {
        Json wanted = Json.read(Files.readString(file));
        if (wanted.has("optional")) {
            return;
        }
        Path document = folder.resolve("document.json");
        Files.writeString(
                document,
                wanted.has("flow_text")
                        ? wanted.get("flow_text").text()
                        : wanted.get("flow").pretty());
        requireVerdict(wanted.get("expect"), document, "full");
        requireVerdict(
                wanted.get(wanted.has("expect_core") ? "expect_core" : "expect"), document, "core");
    }

    private static void requireVerdict(Json wanted, Path document, String table) {
        Shell shell =
                Shell.flow("check", "--format", "json", "--table", table, document.toString());
        Json report = Json.read(shell.out());
        assertEquals(1, shell.out().lines().count());
        assertEquals(document.toString(), report.get("file").text());
        boolean parseError = wanted.has("parse_error");
        assertEquals(parseError, report.get("parse_error").isTrue());
        if (parseError) {
            assertEquals(2, shell.exitCode());
            assertEquals(1, report.get("diagnostics").items().size());
            return;
        }
        boolean valid = wanted.get("valid").isTrue();
        assertEquals(valid, report.get("valid").isTrue());
        assertEquals(valid ? 0 : 1, shell.exitCode());
        if (wanted.has("order")) {
            assertEquals(wanted.get("order"), report.get("codes"));
        }
        assertEquals(sorted(wanted.get("codes")), sorted(report.get("codes")));
        for (Json diagnostic : report.get("diagnostics").items()) {
            assertTrue(diagnostic.get("location").get("line").number() > 0);
            assertTrue(diagnostic.get("location").get("column").number() > 0);
            assertTrue(diagnostic.get("suggestion").text().length() > 0);
        }
    }

    private static List<String> sorted(Json codes) {
        return codes.items().stream().map(Json::text).sorted().toList();
    }

    @Test
    void jsonHasErrorsInCodesAndWarningsInDiagnosticsOnly() throws IOException {
        String flow =
                Documents.flow(
                        List.of(
                                Documents.node("a", "x", "trigger"),
                                Documents.node("b", "x", "inline")),
                        List.of(Documents.edge("a", "a")));
        Shell shell = Shell.flowWithInput(flow, "check", "--format", "json", "-");
        assertEquals(
                "{\"file\":\"-\",\"valid\":false,\"parse_error\":false,\"codes\":[\"DAG200\"],"
                        + "\"diagnostics\":[{\"code\":\"DAG200\",\"severity\":\"error\","
                        + "\"message\":\"the edges form a cycle: 'a' -> 'a'\","
                        + "\"location\":{\"pointer\":\"/edges/0\",\"line\":5,\"column\":2},"
                        + "\"suggestion\":\"remove one edge of the cycle\"},"
                        + "{\"code\":\"DAG212\",\"severity\":\"warning\","
                        + "\"message\":\"edge 'a' -> 'a' leads into a trigger\","
                        + "\"location\":{\"pointer\":\"/edges/0/to\",\"line\":5,\"column\":19},"
                        + "\"suggestion\":\"remove the edge, or make the node inline\"},"
                        + "{\"code\":\"DAG211\",\"severity\":\"warning\","
                        + "\"message\":\"no trigger leads to the end 'b'\","
                        + "\"location\":{\"pointer\":\"/nodes/1\",\"line\":3,\"column\":2},"
                        + "\"suggestion\":\"connect the node to a way that starts at a trigger, or remove it\"}]}\n",
                shell.out());
        assertEquals(1, shell.exitCode());
    }

    @Test
    void textShowsThePlaceTheLineAndWhatToDo() throws IOException {
        Path file = folder.resolve("flow.json");
        Files.writeString(
                file,
                Documents.flow(
                        List.of(Documents.node("first", "x", "inline")),
                        List.of(Documents.edge("first", "frist"))));
        Shell shell = Shell.flow("check", file.toString());
        assertEquals(1, shell.exitCode());
        assertTrue(
                shell.out()
                        .startsWith(
                                file
                                        + ":4:23: error DAG202: target 'frist' of edge 'first' -> 'frist' is no node\n"
                                        + "  4 |  {\"from\":\"first\",\"to\":\"frist\","),
                shell.out());
        assertTrue(
                shell.out().contains("\n    |                       ^\n  did you mean 'first'?\n"));
        assertTrue(
                shell.out().endsWith(file + ": invalid (1 node, 1 edge): 1 error, 0 warnings\n"));
    }

    @Test
    void validFlowsAreValid() {
        Shell shell = Shell.flowWithInput(Documents.row("a", "b"), "check", "-");
        assertEquals(new Shell(0, "-: valid (2 nodes, 1 edge)\n", ""), shell);
    }

    @Test
    void theWorstFileDecidesTheExitCode() throws IOException {
        Path valid = folder.resolve("valid.json");
        Files.writeString(valid, Documents.row("a"));
        Path invalid = folder.resolve("invalid.json");
        Files.writeString(invalid, Documents.flow(List.of(), List.of(Documents.edge("x", "y"))));
        Path missing = folder.resolve("missing.json");
        Shell two = Shell.flow("check", "--format=json", valid.toString(), invalid.toString());
        assertEquals(1, two.exitCode());
        assertEquals(2, two.out().lines().count());
        Shell three =
                Shell.flow(
                        "check",
                        "--format=json",
                        missing.toString(),
                        invalid.toString(),
                        valid.toString());
        assertEquals(2, three.exitCode());
        assertEquals(3, three.out().lines().count());
        Json first = Json.read(three.out().lines().findFirst().orElseThrow());
        assertTrue(first.get("parse_error").isTrue());
        assertEquals("IO001", first.get("diagnostics").items().get(0).get("code").text());
    }

    @Test
    void aFolderIsNoFile() {
        Shell shell = Shell.flow("check", folder.toString());
        assertEquals(2, shell.exitCode());
        assertTrue(shell.out().contains("it is a directory"), shell.out());
    }

    @Test
    void brokenJsonIsShownWhereItBreaks() {
        Shell shell = Shell.flowWithInput("{\n  \"id\": \"f\",\n}", "check", "-");
        assertEquals(2, shell.exitCode());
        assertTrue(shell.out().startsWith("-:3:1: error JSON001: not JSON: "), shell.out());
        assertTrue(shell.out().endsWith("-: no flow could be read\n"), shell.out());
    }

    @Test
    void wrongOptionsAreUsageErrors() {
        assertEquals(2, Shell.flow().exitCode());
        assertEquals(2, Shell.flow("check").exitCode());
        assertEquals(2, Shell.flow("check", "--format", "xml", "x.json").exitCode());
        assertEquals(2, Shell.flow("chekc").exitCode());
        assertTrue(Shell.flow("chekc").err().contains("check"));
        assertEquals(0, Shell.flow("--help").exitCode());
        assertTrue(Shell.flow("check", "--help").out().contains("FILE"));
    }
}
