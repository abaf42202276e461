package dev.flowir.kernel;

import static dev.flowir.ir.NodeOption.rate;
import static dev.flowir.ir.NodeOption.retry;
import static dev.flowir.ir.NodeOption.timeout;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Overdue;
import dev.flowir.ir.Partition;
import dev.flowir.ir.Rounds;
import dev.flowir.ir.WindowShape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Flows laid into flows give what they give alone, whatever surfaces they have. */
class SubflowTest {

    /** What a choice is made over. */
    public sealed interface Size permits Small, Large {}

    /** One of two. */
    public record Small(int n) implements Size {}

    /** The other. */
    public record Large(int n) implements Size {}

    private static Node<Integer, Integer> plus(String name, int more) {
        return Node.pure(name, Integer.class, Integer.class, n -> n + more);
    }

    private static final Node<Integer, Integer> FAILS =
            Node.pure(
                    "fails",
                    Integer.class,
                    Integer.class,
                    n -> {
                        throw new IllegalStateException("never " + n);
                    });

    private static final Node<Integer, List<Integer>> PARTS =
            Node.split("parts", Integer.class, Integer.class, n -> List.of(n, n + 1, n + 70_000));

    private static <O> Flow<Integer, O> flow(String name, Flow.Drawing<Integer, O> drawing) {
        return Flow.define(name, "1.0.0", Integer.class, drawing);
    }

    /** A flow for each surface. */
    static List<Flow<Integer, ?>> surfaces() {
        Node<Integer, Size> size =
                Node.pure(
                        "size",
                        Integer.class,
                        Size.class,
                        n -> n < 10 ? new Small(n) : new Large(n));
        Node<Small, String> small =
                Node.pure("small", Small.class, String.class, it -> "small " + it.n());
        Node<Large, String> large =
                Node.pure("large", Large.class, String.class, it -> "large " + it.n());
        return List.<Flow<Integer, ?>>of(
                flow("line", (g, in) -> g.then(g.then(in, plus("a", 1)), plus("b", 2))),
                flow("for_each", (g, in) -> g.each(g.then(in, PARTS), 2, plus("a", 1))),
                flow("loop", (g, in) -> g.until(in, n -> n > 9, Rounds.atMost(99), plus("a", 2))),
                flow(
                        "lines",
                        (g, in) ->
                                g.until(
                                        in,
                                        n -> n > 9,
                                        Rounds.atMost(99),
                                        plus("a", 2),
                                        a -> g.then(a, plus("b", -1)))),
                flow(
                        "if",
                        (g, in) ->
                                g.when(
                                        in,
                                        n -> n > 9,
                                        plus("yes", 100),
                                        plus("no", 1),
                                        "met",
                                        Integer.class)),
                flow(
                        "switch",
                        (g, in) ->
                                g.choose(g.then(in, size), Size.class, String.class)
                                        .on(Small.class, small)
                                        .on(Large.class, large)
                                        .merge("told")),
                flow(
                        "join",
                        (g, in) ->
                                g.join(
                                        "both",
                                        g.then(in, plus("a", 1)),
                                        g.then(in, plus("b", 2)),
                                        String.class,
                                        (a, b) -> a + "+" + b)),
                flow(
                        "zip",
                        (g, in) ->
                                g.zip(
                                        "both",
                                        g.then(in, plus("a", 1)),
                                        g.then(in, plus("b", 2)),
                                        String.class,
                                        (a, b) -> a + "+" + b)),
                flow(
                        "race",
                        (g, in) ->
                                g.race(
                                        "first",
                                        Integer.class,
                                        g.then(in, FAILS),
                                        g.then(in, plus("b", 2)))),
                flow(
                        "error_handler",
                        (g, in) ->
                                g.orElse(
                                        in,
                                        FAILS.with(retry(1, Duration.ZERO)),
                                        plus("other", 5),
                                        "met",
                                        Integer.class)),
                flow(
                        "dead_letter",
                        (g, in) -> g.then(g.deadLetter(in, plus("a", 1), FAILS), plus("b", 1))),
                flow(
                        "timeout",
                        (g, in) ->
                                g.then(
                                        in,
                                        plus("a", 1)
                                                .with(
                                                        timeout(
                                                                Duration.ofMinutes(1),
                                                                Overdue.cancel())))),
                flow(
                        "within",
                        (g, in) ->
                                g.within(
                                        Duration.ofMinutes(1),
                                        in,
                                        plus("a", 1),
                                        plus("other", 2),
                                        "met",
                                        Integer.class)),
                flow("rate_limit", (g, in) -> g.then(in, plus("a", 1).with(rate(1000, 10)))),
                flow(
                        "partition",
                        (g, in) -> g.partition(in, Partition.by("n", n -> n % 2), plus("a", 1))),
                flow(
                        "window",
                        (g, in) ->
                                g.windowsOf(
                                        g.then(in, PARTS),
                                        WindowShape.tumbling(Duration.ofMinutes(1)),
                                        it ->
                                                it.by(Integer.class, n -> n % 2)
                                                        .at(n -> n)
                                                        .collect("minutes"))));
    }

