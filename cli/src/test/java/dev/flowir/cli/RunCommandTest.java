package dev.flowir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunCommandTest {

    private static final String FLOWS = SampleFlows.class.getName();

    @TempDir private Path folder;

    @Test
    void aFileRunsWithBuiltInHandlers() {
        assertEquals(
                new Shell(0, "{\"a\":[1.0,null]}\n", ""),
                Shell.flowWithInput(
                        Documents.row("flow::identity", "flow::identity"),
                        "run",
                        "-",
                        "--input",
                        "{\"a\": [1.0, null]}"));
    }

    @Test
    void aStreamPrintsOneItemPerLine() {
        assertEquals(
                new Shell(0, "1\n{\"x\":2}\nnull\n", ""),
                Shell.flowWithInput(
                        Documents.row("flow::identity", "flow::items"),
                        "run",
                        "-",
                        "--input=[1,{\"x\":2},null]"));
    }

    @Test
    void aFailedRunSaysItsCode() {
        Shell shell =
                Shell.flowWithInput(
                        Documents.row("flow::identity", "flow::fail"),
                        "run",
                        "-",
                        "--input=\"no luck\"");
        assertEquals(1, shell.exitCode());
        assertTrue(shell.err().startsWith("flow: RUN101 node 'n1' failed"), shell.err());
        assertTrue(shell.err().contains("no luck"), shell.err());
    }

    @Test
    void anUnknownIdentifierIsACodedFailure() {
        Shell shell = Shell.flowWithInput(Documents.row("acme::lookup"), "run", "-");
        assertEquals(1, shell.exitCode());
        assertTrue(shell.err().startsWith("flow: RUN106 no handler 'acme::lookup'"), shell.err());
    }

    @Test
    void handlersAreFoundOnTheClassPath() throws IOException {
        Path services = folder.resolve("META-INF/services");
        Files.createDirectories(services);
        Files.writeString(
                services.resolve("dev.flowir.ir.Handlers"), SampleFlows.Shouting.class.getName());
        assertEquals(
                new Shell(0, "\"hey!\"\n", ""),
                Shell.flowWithInput(
                        Documents.row("sample::shout"),
                        "run",
                        "-",
                        "-cp",
                        folder.toString(),
                        "--input=\"hey\""));
    }

    @Test
    void aBrokenProviderIsNamed() throws IOException {
        Path services = folder.resolve("META-INF/services");
        Files.createDirectories(services);
        Files.writeString(services.resolve("dev.flowir.ir.Handlers"), "no.such.Provider");
        Shell shell =
                Shell.flowWithInput(
                        Documents.row("flow::identity"), "run", "-", "-cp", folder.toString());
        assertEquals(2, shell.exitCode());
        assertTrue(shell.err().contains("no.such.Provider"), shell.err());
    }

    @Test
    void aClassRunsByFieldWithTypedJson() {
        assertEquals(
                new Shell(0, "{\"cents\":750}\n", ""),
                Shell.flow("run", FLOWS + "#TOTAL", "--input", "{\"sku\":\"a\",\"amount\":3}"));
        assertEquals(
                new Shell(0, "1\n2\n", ""),
                Shell.flow("run", FLOWS + "#COUNTED", "--input", "{\"sku\":\"a\",\"amount\":2}"));
    }

    @Test
    void capabilitiesComeFromAFieldToo() {
        String input = "--input={\"sku\":\"a\",\"amount\":3}";
        Shell without = Shell.flow("run", FLOWS + "#LOOKED_UP", input);
        assertEquals(1, without.exitCode());
        assertTrue(without.err().startsWith("flow: CAP101 "), without.err());
        assertEquals(
                new Shell(0, "{\"cents\":21}\n", ""),
                Shell.flow("run", FLOWS + "#LOOKED_UP", input, "--capabilities", FLOWS));
    }

    @Test
    void theOnlyFlowOfAClassNeedsNoName() {
        assertEquals(
                0,
                Shell.flow("run", FLOWS + "$Single", "--input={\"sku\":\"a\",\"amount\":3}")
                        .exitCode());
        Shell two = Shell.flow("run", FLOWS);
        assertEquals(2, two.exitCode());
        assertTrue(
                two.err()
                        .contains(FLOWS + "#TOTAL, " + FLOWS + "#COUNTED, " + FLOWS + "#LOOKED_UP"),
                two.err());
        assertTrue(Shell.flow("run", FLOWS + "$None").err().contains("no public static field"));
        assertTrue(Shell.flow("run", FLOWS + "$Hidden").err().contains("make SECRET public"));
        assertTrue(Shell.flow("run", "no.such.Flows").err().contains("neither a file nor a class"));
    }

    @Test
    void wrongInputIsRefusedWithItsPlace() {
        Shell shell =
                Shell.flow("run", FLOWS + "#TOTAL", "--input", "{\"sku\":\"a\",\"amuont\":3}");
        assertEquals(2, shell.exitCode());
        assertTrue(
                shell.err().startsWith("flow: the input is refused: DATA204 at 1:1"), shell.err());
        assertTrue(shell.err().contains("meant to be 'amount'?"), shell.err());
        assertEquals("", shell.out());
    }

    @Test
    void inputComesFromAFileOrStandardInput() throws IOException {
        Path flow = folder.resolve("flow.json");
        Files.writeString(flow, Documents.row("flow::identity"));
        Path input = folder.resolve("input.json");
        Files.writeString(input, "[1]");
        assertEquals("[1]\n", Shell.flow("run", flow.toString(), "--input=@" + input).out());
        assertEquals(
                "[2]\n", Shell.flowWithInput("[2]", "run", flow.toString(), "--input=-").out());
        assertEquals(2, Shell.flow("run", flow.toString(), "--input=@" + folder).exitCode());
        assertEquals(2, Shell.flow("run", "-", "--input=-").exitCode());
    }

    @Test
    void invalidFlowsDoNotRun() {
        Shell invalid =
                Shell.flowWithInput(
                        Documents.flow(List.of(), List.of(Documents.edge("a", "b"))), "run", "-");
        assertEquals(1, invalid.exitCode());
        assertTrue(invalid.err().contains("DAG202"), invalid.err());
        assertEquals(2, Shell.flowWithInput("{", "run", "-").exitCode());
    }

    @Test
    void asksWhichEndWhenThereAreSeveral() {
        String fork =
                Documents.flow(
                        List.of(
                                Documents.node("a", "flow::identity", "inline"),
                                Documents.node("b", "flow::identity", "inline"),
                                Documents.node("c", "flow::identity", "inline")),
                        List.of(Documents.edge("a", "b"), Documents.edge("a", "c")));
        Shell shell = Shell.flowWithInput(fork, "run", "-");
        assertEquals(2, shell.exitCode());
        assertTrue(shell.err().contains("--capture: b, c"), shell.err());
        assertEquals(0, Shell.flowWithInput(fork, "run", "-", "--capture=c").exitCode());
        Shell unknown = Shell.flowWithInput(fork, "run", "-", "--capture=d");
        assertEquals(1, unknown.exitCode());
        assertTrue(unknown.err().contains("RUN105"), unknown.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0ms", "-1s", "soon", "1", "99999999999999999999ms"})
    void refusesDurationsThatAreNone(String time) {
        assertEquals(
                2,
                Shell.flowWithInput(
                                Documents.row("flow::identity"), "run", "-", "--deadline=" + time)
                        .exitCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"500ms", "2s", "1m", "1m30s", "1h"})
    void takesDurationsAsPeopleWriteThem(String time) {
        assertEquals(
                0,
                Shell.flowWithInput(
                                Documents.row("flow::identity"), "run", "-", "--deadline=" + time)
                        .exitCode());
    }
}
