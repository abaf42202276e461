package dev.flowir.kernel;

import static dev.flowir.ir.NodeOption.concurrency;
import static dev.flowir.ir.NodeOption.retry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Batches;
import dev.flowir.ir.Body;
import dev.flowir.ir.Flow;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeBody;
import dev.flowir.ir.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several items of a list in one call of a body, beside loops that know no machine. */
class BatchesTest {

    private record Numbers(List<Integer> all) {
        static Numbers upTo(int end) {
            return new Numbers(IntStream.range(0, end).boxed().toList());
        }
    }

    private static final Type<List<Integer>> INTS = Type.listOf(Integer.class);
    private static final Type<List<String>> TEXTS = Type.listOf(String.class);
    private static final Node<Numbers, List<Integer>> ALL =
            Node.pure("all", Type.of(Numbers.class), INTS, Numbers::all);

    /** What the body was called with. */
    private final List<List<Integer>> calls = Collections.synchronizedList(new ArrayList<>());

    private static List<String> told(List<Integer> batch) {
        return batch.stream().map(n -> "n" + n).toList();
    }

    private Node<List<Integer>, List<String>> node(Body.Pure<List<Integer>, List<String>> body) {
        return Node.pure(
                "tell",
                INTS,
                TEXTS,
                batch -> {
                    calls.add(batch);
                    return body.apply(batch);
                });
    }

    private static Flow<Numbers, List<String>> flow(
            Batches how, Node<List<Integer>, List<String>> node) {
        Node<List<String>, List<String>> pass = Node.pure("pass", TEXTS, TEXTS, it -> it);
        return Flow.define(
                "telling",
                "1.0.0",
                Numbers.class,
                (g, in) -> g.then(g.batch(g.then(in, ALL), how, node), pass));
    }

