package dev.flowir.kernel;

import static dev.flowir.ir.NodeOption.concurrency;
import static dev.flowir.ir.NodeOption.retry;
import static dev.flowir.ir.NodeOption.timeout;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Overdue;
import dev.flowir.ir.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lists of which some items cannot be worked on. */
class FailedItemsTest {

    private static final Type<List<Integer>> INTS = Type.listOf(Integer.class);

    private static final Node<Integer, List<Integer>> UP_TO =
            Node.split(
                    "up-to",
                    Integer.class,
                    Integer.class,
                    n -> IntStream.range(0, n).boxed().toList());

    /** What listeners were told, per item. */
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());

    private Runtime runtime(Execution how) {
        ExecutionListener listener =
                new ExecutionListener() {
                    @Override
                    public void itemFailed(RunInfo run, String node, int index, Throwable cause) {
                        told.add(node + " " + index + ": " + cause.getMessage());
                    }
                };
        return Runtime.builder().execution(how).listener(listener).build();
    }

    /** Every third item fails, each time that it is tried. */
    private static Node<Integer, Integer> twoOfThree(AtomicInteger attempts) {
        return Node.pure(
                        "half",
                        Integer.class,
                        Integer.class,
                        n -> {
                            attempts.incrementAndGet();
                            if (n % 3 == 0) {
                                throw new IllegalStateException("not " + n);
                            }
                            return n * 10;
                        })
                .with(retry(1, Duration.ZERO));
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void theyAreLeftOutAndToldOfAfterTheLastAttempt(Execution how) {
        AtomicInteger attempts = new AtomicInteger();
        var flow =
                Flow.define(
                        "tens",
                        "1.0.0",
                        Integer.class,
                        (g, n) ->
                                g.each(g.then(n, UP_TO))
                                        .atMost(4)
                                        .leavingOut()
                                        .through(twoOfThree(attempts)));
        try (Runtime runtime = runtime(how)) {
            assertEquals(List.of(10, 20, 40, 50), runtime.run(flow, 7).orThrow());
            assertEquals(4 + 2 * 3, attempts.get());
            List<String> sorted = told.stream().sorted().toList();
            assertEquals(List.of("half 0: not 0", "half 3: not 3", "half 6: not 6"), sorted);
            assertEquals(List.of(), runtime.run(flow, 1).orThrow());
            assertEquals(List.of(), runtime.run(flow, 0).orThrow());
        }
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void somethingStandsForThemThatKnowsTheItemAndItsFailure(Execution how) {
        Node<Integer, String> say =
                Node.pure(
                        "say",
                        Integer.class,
                        String.class,
                        n -> {
                            if (n == 1) {
                                throw new IllegalArgumentException();
                            }
                            return "n" + n;
                        });
        var flow =
                Flow.define(
                        "saying",
                        "1.0.0",
                        Integer.class,
                        (g, n) ->
                                g.each(g.then(n, UP_TO))
                                        .through(
                                                say,
                                                (item, why) ->
                                                        item
                                                                + " "
                                                                + why.type()
                                                                + " '"
                                                                + why.message()
                                                                + "'"));
        try (Runtime runtime = runtime(how)) {
            assertEquals(
                    List.of("n0", "1 IllegalArgumentException ''", "n2"),
                    runtime.run(flow, 3).orThrow());
            assertEquals(List.of("say 1: null"), told);
        }
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void whereNothingStandsForOneTheRunFails(Execution how) {
        AtomicInteger attempts = new AtomicInteger();
        var flow =
                Flow.define(
                        "tens",
                        "1.0.0",
                        Integer.class,
                        (g, n) ->
                                g.each(g.then(n, UP_TO))
                                        .through(
                                                twoOfThree(attempts),
                                                (item, why) ->
                                                        item == 0
                                                                ? Integer.valueOf(7)
                                                                : nothing()));
        try (Runtime runtime = runtime(how)) {
            assertEquals(List.of(7, 10, 20), runtime.run(flow, 3).orThrow());
            Result.Failed<?> failed = assertInstanceOf(Result.Failed.class, runtime.run(flow, 4));
            assertEquals("RUN101", failed.failure().code());
            assertTrue(
                    failed.failure().message().contains("nothing stands for the item"),
                    failed::toString);
        }
    }

    @SuppressWarnings("NullAway") // what a caller may do all the same
    private static Integer nothing() {
        return null;
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void oneThatTakesTooLongIsOneUnlessThatCancels(Execution how) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Node<Integer, Integer> stuck =
                Node.pure(
                        "stuck",
                        Integer.class,
                        Integer.class,
                        n -> {
                            if (n == 1) {
                                never.await();
                            }
                            return n;
                        });
        Duration limit = Duration.ofMillis(20);
        var tolerant =
                Flow.define(
                        "tolerant",
                        "1.0.0",
                        Integer.class,
                        (g, n) ->
                                g.each(g.then(n, UP_TO))
                                        .leavingOut()
                                        .through(stuck.with(timeout(limit))));
        var strict =
                Flow.define(
                        "strict",
                        "1.0.0",
                        Integer.class,
                        (g, n) ->
                                g.each(g.then(n, UP_TO))
                                        .leavingOut()
                                        .through(stuck.with(timeout(limit, Overdue.cancel()))));
        try (Runtime runtime = runtime(how)) {
            assertEquals(List.of(0, 2), runtime.run(tolerant, 3).orThrow());
            Result.Failed<?> failed = assertInstanceOf(Result.Failed.class, runtime.run(strict, 3));
            assertEquals("TIME015", failed.failure().code());
        }
    }

    /** The first item is done last, because the others have to be done before it. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void outputsComeInTheOrderOfTheItemsUnlessAskedOtherwise(Execution how) {
        for (boolean ordered : new boolean[] {true, false}) {
            CountDownLatch others = new CountDownLatch(2);
            Node<Integer, Integer> last =
                    Node.pure(
                                    "last",
                                    Integer.class,
                                    Integer.class,
                                    n -> {
                                        if (n == 0) {
                                            others.await();
                                        } else {
                                            others.countDown();
                                        }
                                        return n;
                                    })
                            .with(concurrency(3)); // else one after the other, as it is pure
            Node<List<Integer>, List<Integer>> pass = Node.pure("pass", INTS, INTS, it -> it);
            var flow =
                    Flow.define(
                            "last",
                            "1.0.0",
                            Integer.class,
                            (g, n) -> {
                                var list = g.each(g.then(n, UP_TO)).atMost(3);
                                return g.then(
                                        (ordered ? list : list.asTheyCome()).through(last), pass);
                            });
            try (Runtime runtime = runtime(how)) {
                List<Integer> given = runtime.run(flow, 3).orThrow();
                // Which of them is told first is the machine's affair: M265 has it in virtual time.
                assertEquals(Set.of(0, 1, 2), Set.copyOf(given));
                assertTrue(!ordered || given.equals(List.of(0, 1, 2)), given::toString);
            }
        }
    }
}
