package dev.flowir.examples.counter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.flowir.ir.Flow;
import dev.flowir.ir.HintTable;
import dev.flowir.ir.Node;
import dev.flowir.ir.check.Checker;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.CapabilityModule;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountersFlowTest {

    private static final Node<String, Long> COUNT =
            Node.effect(
                    "count",
                    String.class,
                    Long.class,
                    Counters.writer("visits"),
                    (counters, name, context) -> counters.add(name, 1));

    private static final Flow<String, Long> VISIT =
            Flow.define("visit", "1.0.0", String.class, (g, name) -> g.then(name, COUNT));

    @Test
    void aFlowCounts() {
        MemoryCounters visits = MemoryCounters.named("visits");
        try (Runtime runtime = Runtime.builder().capabilities(Capabilities.of(visits)).build()) {
            assertEquals(1L, runtime.run(VISIT, "ada").orThrow());
            assertEquals(2L, runtime.run(VISIT, "ada").orThrow());
        }
    }

    @Test
    void withoutCountersItIsRefusedBeforeAnythingRuns() {
        try (Runtime runtime = Runtime.builder().build()) {
            Failure failure =
                    assertInstanceOf(Result.Failed.class, runtime.run(VISIT, "ada")).failure();
            assertEquals(
                    new Failure.MissingCapabilities(List.of("resource::counter::write")), failure);
        }
    }

    @Test
    void theCheckerKnowsTheHintsOfTheModule() {
        HintTable hints =
                CapabilityModule.hints(HintTable.FULL, CountersFlowTest.class.getClassLoader());
        assertEquals(List.of(), Checker.check(VISIT.definition(), hints));
    }
}
