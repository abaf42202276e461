package dev.flowir.kernel.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.kernel.machine.conformance.ConformanceCase;
import dev.flowir.kernel.machine.conformance.MachineConformance;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The conformance suite on the JVM. */
class MachineConformanceTest {

    @TestFactory
    Stream<DynamicTest> everyCaseHolds() {
        return MachineConformance.cases().stream()
                .map(it -> DynamicTest.dynamicTest(it.id() + " " + it.title(), it.body()::run));
    }

    @Test
    void theReportHasALinePerCaseAndATotal() {
        List<String> lines = new ArrayList<>();
        assertEquals(0, MachineConformance.run(lines::add));
        assertEquals(MachineConformance.cases().size() + 1, lines.size());
        assertTrue(lines.get(lines.size() - 1).endsWith("cases, 0 failed"), lines::toString);
    }

    @Test
    void numbersAreGivenOnce() {
        Set<String> seen = new HashSet<>();
        for (ConformanceCase each : MachineConformance.cases()) {
            assertTrue(seen.add(each.id()), each::id);
        }
    }
}