    /** The list in parts of {@code most}, by counting. */
    private static List<List<Integer>> cut(List<Integer> all, int most) {
        List<List<Integer>> parts = new ArrayList<>();
        for (int n : all) {
            if (parts.isEmpty() || parts.get(parts.size() - 1).size() == most) {
                parts.add(new ArrayList<>());
            }
            parts.get(parts.size() - 1).add(n);
        }
        return parts;
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void theyGiveWhatALoopGives(Execution how) {
        try (Runtime runtime = Runtime.builder().execution(how).build()) {
            for (int most : new int[] {1, 2, 3, 5, Batches.MAX_ITEMS}) {
                for (int inFlight : new int[] {1, 3}) {
                    var flow = flow(Batches.of(most).inFlight(inFlight), node(BatchesTest::told));
                    int sizes = 3 * Math.min(most, 5) + 1;
                    for (int size = 0; size <= sizes; size++) {
                        calls.clear();
                        Numbers numbers = Numbers.upTo(size);
                        assertEquals(told(numbers.all()), runtime.run(flow, numbers).orThrow());
                        List<List<Integer>> called = new ArrayList<>(calls);
                        called.sort((a, b) -> a.get(0) - b.get(0));
                        assertEquals(cut(numbers.all(), most), called);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void anotherNumberOfOutputsIsAFailureThatNobodyRepeats(Execution how) {
        record Odd(Body.Pure<List<Integer>, List<String>> body, String told) {}
        List<Odd> odds =
                List.of(
                        new Odd(all -> told(all.subList(1, all.size())), "2 and gave 1 outputs"),
                        new Odd(all -> List.of("a", "b", "c"), "2 and gave 3 outputs"),
                        new Odd(all -> Arrays.asList("a", null), "2 and gave null for item 1"),
                        new Odd(all -> null, "2 and gave nothing"));
        try (Runtime runtime = Runtime.builder().execution(how).build()) {
            for (Odd odd : odds) {
                calls.clear();
                var flow =
                        flow(Batches.of(2), node(odd.body()).with(retry(5, Duration.ofMillis(1))));
                Result.Failed<?> failed =
                        assertInstanceOf(Result.Failed.class, runtime.run(flow, Numbers.upTo(4)));
                assertEquals("RUN101", failed.failure().code());
                String told = "'tell' got a batch of " + odd.told();
                assertTrue(failed.failure().message().contains(told), failed::toString);
                assertEquals(List.of(List.of(0, 1)), calls);
            }
            var last = flow(Batches.of(2), node(all -> List.of("a", "b")));
            assertEquals(4, runtime.run(last, Numbers.upTo(4)).orThrow().size());
            Result.Failed<?> failed =
                    assertInstanceOf(Result.Failed.class, runtime.run(last, Numbers.upTo(3)));
            assertTrue(
                    failed.failure().message().contains("a batch of 1 and gave 2 outputs"),
                    failed::toString);
        }
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void aBatchIsRepeatedAsAWhole(Execution how) {
        AtomicInteger left = new AtomicInteger();
        Node<List<Integer>, List<String>> node =
                node(batch -> {
                    if (batch.contains(3) && left.getAndDecrement() > 0) {
                        throw new IllegalStateException("not now");
                    }
                    return told(batch);
                });
        var flow = flow(Batches.of(2), node.with(retry(2, Duration.ofMillis(1))));
        try (Runtime runtime = Runtime.builder().execution(how).build()) {
            left.set(2);
            assertEquals(
                    told(List.of(0, 1, 2, 3, 4)), runtime.run(flow, Numbers.upTo(5)).orThrow());
            List<Integer> second = List.of(2, 3);
            assertEquals(List.of(List.of(0, 1), second, second, second, List.of(4)), calls);
            calls.clear();
            left.set(3);
            Result.Failed<?> failed =
                    assertInstanceOf(Result.Failed.class, runtime.run(flow, Numbers.upTo(5)));
            assertTrue(failed.failure().message().contains("not now"), failed::toString);
            assertEquals(List.of(List.of(0, 1), second, second, second), calls);
        }
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void aLimitOfTheNodeIsOneOfCalls(Execution how) throws InterruptedException {
        AtomicInteger atWork = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        LinkedBlockingQueue<List<Integer>> begun = new LinkedBlockingQueue<>();
        Semaphore mayEnd = new Semaphore(0);
        Node<List<Integer>, List<String>> node =
                node(batch -> {
                    most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
                    begun.add(batch);
                    mayEnd.acquire();
                    atWork.decrementAndGet();
                    return told(batch);
                });
        try (Runtime runtime = Runtime.builder().execution(how).build()) {
            var flow = flow(Batches.of(3).inFlight(4), node.with(concurrency(2)));
            Run<List<String>> run = runtime.start(flow, Invocation.of(Numbers.upTo(16)));
            begun.take();
            begun.take();
            mayEnd.release(6);
            assertEquals(told(Numbers.upTo(16).all()), run.await().orThrow());
            assertEquals(2, most.get());
            assertEquals(6, calls.size());
        }
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void aFlowThatCameAsJsonGetsBatchesOfJson(Execution how) {
        JsonValue.Arr three =
                new JsonValue.Arr(IntStream.range(0, 3).mapToObj(JsonValue::number).toList());
        List<Object> got = Collections.synchronizedList(new ArrayList<>());
        NodeBody.Single pass =
                (in, handles, context) -> {
                    got.add(in);
                    return in;
                };
        Flow<JsonValue, JsonValue> flow =
                Flows.named("batches")
                        .nodes("t")
                        .pure("list", (in, handles, context) -> three)
                        .pure("pass", pass)
                        .batches("list", "pass", 2, 1)
                        .edges("t -> list", "list -> pass")
                        .flow("t", "pass");
        try (Runtime runtime = Runtime.builder().execution(how).build()) {
            assertEquals(three, runtime.run(flow, JsonValue.text("x")).orThrow());
            assertEquals(
                    List.of(
                            new JsonValue.Arr(three.items().subList(0, 2)),
                            new JsonValue.Arr(three.items().subList(2, 3))),
                    got);
        }
        Flow<JsonValue, JsonValue> odd =
                Flows.named("batches")
                        .nodes("t")
                        .pure("list", (in, handles, context) -> three)
                        .pure("pass", (in, handles, context) -> new JsonValue.Arr(List.of()))
                        .batches("list", "pass", 2, 1)
                        .edges("t -> list", "list -> pass")
                        .flow("t", "pass");
        try (Runtime runtime = Runtime.builder().execution(how).build()) {
            Result.Failed<?> failed =
                    assertInstanceOf(Result.Failed.class, runtime.run(odd, JsonValue.text("x")));
            assertTrue(
                    failed.failure().message().contains("'pass' got a batch of 2 and gave 0"),
                    failed::toString);
        }
    }
}
