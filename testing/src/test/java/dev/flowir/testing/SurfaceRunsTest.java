package dev.flowir.testing;

import static dev.flowir.ir.NodeOption.concurrency;
import static dev.flowir.ir.NodeOption.rate;
import static dev.flowir.ir.NodeOption.retry;
import static dev.flowir.ir.NodeOption.timeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Batches;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Overdue;
import dev.flowir.ir.Rounds;
import dev.flowir.ir.Type;
import dev.flowir.ir.Waits;
import dev.flowir.kernel.cap.Capabilities;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Control surfaces in durable runs: killed at every write, nobody can tell. */
class SurfaceRunsTest {

    private static FlowTest<Integer, Integer> test(
            Flow<Integer, Integer> flow, Consumer<Outside> told) {
        return FlowTest.of(flow, 7)
                .in(() -> {
                    Outside outside = new Outside();
                    told.accept(outside);
                    return new FlowTest.World(
                            store -> Capabilities.of(outside), store -> List.of());
                });
    }

    private static void survives(FlowTest<Integer, Integer> test, String result) {
        assertTrue(test.run().contains(result), test.run());
        test.sweep();
        test.storm(1, 20);
    }

    @Test
    void whatFailedForGoodGoesAnotherWay() {
        Flow<Integer, Integer> flow =
                Flow.define(
                        "either",
                        "1.0.0",
                        Integer.class,
                        (g, in) -> {
                            var charged =
                                    g.orElse(
                                            in,
                                            Outside.step("card")
                                                    .with(retry(1, Duration.ofMinutes(10))),
                                            Outside.step("invoice"),
                                            "paid",
                                            Integer.class);
                            return g.then(charged, Outside.step("send"));
                        });
        survives(test(flow, outside -> outside.failing("card", 100)), "7");
    }

    @Test
    void whatTookTooLongGoesAnotherWay() {
        Flow<Integer, Integer> flow =
                Flow.define(
                        "patience",
                        "1.0.0",
                        Integer.class,
                        (g, in) -> {
                            var answered =
                                    g.within(
                                            Duration.ofHours(1),
                                            in,
                                            Waits.signal(
                                                    "answer",
                                                    Integer.class,
                                                    Integer.class,
                                                    "answer",
                                                    Duration.ofDays(2)),
                                            Outside.step("decide"),
                                            "answered",
                                            Integer.class);
                            return g.then(answered, Outside.step("send"));
                        });
        survives(test(flow, outside -> {}), "7");
    }

    @Test
    void aLoopGoesOnWhereItWas() {
        Flow<Integer, Integer> flow =
                Flow.define(
                        "polling",
                        "1.0.0",
                        Integer.class,
                        (g, in) -> {
                            var ready =
                                    g.until(
                                            in,
                                            n -> n == 10,
                                            Rounds.atMost(5),
                                            Waits.sleep(
                                                    "wait", Integer.class, Duration.ofMinutes(1)),
                                            waited -> g.then(waited, LOOK));
                            return g.then(ready, Outside.step("send"));
                        });
        survives(test(flow, outside -> {}), "10");
    }

    private static final Node<Integer, Integer> LOOK =
            Node.effect(
                    "look",
                    Integer.class,
                    Integer.class,
                    Outside.TOKEN,
                    (outside, n, context) -> outside.call(context, n) + 1);

    @Test
    void aWaitForARateSurvives() {
        Node<Integer, List<Integer>> parts =
                Node.split("parts", Integer.class, Integer.class, n -> List.of(n, n));
        Flow<Integer, Integer> flow =
                Flow.define(
                        "paced",
                        "1.0.0",
                        Integer.class,
                        (g, in) -> {
                            var sent =
                                    g.each(
                                            g.then(in, parts),
                                            2,
                                            Outside.step("send").with(rate(1, 1)));
                            return g.then(sent, SUM);
                        });
        survives(test(flow, outside -> {}), "14");
    }

    @Test
    void aWaitForAPermitSurvives() {
        Node<Integer, List<Integer>> parts =
                Node.split("parts", Integer.class, Integer.class, n -> List.of(n, n, n));
        Flow<Integer, Integer> flow =
                Flow.define(
                        "calls",
                        "1.0.0",
                        Integer.class,
                        (g, in) -> {
                            var sent =
                                    g.each(
                                            g.then(in, parts),
                                            3,
                                            Outside.step("send").with(concurrency(1)));
                            return g.then(sent, SUM);
                        });
        survives(test(flow, outside -> {}), "21");
    }

    private static final Node<List<Integer>, Integer> SUM =
            Node.pure(
                    "sum",
                    Type.listOf(Type.of(Integer.class)),
                    Type.of(Integer.class),
                    all -> all.stream().mapToInt(Integer::intValue).sum());

    @Test
    void theFirstOfTwoGoesOn() {
        Flow<Integer, Integer> flow =
                Flow.define(
                        "first",
                        "1.0.0",
                        Integer.class,
                        (g, in) -> {
                            var slow =
                                    g.then(
                                            in,
                                            Waits.sleep(
                                                    "wait", Integer.class, Duration.ofHours(1)));
                            var first =
                                    g.race(
                                            "first",
                                            Integer.class,
                                            g.then(slow, Outside.step("late")),
                                            g.then(
                                                    in,
                                                    Outside.step("card")
                                                            .with(
                                                                    retry(
                                                                            1,
                                                                            Duration.ofMinutes(
                                                                                    10)))));
                            return g.then(first, Outside.step("send"));
                        });
        survives(test(flow, outside -> outside.failing("card", 100)), "7");
        survives(
                test(
                        flow,
                        outside -> {
                            outside.failing("card", 100);
                            outside.failing("late", 100);
                        }),
                "RUN109");
    }

