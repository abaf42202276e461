package dev.flowir.kernel;

import static dev.flowir.ir.NodeOption.rate;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeOption;
import dev.flowir.ir.SurfaceKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rates on the direct driver, in virtual time. */
class RateTest {

    private static final Node<Integer, Integer> TWICE =
            Node.pure("twice", Integer.class, Integer.class, n -> n * 2);

    private final ManualTime time = new ManualTime();
    private final Runtime runtime = Runtime.builder().time(time).build();

    @AfterEach
    void close() {
        runtime.close();
    }

    private static Flow<Integer, Integer> limited(NodeOption... options) {
        return Flow.define(
                "limited", "1.0.0", Integer.class, (g, in) -> g.then(in, TWICE.with(options)));
    }

    private static Integer result(Run<Integer> run) throws InterruptedException {
        return run.await().orThrow();
    }

    @Test
    void runsOfOneFlowShareItsRate() throws InterruptedException {
        Flow<Integer, Integer> flow = limited(rate(10, 2));
        assertEquals(2, runtime.run(flow, 1).orThrow());
        assertEquals(4, runtime.run(flow, 2).orThrow());
        Run<Integer> third = runtime.start(flow, Invocation.of(3));
        Run<Integer> fourth = runtime.start(flow, Invocation.of(4));
        time.awaitArmed(2);
        time.advance(Duration.ofMillis(99));
        assertEquals(2, time.armed());
        time.advance(Duration.ofMillis(1));
        assertEquals(6, result(third));
        assertEquals(1, time.armed());
        time.advance(Duration.ofMillis(100));
        assertEquals(8, result(fourth));
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void aRateHoldsWhateverTheExecution(Execution execution) throws InterruptedException {
        ManualTime clock = new ManualTime();
        Flow<Integer, Integer> flow = limited(rate(1, 1));
        try (Runtime other = Runtime.builder().time(clock).execution(execution).build()) {
            assertEquals(2, other.run(flow, 1).orThrow());
            Run<Integer> second = other.start(flow, Invocation.of(2));
            clock.awaitArmed(1);
            clock.advance(Duration.ofSeconds(1));
            assertEquals(4, result(second));
        }
    }

    @Test
    void itemsOfAListCount() throws InterruptedException {
        Node<Integer, List<Integer>> parts =
                Node.split("parts", Integer.class, Integer.class, n -> List.of(n, n + 1, n + 2));
        Flow<Integer, List<Integer>> flow =
                Flow.define(
                        "list",
                        "1.0.0",
                        Integer.class,
                        (g, in) -> g.each(g.then(in, parts), 3, TWICE.with(rate(2, 1))));
        Run<List<Integer>> run = runtime.start(flow, Invocation.of(1));
        time.awaitArmed(2);
        time.advance(Duration.ofSeconds(1));
        assertEquals(List.of(2, 4, 6), run.await().orThrow());
    }

    @Test
    void aWaitForARateEndsWithItsRun() throws InterruptedException {
        Flow<Integer, Integer> flow = limited(rate(1, 1));
        assertEquals(2, runtime.run(flow, 1).orThrow());
        Run<Integer> waits = runtime.start(flow, Invocation.of(2));
        time.awaitArmed(1);
        waits.cancel("enough");
        assertInstanceOf(Result.Failed.class, waits.await());
        assertEquals(0, time.armed());
    }

    @Test
    void whatLetsNothingThroughIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> rate(0, 1));
        assertThrows(IllegalArgumentException.class, () -> rate(1, 0));
        assertEquals(1, rate(1, 1).burst());
    }

    @Test
    void twoRatesForOneNodeAreRefused() {
        Flows flows = Flows.named("two").nodes("t", "c").edges("t -> c");
        for (String id : List.of("one", "other")) {
            flows.surface(
                    id,
                    SurfaceKind.RATE_LIMIT,
                    List.of(),
                    Map.of(
                            "target",
                            JsonValue.text("c"),
                            "qps",
                            JsonValue.number(1),
                            "burst",
                            JsonValue.number(1)));
        }
        Failure failure =
                assertInstanceOf(
                                Result.Failed.class,
                                runtime.run(flows.flow("t", "c"), JsonValue.number(1)))
                        .failure();
        assertTrue(failure.message().contains("has a rate already"), failure::message);
    }
}
