package dev.flowir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.kernel.Execution;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.testing.SurfaceCase.Told;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Control surfaces in the drivers of a JVM. */
class SurfaceCasesTest {

    private static Stream<DynamicTest> each(String driver, Show show) {
        return SurfaceCases.all().stream()
                .map(it ->
                        DynamicTest.dynamicTest(
                                it.id() + " " + it.title() + ", " + driver, () -> show.show(it)));
    }

    /** Shows that a case holds. */
    private interface Show {
        void show(SurfaceCase one) throws Exception;
    }

    @Test
    void numbersAreGivenOnce() {
        List<SurfaceCase> all = SurfaceCases.all();
        Set<String> ids = new HashSet<>();
        all.forEach(it -> assertTrue(ids.add(it.id()), it.id()));
        assertTrue(all.size() >= 18, "only " + all.size());
    }

    @TestFactory
    Stream<DynamicTest> compiled() {
        return each("compiled", it -> direct(it, Execution.COMPILED));
    }

    @TestFactory
    Stream<DynamicTest> chained() {
        return each("chained", it -> direct(it, Execution.CHAINED));
    }

    @TestFactory
    Stream<DynamicTest> stepByStep() {
        return each("step by step", it -> direct(it, Execution.STEPWISE));
    }

    private static void direct(SurfaceCase one, Execution execution) {
        try (Runtime runtime =
                Runtime.builder()
                        .capabilities(Capabilities.of(HostNotes.inMemory()))
                        .execution(execution)
                        .build()) {
            Result<Told> result = runtime.run(one.flow(), one.input());
            assertEquals(
                    one.expected(),
                    switch (result) {
                        case Result.Value<Told> it -> it.value().text();
                        case Result.Failed<Told> it -> "!" + it.failure().code();
                    },
                    result::toString);
        }
    }

    @TestFactory
    Stream<DynamicTest> durable() {
        return each(
                "durable, with the process ending at each write",
                it -> {
                    FlowTest<SurfaceCase.Batch, Told> test =
                            FlowTest.of(it.flow(), it.input())
                                    .capabilities(store -> Capabilities.of(HostNotes.inMemory()));
                    String end = test.run();
                    String expected =
                            it.expected().startsWith("!")
                                    ? it.expected().substring(1)
                                    : "{\"text\":\"" + it.expected() + "\"}";
                    assertTrue(end.contains(expected), end);
                    test.sweep();
                });
    }
}