    @Test
    void aPairIsMadeOnce() {
        Flow<Integer, Integer> flow =
                Flow.define(
                        "pairs",
                        "1.0.0",
                        Integer.class,
                        (g, in) -> {
                            var waited =
                                    g.then(
                                            in,
                                            Waits.sleep(
                                                    "wait", Integer.class, Duration.ofHours(1)));
                            var pair =
                                    g.zip(
                                            "pair",
                                            g.then(in, Outside.step("card")),
                                            g.then(waited, Outside.step("stock")),
                                            Integer.class,
                                            Integer::sum);
                            return g.then(pair, Outside.step("send"));
                        });
        survives(test(flow, outside -> {}), "14");
    }

    @Test
    void listsThatWereWorkedOnMeetByKey() {
        Node<Integer, List<Integer>> parts =
                Node.split("parts", Integer.class, Integer.class, n -> List.of(n, n + 1, n + 2));
        Node<Integer, List<Integer>> others =
                Node.split("others", Integer.class, Integer.class, n -> List.of(n + 12, n + 11));
        Flow<Integer, Integer> flow =
                Flow.define(
                        "keyed",
                        "1.0.0",
                        Integer.class,
                        (g, in) -> {
                            var waited =
                                    g.then(
                                            in,
                                            Waits.sleep(
                                                    "wait", Integer.class, Duration.ofHours(1)));
                            var met =
                                    g.keyed(
                                                    g.each(
                                                            g.then(in, parts),
                                                            2,
                                                            Outside.step("card")),
                                                    g.each(
                                                            g.then(waited, others),
                                                            2,
                                                            Outside.step("stock")))
                                            .on(n -> n % 10, n -> n % 10)
                                            .left(
                                                    "met",
                                                    Integer.class,
                                                    (n, other) -> n * 100 + other.orElse(0));
                            return g.then(g.then(met, SUM), Outside.step("send"));
                        });
        survives(test(flow, outside -> {}), "2437"); // 700, 818, 919
    }

    @Test
    void batchesSurvive() {
        Type<List<Integer>> ints = Type.listOf(Integer.class);
        Node<Integer, List<Integer>> parts =
                Node.split(
                        "parts", Integer.class, Integer.class, n -> List.of(n, n, n, n, n, n, n));
        Node<List<Integer>, List<Integer>> price =
                Node.effect(
                        "price",
                        ints,
                        ints,
                        Outside.TOKEN,
                        (outside, batch, context) -> {
                            int one = outside.call(context, batch.get(0));
                            return batch.stream().map(n -> n + one * batch.size()).toList();
                        });
        Flow<Integer, Integer> flow =
                Flow.define(
                        "batches",
                        "1.0.0",
                        Integer.class,
                        (g, in) -> {
                            var priced =
                                    g.batch(
                                            g.then(in, parts),
                                            Batches.of(3).inFlight(2),
                                            price.with(retry(3, Duration.ofMinutes(1))));
                            return g.then(g.then(priced, SUM), Outside.step("send"));
                        });
        // 7 items of 7, and 3 * 21 + 3 * 21 + 7 for what came with them
        survives(test(flow, outside -> outside.failing("price", 2)), "182");
    }

    @Test
    void aFlowInAFlowSurvives() {
        Node<Integer, List<Integer>> parts =
                Node.split("parts", Integer.class, Integer.class, n -> List.of(n, n + 1));
        Flow<Integer, Integer> paying =
                Flow.define(
                        "paying",
                        "1.0.0",
                        Integer.class,
                        (g, in) -> {
                            var waited =
                                    g.then(
                                            in,
                                            Waits.sleep(
                                                    "wait", Integer.class, Duration.ofHours(1)));
                            var sent = g.each(g.then(waited, parts), 2, Outside.step("charge"));
                            return g.orElse(
                                    g.then(sent, SUM),
                                    Outside.step("card").with(retry(1, Duration.ofMinutes(10))),
                                    Outside.step("invoice"),
                                    "paid",
                                    Integer.class);
                        });
        Flow<Integer, Integer> flow =
                Flow.define(
                        "ordering",
                        "1.0.0",
                        Integer.class,
                        (g, in) -> {
                            var once = g.flow("pay", g.then(in, Outside.step("stock")), paying);
                            return g.then(g.flow("pay", once, paying), Outside.step("send"));
                        });
        survives(test(flow, outside -> {}), "31");
    }

    @Test
    void whatTookTooLongIsRepeatedAndThenEndsTheRun() {
        Flow<Integer, Integer> flow =
                Flow.define(
                        "again",
                        "1.0.0",
                        Integer.class,
                        (g, in) ->
                                g.then(
                                        in,
                                        Waits.sleep("nap", Integer.class, Duration.ofHours(2))
                                                .with(
                                                        timeout(
                                                                Duration.ofHours(1),
                                                                Overdue.retry(
                                                                        2,
                                                                        Duration.ofMinutes(1))))));
        survives(test(flow, outside -> {}), "TIME015");
    }
}
