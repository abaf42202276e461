package dev.flowir.testing;

import static dev.flowir.ir.NodeOption.concurrency;
import static dev.flowir.ir.NodeOption.rate;
import static dev.flowir.ir.NodeOption.retry;
import static dev.flowir.ir.NodeOption.timeout;
import static dev.flowir.testing.Outside.step;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;

import dev.flowir.ir.Batches;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Graph;
import dev.flowir.ir.Node;
import dev.flowir.ir.Overdue;
import dev.flowir.ir.Partition;
import dev.flowir.ir.Port;
import dev.flowir.ir.Rounds;
import dev.flowir.ir.Type;
import dev.flowir.ir.Waits;
import dev.flowir.ir.Window;
import dev.flowir.ir.WindowShape;
import dev.flowir.testing.KeptSurfaces.Script;
import dev.flowir.testing.KeptSurfaces.Surface;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * One run for each control surface, to be kept as those of {@link KeptSurfaces} are: a flow in here
 * is never changed.
 */
final class KeptControls {

    private static final Class<Integer> INT = Integer.class;
    private static final Type<List<Integer>> INTS = Type.listOf(INT);

    private static final Node<Integer, List<Integer>> PARTS =
            Node.split("parts", INT, INT, n -> List.of(n, n + 1, n + 2));

    private static final Node<List<Integer>, Integer> SUM =
            Node.pure(
                    "sum",
                    INTS,
                    Type.of(INT),
                    all -> all.stream().mapToInt(Integer::intValue).sum());

    /** Gives one more than it takes. */
    private static final Node<Integer, Integer> LOOK =
            Node.effect(
                    "look",
                    INT,
                    INT,
                    Outside.TOKEN,
                    (outside, n, context) -> outside.call(context, n) + 1);

    private final List<Surface> all = new ArrayList<>();

    private KeptControls() {}

    static List<Surface> all() {
        KeptControls controls = new KeptControls();
        controls.loops();
        controls.meetings();
        controls.paces();
        controls.lists();
        controls.failures();
        controls.overdue();
        return List.copyOf(controls.all);
    }

    /** Draws a flow. */
    private interface Drawing extends BiFunction<Graph, Port<Integer>, Port<Integer>> {}

    /** Keeps a run of 1 that has all the time it needs. */
    private void keep(String name, Consumer<Outside> outside, Drawing drawing) {
        Flow<Integer, Integer> flow = Flow.define(name, "1.0.0", INT, drawing::apply);
        Script script =
                (bench, world) -> {
                    outside.accept(world);
                    bench.runtime().start(flow, KeptSurfaces.RUN, 1);
                    bench.advance(ofDays(1));
                };
        all.add(new Surface(name, flow, KeptSurfaces.RUN, script));
    }

    private static Node<Integer, Integer> nap(String name) {
        return Waits.sleep(name, INT, ofHours(1));
    }

    private void loops() {
        keep(
                "loop",
                outside -> {},
                (g, in) -> {
                    Port<Integer> ready =
                            g.until(
                                    in,
                                    n -> n == 4,
                                    Rounds.atMost(5),
                                    nap("nap"),
                                    waited -> g.then(waited, LOOK));
                    return g.then(ready, step("send"));
                });
        keep(
                "loop-spent",
                outside -> {},
                (g, in) -> g.until(in, n -> n == 9, Rounds.atMost(2), LOOK));
        keep(
                "loop-left",
                outside -> {},
                (g, in) ->
                        g.then(
                                g.until(in, n -> n == 9, Rounds.atMost(2).thenLeave(), LOOK),
                                step("send")));
    }

