package dev.flowir.kernel;

import static dev.flowir.ir.NodeOption.retry;
import static dev.flowir.ir.NodeOption.timeout;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Node;
import dev.flowir.ir.Rounds;
import dev.flowir.ir.SurfaceKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Loops on the direct driver. */
class LoopTest {

    private static final Node<Integer, Integer> HALF =
            Node.pure("half", Integer.class, Integer.class, n -> n / 2);
    private static final Node<Integer, String> TEXT =
            Node.pure("text", Integer.class, String.class, String::valueOf);
    private static final Node<String, Integer> SHORTER =
            Node.pure(
                    "shorter",
                    String.class,
                    Integer.class,
                    s -> Integer.valueOf(s.substring(0, s.length() - 1)));

    private static Flow<Integer, Integer> halving(Rounds rounds) {
        return Flow.define(
                "halving",
                "1.0.0",
                Integer.class,
                (g, in) -> g.until(in, n -> n < 10, rounds, HALF));
    }

    private static Failure failure(Result<?> result) {
        return assertInstanceOf(Result.Failed.class, result).failure();
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void goesRoundUntilDone(Execution execution) {
        try (Runtime runtime = Runtime.builder().execution(execution).build()) {
            Flow<Integer, Integer> flow = halving(Rounds.atMost(4));
            assertEquals(6, runtime.run(flow, 100).orThrow());
            assertEquals(2, runtime.run(flow, 5).orThrow());
            List<Integer> outputs = new ArrayList<>();
            runtime.feed(flow, List.of(100, 1, 64)).forEach(outputs::add).orThrow();
            assertEquals(List.of(6, 0, 8), outputs);
        }
    }

    @Test
    void roundsAreBoundedOnBothSides() {
        try (Runtime runtime = Runtime.builder().build()) {
            assertEquals(6, runtime.run(halving(Rounds.atMost(4)), 100).orThrow());
            Failure failure = failure(runtime.run(halving(Rounds.atMost(3)), 100));
            assertEquals("RUN101", failure.code());
            assertTrue(failure.message().contains("is not done after 3 rounds"), failure::message);
            assertEquals(12, runtime.run(halving(Rounds.atMost(3).thenLeave()), 100).orThrow());
        }
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void aLoopOfSeveralNodes(Execution execution) {
        Flow<Integer, Integer> flow =
                Flow.define(
                        "shortening",
                        "1.0.0",
                        Integer.class,
                        (g, in) -> {
                            var one =
                                    g.until(
                                            in,
                                            n -> n < 10,
                                            Rounds.atMost(9),
                                            TEXT,
                                            text -> g.then(text, SHORTER));
                            return g.then(one, HALF);
                        });
        try (Runtime runtime = Runtime.builder().execution(execution).build()) {
            assertEquals(4, runtime.run(flow, 87654321).orThrow());
        }
    }

    @Test
    void aBodyOnAThreadGoesRoundToo() {
        AtomicInteger calls = new AtomicInteger();
        Node<Integer, Integer> flaky =
                Node.pure(
                                "flaky",
                                Integer.class,
                                Integer.class,
                                n -> {
                                    if (calls.incrementAndGet() % 2 == 1) {
                                        throw new IllegalStateException("again");
                                    }
                                    return n + 1;
                                })
                        .with(retry(1, Duration.ZERO), timeout(Duration.ofMinutes(1)));
        Flow<Integer, Integer> flow =
                Flow.define(
                        "counting",
                        "1.0.0",
                        Integer.class,
                        (g, in) -> g.until(in, n -> n == 5, Rounds.atMost(5), flaky));
        try (Runtime runtime = Runtime.builder().build()) {
            assertEquals(5, runtime.run(flow, 0).orThrow());
        }
        assertEquals(10, calls.get());
    }

    @Test
    void inputsOfAnInstanceGoRoundOneAfterTheOther() throws InterruptedException {
        List<Integer> seen = new CopyOnWriteArrayList<>();
        Node<Integer, Integer> note =
                Node.pure(
                                "note",
                                Integer.class,
                                Integer.class,
                                n -> {
                                    seen.add(n);
                                    return n + 1;
                                })
                        .with(timeout(Duration.ofMinutes(1)));
        Flow<Integer, Integer> flow =
                Flow.define(
                        "noting",
                        "1.0.0",
                        Integer.class,
                        (g, in) -> g.until(in, n -> n % 10 == 3, Rounds.atMost(5), note));
        try (Runtime runtime = Runtime.builder().build();
                FlowInstance<Integer, Integer> instance =
                        runtime.open(flow, InstanceOptions.defaults()).orThrow()) {
            instance.send(0);
            instance.send(10);
            assertEquals(new FlowInstance.Output<>(3), instance.next());
            assertEquals(new FlowInstance.Output<>(13), instance.next());
        }
        assertEquals(List.of(0, 1, 2, 10, 11, 12), seen);
    }

    @Test
    void aFlowThatCameAsJsonGoesRoundByItsPointer() {
        Flow<JsonValue, JsonValue> flow =
                Flows.named("json")
                        .nodes("t", "c")
                        .reads(
                                "b",
                                (in, handles, context) ->
                                        new JsonValue.Obj(
                                                Map.of(
                                                        "was",
                                                        (JsonValue) in,
                                                        "ok",
                                                        JsonValue.bool(isNested((JsonValue) in)))))
                        .edges("t -> b -> c")
                        .surface(
                                "again",
                                SurfaceKind.LOOP,
                                List.of("t", "b"),
                                Map.of(
                                        "source", JsonValue.text("t"),
                                        "body_entry", JsonValue.text("b"),
                                        "selector_pointer", JsonValue.text("/ok"),
                                        "max_iterations", JsonValue.number(2)))
                        .flow("t", "c");
        try (Runtime runtime = Runtime.builder().build()) {
            JsonValue output = runtime.run(flow, JsonValue.text("x")).orThrow();
            assertTrue(isNested(output));
        }
    }

    private static boolean isNested(JsonValue value) {
        return value instanceof JsonValue.Obj object && object.members().containsKey("was");
    }
}
