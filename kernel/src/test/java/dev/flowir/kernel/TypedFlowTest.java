package dev.flowir.kernel;

import static dev.flowir.ir.NodeOption.retry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.ItemStream;
import dev.flowir.ir.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Typed flows from end to end. */
class TypedFlowTest {

    private final Runtime runtime = Runtime.builder().build();

    @AfterEach
    void close() {
        runtime.close();
    }

    sealed interface Shape {}

    record Circle(int radius) implements Shape {}

    record Square(int side) implements Shape {}

    record Line(int length) implements Shape {}

    private static final Node<Integer, Integer> TWICE =
            Node.pure("twice", Integer.class, Integer.class, i -> i * 2);
    private static final Node<Integer, Integer> NEXT =
            Node.pure("next", Integer.class, Integer.class, i -> i + 1);

    @Test
    void chainGivesTheValue() {
        Flow<Integer, Integer> flow =
                Flow.define(
                        "chain",
                        "1.0.0",
                        Integer.class,
                        (g, in) -> g.then(g.then(in, TWICE), NEXT));
        assertEquals(43, runtime.run(flow, 21).orThrow());
    }

    @Test
    void joinWaitsForBoth() {
        Flow<Integer, Integer> flow =
                Flow.define(
                        "diamond",
                        "1.0.0",
                        Integer.class,
                        (g, in) ->
                                g.join(
                                        "sum",
                                        g.then(in, TWICE),
                                        g.then(in, NEXT),
                                        Integer.class,
                                        Integer::sum));
        assertEquals(31, runtime.run(flow, 10).orThrow());
    }

    @Test
    void eachGathersInOrder() {
        Node<Integer, List<Integer>> range =
                Node.split(
                        "range",
                        Integer.class,
                        Integer.class,
                        n -> {
                            List<Integer> all = new ArrayList<>();
                            for (int i = 0; i < n; i++) {
                                all.add(i);
                            }
                            return all;
                        });
        Flow<Integer, List<Integer>> flow =
                Flow.define(
                        "each",
                        "1.0.0",
                        Integer.class,
                        (g, in) -> g.each(g.then(in, range), 3, TWICE));
        assertEquals(List.of(0, 2, 4, 6, 8), runtime.run(flow, 5).orThrow());
        assertEquals(List.of(), runtime.run(flow, 0).orThrow());
    }

    @Test
    void chooseTakesTheArmOfTheClass() {
        Node<Integer, Shape> shape =
                Node.pure(
                        "shape",
                        Integer.class,
                        Shape.class,
                        i -> i < 0 ? new Square(-i) : new Circle(i));
        Flow<Integer, Integer> partial =
                Flow.define(
                        "shapes",
                        "1.0.0",
                        Integer.class,
                        (g, in) ->
                                g.choose(g.then(in, shape), Shape.class, Integer.class)
                                        .on(
                                                Circle.class,
                                                Node.pure(
                                                        "round",
                                                        Circle.class,
                                                        Integer.class,
                                                        c -> c.radius() * 3))
                                        .on(
                                                Square.class,
                                                Node.pure(
                                                        "edgy",
                                                        Square.class,
                                                        Integer.class,
                                                        s -> s.side() * 4))
                                        .merge("done"));
        Failure failure = assertInstanceOf(Result.Failed.class, runtime.run(partial, 2)).failure();
        assertEquals("CHOICE101", failure.code());
        assertTrue(failure.message().contains("no arm for Line"), failure::message);
        assertTrue(failure.message().contains("TypedFlowTest.java:"), failure::message);
    }

    @Test
    void retriesThenGivesTheValue() {
        AtomicInteger tries = new AtomicInteger();
        Node<Integer, Integer> flaky =
                Node.<Integer, Integer>pure(
                                "flaky",
                                Integer.class,
                                Integer.class,
                                i -> {
                                    if (tries.incrementAndGet() < 3) {
                                        throw new IllegalStateException("not yet");
                                    }
                                    return i;
                                })
                        .with(retry(3, Duration.ZERO));
        Flow<Integer, Integer> flow =
                Flow.define("flaky", "1.0.0", Integer.class, (g, in) -> g.then(in, flaky));
        assertEquals(7, runtime.run(flow, 7).orThrow());
        assertEquals(3, tries.get());
    }

    @Test
    void streamsAreValues() throws InterruptedException {
        Node<Integer, ItemStream<Integer>> count =
                Node.streams(
                        "count",
                        Integer.class,
                        Integer.class,
                        (n, out, context) -> {
                            for (int i = 1; i <= n; i++) {
                                out.emit(i);
                            }
                        });
        Flow<Integer, ItemStream<Integer>> flow =
                Flow.define("count", "1.0.0", Integer.class, (g, in) -> g.then(in, count));
        List<Integer> seen = new ArrayList<>();
        try (ItemStream<Integer> stream = runtime.run(flow, 3).orThrow()) {
            while (stream.next() instanceof ItemStream.Item<Integer> item) {
                seen.add(item.value());
            }
            assertInstanceOf(ItemStream.End.class, stream.next());
        }
        assertEquals(List.of(1, 2, 3), seen);
        assertEquals(0, runtime.inFlight());
    }
}