    private void meetings() {
        keep(
                "race",
                outside -> outside.failing("card", 1),
                (g, in) -> {
                    Port<Integer> late = g.then(g.then(in, nap("nap")), step("late"));
                    Port<Integer> card = g.then(in, step("card").with(retry(1, ofMinutes(10))));
                    return g.then(g.race("first", INT, late, card), step("send"));
                });
        keep(
                "zip",
                outside -> {},
                (g, in) ->
                        g.zip(
                                "pair",
                                g.then(in, step("left")),
                                g.then(g.then(in, nap("nap")), step("right")),
                                INT,
                                Integer::sum));
        keep(
                "keyed-join",
                outside -> {},
                (g, in) -> {
                    Node<Integer, List<Integer>> others =
                            Node.split("others", INT, INT, n -> List.of(n + 12, n + 11));
                    Port<List<Integer>> met =
                            g.keyed(
                                            g.each(g.then(in, PARTS), 2, step("card")),
                                            g.each(
                                                    g.then(g.then(in, nap("nap")), others),
                                                    2,
                                                    step("stock")))
                                    .on(n -> n % 10, n -> n % 10)
                                    .left("met", INT, (n, other) -> n * 100 + other.orElse(0));
                    return g.then(g.then(met, SUM), step("send"));
                });
        Flow<Integer, Integer> paying =
                Flow.define(
                        "paying",
                        "1.0.0",
                        INT,
                        (g, in) ->
                                g.then(
                                        g.each(
                                                g.then(g.then(in, nap("nap")), PARTS),
                                                2,
                                                step("charge")),
                                        SUM));
        keep(
                "flow-laid-in",
                outside -> {},
                (g, in) -> {
                    Port<Integer> once = g.flow("pay", g.then(in, step("stock")), paying);
                    return g.then(g.flow("pay", once, paying), step("send"));
                });
    }

    private void paces() {
        keep(
                "rate",
                outside -> {},
                (g, in) ->
                        g.then(g.each(g.then(in, PARTS), 3, step("send").with(rate(1, 1))), SUM));
        keep(
                "concurrency",
                outside -> {},
                (g, in) ->
                        g.then(
                                g.each(g.then(in, PARTS), 3, step("send").with(concurrency(1))),
                                SUM));
        keep(
                "partition",
                outside -> {},
                (g, in) ->
                        g.partition(
                                g.then(in, step("card")),
                                Partition.by("odd", n -> n % 2),
                                step("send")));
    }

    private void lists() {
        Node<List<Integer>, List<Integer>> price =
                Node.effect(
                        "price",
                        INTS,
                        INTS,
                        Outside.TOKEN,
                        (outside, batch, context) -> {
                            int one = outside.call(context, batch.get(0));
                            return batch.stream().map(n -> n + one * batch.size()).toList();
                        });
        keep(
                "batch",
                outside -> outside.failing("price", 1),
                (g, in) ->
                        g.then(
                                g.batch(
                                        g.then(in, PARTS),
                                        Batches.of(2).inFlight(2),
                                        price.with(retry(3, ofMinutes(1)))),
                                SUM));
        Node<Window<String, Integer>, Integer> content =
                Node.effect(
                        "keep",
                        Window.of(String.class, INT),
                        Type.of(INT),
                        Outside.TOKEN,
                        (outside, window, context) -> outside.call(context, window.content()));
        keep(
                "windows-of-a-list",
                outside -> {},
                (g, in) -> {
                    Port<List<Window<String, Integer>>> windows =
                            g.windowsOf(
                                    g.then(in, PARTS),
                                    WindowShape.tumbling(ofMillis(2)),
                                    it ->
                                            it.by(String.class, n -> "all")
                                                    .at(Integer::longValue)
                                                    .fold("put", INT, () -> 0, Integer::sum));
                    return g.then(g.each(windows, 1, content), SUM);
                });
    }

    private void failures() {
        keep(
                "another-way",
                outside -> outside.failing("card", 9),
                (g, in) ->
                        g.then(
                                g.orElse(
                                        in,
                                        step("card").with(retry(1, ofMinutes(10))),
                                        step("invoice"),
                                        "paid",
                                        INT),
                                step("send")));
        keep(
                "another-way-in-time",
                outside -> {},
                (g, in) ->
                        g.then(
                                g.within(
                                        ofMinutes(30),
                                        in,
                                        nap("nap"),
                                        step("decide"),
                                        "decided",
                                        INT),
                                step("send")));
    }

    private void overdue() {
        keep(
                "dead-letter",
                outside -> outside.failing("card", 9),
                (g, in) -> g.then(g.deadLetter(in, step("card"), step("letters")), step("send")));
        keep(
                "overdue-again",
                outside -> {},
                (g, in) ->
                        g.then(
                                in,
                                nap("nap")
                                        .with(
                                                timeout(
                                                        ofMinutes(30),
                                                        Overdue.retry(2, ofMinutes(1))))));
    }
}
