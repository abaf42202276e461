package dev.flowir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Waits;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.journal.Awaited;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    private static final Node<Integer, Integer> COUNTED =
            COUNT.named("counted")
                    .undoneBy(
                            "uncount",
                            EngineState.TOKEN,
                            (state, done, context) -> {
                                if (done.output().isPresent()) {
                                    state.add("total", -done.input());
                                }
                            });

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

    /** What is done with a run from outside, and what its process does when it begins anew. */
    private interface Steering {
        String drive(FakeEngine engine, Flow<Integer, ?> flow);

        default void recover(FakeEngine engine) {
            engine.recover();
        }
    }

    private static End run(Flow<Integer, ?> flow, int gone, boolean afterWriting) {
        return run(flow, EngineContractTest::drive, gone, afterWriting);
    }

    private static End run(
            Flow<Integer, ?> flow, Steering steering, int gone, boolean afterWriting) {
        Outside outside = new Outside();
        outside.failing("flaky", 3);
        outside.failing("release", 1);
        outside.throwing("broken", new IllegalStateException("always"));
        outside.throwing("charge", new IllegalStateException("always"));
        EngineState state = new EngineState();
        FakeEngine engine =
                new FakeEngine(Capabilities.of(outside, state), state, gone, afterWriting);
        String result = "";
        boolean lost = false;
        while (result.isEmpty()) {
            try {
                if (lost) {
                    steering.recover(engine);
                    lost = false;
                }
                result = steering.drive(engine, flow);
            } catch (FakeEngine.GoneException process) {
                lost = true;
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
        assertSurvivesEachWrite(flow, EngineContractTest::drive);
    }

    private static End assertSurvivesEachWrite(Flow<Integer, ?> flow, Steering steering) {
        End plain = run(flow, steering, 0, false);
        assertTrue(plain.writes() > 1);
        for (int write = 1; write <= plain.writes(); write++) {
            for (boolean afterWriting : List.of(false, true)) {
                End end = run(flow, steering, write, afterWriting);
                String where = "gone at write " + write + (afterWriting ? ", written" : "");
                assertEquals(plain.result(), end.result(), where);
                assertEquals(plain.state(), end.state(), where);
                assertEquals(plain.keys(), end.keys(), where);
            }
        }
        return plain;
    }

    @ParameterizedTest
    @MethodSource("flows")
    void anAttemptThatIsLostIsFollowedByTheNextWithTheSameKey(Flow<Integer, ?> flow) {
        assertSurvivesEachWrite(
                flow,
                new Steering() {
                    @Override
                    public String drive(FakeEngine engine, Flow<Integer, ?> driven) {
                        return EngineContractTest.drive(engine, driven)
                                .replaceAll("attempts=[0-9]+", "attempts"); // lost ones count
                    }

                    @Override
                    public void recover(FakeEngine engine) {
                        engine.recover();
                        engine.lose();
                    }
                });
    }

    private static final Flow<Integer, Integer> NAPS =
            Flow.define(
                    "naps",
                    "1.0.0",
                    Integer.class,
                    (g, in) ->
                            g.then(
                                    g.then(
                                            g.then(in, COUNTED),
                                            Waits.sleep(
                                                    "nap", Integer.class, Duration.ofMinutes(1))),
                                    COUNT.named("twice")));

    private static final long HELD_NANOS = Duration.ofSeconds(7).toNanos();

    @Test
    void aPauseBeginsNothingAndItsTimersAreLaterByIt() {
        List<Long> ends = new ArrayList<>();
        List<Optional<String>> held = new ArrayList<>();
        Steering plain =
                (engine, flow) -> {
                    String result = drive(engine, flow);
                    ends.add(engine.nowNanos());
                    return result;
                };
        Steering pausing =
                (engine, flow) -> {
                    engine.invoke("run", flow, 1);
                    if (engine.result("run").isEmpty()) {
                        engine.pause("run");
                        engine.settle();
                        assertFalse(engine.ring(), "no timer of a run that is paused");
                        held.add(engine.result("run"));
                        engine.resume("run", HELD_NANOS);
                    }
                    return plain.drive(engine, flow);
                };
        End unhindered = run(NAPS, plain, 0, false);
        assertEquals(unhindered.result(), run(NAPS, pausing, 0, false).result());
        assertEquals(HELD_NANOS, ends.get(1) - ends.get(0));
        assertEquals(List.of(Optional.empty()), held);
        assertEquals(unhindered.state(), assertSurvivesEachWrite(NAPS, pausing).state());
    }

    @Test
    void aRunThatIsCancelledUndoesWhatItDidOnce() {
        Steering cancelling =
                (engine, flow) -> {
                    engine.invoke("run", flow, 1);
                    engine.settle();
                    if (engine.result("run").isEmpty()) {
                        engine.cancel("run", "no longer wanted");
                        engine.settle();
                    }
                    return engine.result("run").orElseThrow();
                };
        End end = assertSurvivesEachWrite(NAPS, cancelling);
        assertEquals("{total=0}", end.state());
        assertTrue(end.result().contains("no longer wanted"), end.result());
        assertTrue(end.result().contains("counted"), end.result());
    }

    @Test
    void whatIsKeptByKeyIsCountedOnce() {
        assertEquals("{total=4}", run(COUNTS, 0, false).state());
    }
}