    static Stream<Arguments> everywhere() {
        return Stream.of(Execution.values())
                .flatMap(how -> surfaces().stream().map(flow -> Arguments.of(how, flow)));
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void itGivesWhatItGivesAlone(Execution how, Flow<Integer, ?> flow) {
        check(how, flow);
    }

    private static <O> void check(Execution how, Flow<Integer, O> inner) {
        Flow<Integer, O> once =
                flow("once", (g, in) -> g.flow("it", g.then(in, plus("before", 0)), inner));
        Flow<Integer, O> deep = flow("deep", (g, in) -> g.flow("once", in, once));
        try (Runtime runtime = Runtime.builder().execution(how).build()) {
            for (int n : new int[] {1, 12}) {
                O alone = runtime.run(inner, n).orThrow();
                assertEquals(alone, runtime.run(once, n).orThrow(), inner::name);
                assertEquals(alone, runtime.run(deep, n).orThrow(), inner::name);
            }
        }
    }

    @Test
    void itStandsInArmsAndLoopsOfTheOuterFlow() {
        Flow<Integer, Integer> inner =
                flow("inner", (g, in) -> g.then(g.then(in, plus("a", 1)), plus("b", 1)));
        Flow<Small, Integer> small =
                Flow.define(
                        "small",
                        "1.0.0",
                        Small.class,
                        (g, in) ->
                                g.then(in, Node.pure("n", Small.class, Integer.class, Small::n)));
        Flow<Integer, Integer> outer =
                flow(
                        "outer",
                        (g, in) -> {
                            var far =
                                    g.until(
                                            in,
                                            n -> n > 9,
                                            Rounds.atMost(9),
                                            plus("step", 1),
                                            it -> g.flow("inner", it, inner));
                            Node<Integer, Size> size =
                                    Node.pure("size", Integer.class, Size.class, Small::new);
                            return g.choose(g.then(far, size), Size.class, Integer.class)
                                    .on(Small.class, "few", small)
                                    .on(
                                            Large.class,
                                            Node.pure("many", Large.class, Integer.class, Large::n))
                                    .merge("end");
                        });
        try (Runtime runtime = Runtime.builder().build()) {
            assertEquals(10, runtime.run(outer, 1).orThrow());
        }
    }

    @Test
    void aFailureTellsWhereItWas() {
        Flow<Integer, Integer> inner = flow("inner", (g, in) -> g.then(in, FAILS));
        Flow<Integer, Integer> outer = flow("outer", (g, in) -> g.flow("pay", in, inner));
        try (Runtime runtime = Runtime.builder().build()) {
            Result.Failed<?> failed = assertInstanceOf(Result.Failed.class, runtime.run(outer, 3));
            assertTrue(failed.failure().message().contains("'pay.fails'"), failed::toString);
        }
    }

    @Test
    void windowsOfManyInputsAreTheSame() {
        Flow<Integer, ?> inner =
                flow(
                        "windows",
                        (g, in) ->
                                g.window(in, WindowShape.tumbling(Duration.ofMillis(10)))
                                        .by(Integer.class, n -> n % 2)
                                        .at(n -> n)
                                        .collect("tens"));
        windows(inner);
    }

    private static <O> void windows(Flow<Integer, O> inner) {
        Flow<Integer, O> outer = flow("outer", (g, in) -> g.flow("it", in, inner));
        List<Integer> inputs = List.of(1, 4, 3, 12, 15, 27, 28, 40);
        try (Runtime runtime = Runtime.builder().build()) {
            List<O> alone = new ArrayList<>();
            runtime.feed(inner, inputs).forEach(alone::add).orThrow();
            List<O> laid = new ArrayList<>();
            runtime.feed(outer, inputs).forEach(laid::add).orThrow();
            assertEquals(alone, laid);
            assertEquals(7, laid.size(), laid::toString);
        }
    }
}
