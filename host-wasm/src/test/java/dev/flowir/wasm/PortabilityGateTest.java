package dev.flowir.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.FlowDefinition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;

/** The language and the machine mean the same, compiled to JavaScript and run under Node. */
class PortabilityGateTest {

    private static final Path FOLDER = Path.of("target", "gate");

    @Test
    void casesAndConformanceDocumentsGiveTheSameOnTheJvmAndUnderNode() throws Exception {
        Map<String, FlowDefinition> flows = Documents.read();
        assertTrue(flows.size() > 150, "found " + flows.size());
        List<GateLine> jvm = new ArrayList<>(GateProgram.run());
        flows.forEach((name, flow) -> jvm.add(DocumentCases.line(name, () -> flow)));

        Path module =
                TeaVmCompiler.compile(
                        Documents.MAIN_CLASS, Documents.program(flows), FOLDER, "gate.mjs");
        List<GateLine> node =
                NodeJs.run(module.toAbsolutePath()).stream()
                        .flatMap(line -> GateLine.parse(line).stream())
                        .toList();

        System.out.printf(
                "portability gate: %d cases and documents on the JVM, %d under Node%n",
                jvm.size(), node.size());
        assertEquals(List.of(), GateComparison.complaints(jvm, node));
        assertEquals(jvm.size(), node.size());
    }

    @Test
    void aCaseThatWasDroppedFailedRepeatedOrChangedIsNamed() {
        List<GateLine> jvm =
                List.of(
                        new GateLine("a", true, "1"),
                        new GateLine("b", true, "1"),
                        new GateLine("c", true, "1"),
                        new GateLine("d", true, "1"),
                        new GateLine("e", false, "threw"));
        List<GateLine> node =
                List.of(
                        new GateLine("a", true, "1"),
                        new GateLine("a", true, "1"),
                        new GateLine("b", true, "2"),
                        new GateLine("c", false, "threw"),
                        new GateLine("e", false, "threw"),
                        new GateLine("z", true, "1"));
        assertEquals(
                List.of(
                        "ran twice: a",
                        "differs: passed: b => 1; there: 2",
                        "failed: passed: c => 1; there: failed: c => threw",
                        "did not run: d",
                        "failed: failed: e => threw; there: failed: e => threw",
                        "unknown: z"),
                GateComparison.complaints(jvm, node));
    }

    @Test
    void aLineSurvivesTheWayThroughText() {
        GateLine line =
                GateLine.of(
                        "name",
                        () -> {
                            throw new IllegalStateException("two\nlines => one");
                        });
        assertEquals(Optional.of(line), GateLine.parse(line.text()));
        assertEquals(Optional.empty(), GateLine.parse("passed: no separator"));
        assertEquals(Optional.empty(), GateLine.parse("noise => more"));
    }

    @Test
    void codeThatIsNotPortableIsRefusedByName() {
        AssertionError refused =
                assertThrows(
                        AssertionError.class,
                        () -> TeaVmCompiler.compile(NotPortable.class, FOLDER, "not.mjs"));
        assertTrue(
                String.valueOf(refused.getMessage()).contains("java.util.StringJoiner"),
                refused::getMessage);
    }

    /** Uses a class that edge isolates do not have. */
    static final class NotPortable {
        private NotPortable() {}

        public static void main(String[] args) {
            System.out.println(new StringJoiner(",").add("a"));
        }
    }

    @Test
    void aProgramThatThrowsIsAFailure() throws Exception {
        Path module = TeaVmCompiler.compile(Throwing.class, FOLDER, "throwing.mjs");
        AssertionError failed =
                assertThrows(AssertionError.class, () -> NodeJs.run(module.toAbsolutePath()));
        assertTrue(String.valueOf(failed.getMessage()).contains("on purpose"), failed::getMessage);
    }

    /** Dies in its first line. */
    static final class Throwing {
        private Throwing() {}

        public static void main(String[] args) {
            if (args.length == 0) {
                throw new IllegalStateException("on purpose");
            }
        }
    }
}
