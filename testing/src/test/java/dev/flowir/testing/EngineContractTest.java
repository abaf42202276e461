package dev.flowir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.journal.Awaited;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same flows on an engine that owns log, timers, promises and keyed state: its process ends at
 * each of its writes, before and after it, and they end as they do without a fault.
 */
class EngineContractTest {

    private static final Node<Integer, Integer> COUNT =
            Node.effect(
                    "count",
                    Integer.class,
                    Integer.class,
                    EngineState.TOKEN,
                    (state, n, context) -> state.add("total", n));

    private static final Flow<Integer, Integer> COUNTS =
            Flow.define(
                    "counts",
                    "1.0.0",
                    Integer.class,
                    (g, in) ->
                            g.then(
                                    g.then(g.then(in, COUNT), COUNT.named("twice")),
                                    COUNT.named("thrice")));

    static Stream<Flow<Integer, ?>> flows() {
        return Stream.concat(
                Stream.of(COUNTS), KeptSurfaces.all().stream().map(it -> it.flow()).distinct());
    }

    /** How a run ended, with all that others can see of it. */
    private record End(String result, String state, Set<String> keys, int writes) {}

    private static End run(Flow<Integer, ?> flow, int gone, boolean afterWriting) {
        Outside outside = new Outside();
        outside.failing("flaky", 3);
        outside.failing("release", 1);
        outside.throwing("broken", new IllegalStateException("always"));
        outside.throwing("charge", new IllegalStateException("always"));
        EngineState state = new EngineState();
        FakeEngine engine =
                new FakeEngine(Capabilities.of(outside, state), state, gone, afterWriting);
        String result = "";
        while (result.isEmpty()) {
            try {
                result = drive(engine, flow);
            } catch (FakeEngine.GoneException lost) {
                engine.recover();
            }
        }
        Set<String> keys = new TreeSet<>();
        flow.definition().nodes().forEach(node -> keys.addAll(outside.keys(node.alias())));
        return new End(result, state.toString(), keys, engine.writes());
    }

    private static String drive(FakeEngine engine, Flow<Integer, ?> flow) {
        engine.invoke("run", flow, 1);
        while (true) {
            engine.settle();
            engine.deliver();
            if (engine.result("run").isPresent()) {
                return engine.result("run").get();
            }
            List<Awaited> promises = engine.promises("run");
            if (promises.isEmpty()) {
                assertTrue(engine.ring(), "nothing moves the run any more");
            } else {
                engine.resolve("run", promises.get(0).node(), answer(flow, promises.get(0)), "ann");
            }
        }
    }

    private static Object answer(Flow<?, ?> flow, Awaited asks) {
        return asks.answers().isEmpty()
                ? 5
                : flow.outputOf(asks.node()).raw().getEnumConstants()[0];
    }

    @ParameterizedTest
    @MethodSource("flows")
    void aFlowSurvivesEachWriteOfTheEngine(Flow<Integer, ?> flow) {
        End plain = run(flow, 0, false);
        assertTrue(plain.writes() > 1);
        for (int write = 1; write <= plain.writes(); write++) {
            for (boolean afterWriting : List.of(false, true)) {
                End end = run(flow, write, afterWriting);
                String where = "gone at write " + write + (afterWriting ? ", written" : "");
                assertEquals(plain.result(), end.result(), where);
                assertEquals(plain.state(), end.state(), where);
                assertEquals(plain.keys(), end.keys(), where);
            }
        }
    }

    @Test
    void whatIsKeptByKeyIsCountedOnce() {
        assertEquals("{total=4}", run(COUNTS, 0, false).state());
    }
}
