package dev.flowir.testing;

import static dev.flowir.ir.NodeOption.retry;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.NonRetryableException;
import dev.flowir.ir.Rounds;
import dev.flowir.ir.Type;
import dev.flowir.testing.SurfaceCase.Batch;
import dev.flowir.testing.SurfaceCase.Told;
import java.time.Duration;
import java.util.List;

/** Flows in flows, and lists that meet by key. */
final class NestedCases {

    private static final Class<Integer> INT = Integer.class;
    private static final Type<List<Integer>> INTS = Type.listOf(Integer.class);

    private static final Node<Batch, List<Integer>> NUMBERS =
            Node.split("numbers", Batch.class, INT, Batch::numbers);

    private static final Node<List<Integer>, Integer> SUM =
            Node.pure(
                    "sum",
                    INTS,
                    Type.of(INT),
                    all -> all.stream().mapToInt(Integer::intValue).sum());

    private static final Node<Integer, Integer> FAILS =
            Node.pure(
                    "fails",
                    INT,
                    INT,
                    it -> {
                        throw new NonRetryableException("never " + it);
                    });

    private static final Node<Integer, Told> SAY =
            Node.pure("say", INT, Told.class, it -> new Told("" + it));

    private static final Node<List<String>, Told> TELL =
            Node.pure(
                    "tell",
                    Type.listOf(String.class),
                    Type.of(Told.class),
                    it -> new Told(it.toString()));

    private NestedCases() {}

    private static Node<Integer, Integer> plus(String name, int more) {
        return Node.pure(name, INT, INT, n -> n + more);
    }

    /** Works in its second attempt. */
    private static Node<Integer, Integer> second(String name) {
        return Node.effect(
                        name,
                        INT,
                        INT,
                        HostNotes.TOKEN,
                        (notes, it, ctx) -> {
                            if (ctx.attempt() == 1) {
                                throw new IllegalStateException("not at once");
                            }
                            return it;
                        })
                .with(retry(6, Duration.ofMillis(1)));
    }

    /** A loop, a branch and a way for what failed, one after the other. */
    private static final Flow<Integer, Integer> INNER =
            Flow.define(
                    "inner",
                    "1.0.0",
                    INT,
                    (g, in) -> {
                        var far = g.until(in, n -> n > 9, Rounds.atMost(20), plus("step", 2));
                        var met =
                                g.when(
                                        far,
                                        n -> n > 10,
                                        second("odd"),
                                        plus("even", 1),
                                        "met",
                                        INT);
                        return g.orElse(met, FAILS, plus("other", 100), "end", INT);
                    });

    static void addTo(List<SurfaceCase> all) {
        all.add(
                new SurfaceCase(
                        "SURF-70",
                        "a flow in a flow does what it does alone, twice",
                        Flow.define(
                                "surf-70",
                                "1.0.0",
                                Batch.class,
                                (g, in) -> {
                                    var sum =
                                            g.then(
                                                    g.each(g.then(in, NUMBERS), 2, second("one")),
                                                    SUM);
                                    var once = g.flow("in", sum, INNER);
                                    return g.then(g.flow("in", once, INNER), SAY);
                                }),
                        Batch.of(1, 2),
                        "213"));
        Flow<Integer, Integer> failing =
                Flow.define("failing", "1.0.0", INT, (g, in) -> g.then(in, FAILS));
        all.add(
                new SurfaceCase(
                        "SURF-71",
                        "a failure in a flow in a flow ends the run",
                        Flow.define(
                                "surf-71",
                                "1.0.0",
                                Batch.class,
                                (g, in) ->
                                        g.then(
                                                g.flow(
                                                        "in",
                                                        g.then(g.then(in, NUMBERS), SUM),
                                                        failing),
                                                SAY)),
                        Batch.of(1),
                        "!RUN101"));
        all.add(
                new SurfaceCase(
                        "SURF-72",
                        "lists that were worked on meet by key",
                        Flow.define(
                                "surf-72",
                                "1.0.0",
                                Batch.class,
                                (g, in) -> {
                                    var numbers = g.then(in, NUMBERS);
                                    var left = g.each(numbers, 2, second("left"));
                                    var right = g.each(numbers, 2, plus("right", 10));
                                    return g.then(
                                            g.keyed(left, right)
                                                    .on(n -> n % 3, n -> n % 3)
                                                    .full(
                                                            "met",
                                                            String.class,
                                                            (a, b) ->
                                                                    a.orElse(-1)
                                                                            + "+"
                                                                            + b.orElse(-1)),
                                            TELL);
                                }),
                        Batch.of(1, 3, 4, 6),
                        "[1+13, 1+16, 3+-1, 4+13, 4+16, 6+-1, -1+11, -1+14]"));
    }
}
