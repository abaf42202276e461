package dev.flowir.testing;

import static dev.flowir.ir.NodeOption.retry;

import dev.flowir.ir.Batches;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Graph;
import dev.flowir.ir.Node;
import dev.flowir.ir.NonRetryableException;
import dev.flowir.ir.Port;
import dev.flowir.ir.Type;
import dev.flowir.testing.SurfaceCase.Batch;
import dev.flowir.testing.SurfaceCase.Told;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;

/** Lists of which a body gets several items in one call. */
final class BatchedCases {

    private static final Type<List<Integer>> INTS = Type.listOf(Integer.class);

    private static final Node<Batch, List<Integer>> NUMBERS =
            Node.split("numbers", Batch.class, Integer.class, Batch::numbers);

    private static final Node<List<Integer>, Told> TELL =
            Node.pure("tell", INTS, Type.of(Told.class), it -> new Told(it.toString()));

    /** Each item, and after it how many came with it. */
    private static List<Integer> sized(List<Integer> batch) {
        return batch.stream().map(n -> n * 10 + batch.size()).toList();
    }

    private static final Node<List<Integer>, List<Integer>> SIZED =
            Node.pure("sized", INTS, INTS, BatchedCases::sized);

    /** Works in its second attempt at each batch. */
    private static final Node<List<Integer>, List<Integer>> SECOND =
            Node.effect(
                            "second",
                            INTS,
                            INTS,
                            HostNotes.TOKEN,
                            (notes, batch, ctx) -> {
                                if (ctx.attempt() == 1) {
                                    throw new IllegalStateException("not at once");
                                }
                                return sized(batch);
                            })
                    .with(retry(6, Duration.ofMillis(1)));

    /** One output too few for a batch of three, one too many for a smaller one. */
    private static final Node<List<Integer>, List<Integer>> TWO =
            Node.pure("two", INTS, INTS, batch -> List.of(1, 2));

    private static final Node<List<Integer>, List<Integer>> NOT_TWO =
            Node.pure(
                    "not-two",
                    INTS,
                    INTS,
                    batch -> {
                        if (batch.contains(2)) {
                            throw new NonRetryableException("never 2");
                        }
                        return sized(batch);
                    });

    private static final Node<Integer, Integer> PLUS_ONE =
            Node.pure("plus-one", Integer.class, Integer.class, n -> n + 1);

    private BatchedCases() {}

    /** Draws a flow. */
    private interface Drawing extends BiFunction<Graph, Port<List<Integer>>, Port<List<Integer>>> {}

    private static SurfaceCase of(
            int number, String title, Batch input, String expected, Drawing drawing) {
        return new SurfaceCase(
                "SURF-" + number,
                title,
                Flow.define(
                        "surf-" + number,
                        "1.0.0",
                        Batch.class,
                        (g, in) -> g.then(drawing.apply(g, g.then(in, NUMBERS)), TELL)),
                input,
                expected);
    }

    static void addTo(List<SurfaceCase> all) {
        all.add(
                of(
                        73,
                        "a body gets a list in batches, and each is tried again as a whole",
                        Batch.of(5, 4, 3, 2, 1),
                        "[52, 42, 32, 22, 11]",
                        (g, in) -> g.batch(in, Batches.of(2).inFlight(2), SECOND)));
        all.add(
                of(
                        74,
                        "batches may be of one item, or of the whole list",
                        Batch.of(1, 2, 3),
                        "[1113, 2113, 3113]",
                        (g, in) -> {
                            var ones = g.batch(in, Batches.of(1), SIZED);
                            var own =
                                    g.batch(ones, Batches.of(1).inFlight(3), SIZED.named("again"));
                            return g.batch(own, Batches.of(3), SIZED.named("whole"));
                        }));
        all.add(
                of(
                        75,
                        "a body that gives fewer outputs than items ends the run",
                        Batch.of(1, 2, 3),
                        "!RUN101",
                        (g, in) -> g.batch(in, Batches.of(3), TWO)));
        all.add(
                of(
                        76,
                        "a body that gives more outputs than items ends the run",
                        Batch.of(1, 2, 3),
                        "!RUN101",
                        (g, in) -> g.batch(in, Batches.of(2), TWO)));
        all.add(
                of(
                        77,
                        "an empty list has no batch",
                        Batch.of(),
                        "[]",
                        (g, in) -> g.batch(in, Batches.of(2), NOT_TWO)));
        Flow<Batch, List<Integer>> inner =
                Flow.define(
                        "inner",
                        "1.0.0",
                        Batch.class,
                        (g, in) -> g.batch(g.then(in, NUMBERS), Batches.of(2).inFlight(2), SECOND));
        all.add(
                new SurfaceCase(
                        "SURF-78",
                        "batches in a flow in a flow are items of lists after it",
                        Flow.define(
                                "surf-78",
                                "1.0.0",
                                Batch.class,
                                (g, in) ->
                                        g.then(g.each(g.flow("in", in, inner), 2, PLUS_ONE), TELL)),
                        Batch.of(1, 2, 3),
                        "[13, 23, 32]"));
        all.add(
                of(
                        79,
                        "a batch that cannot be worked on ends the run",
                        Batch.of(1, 3, 2),
                        "!RUN101",
                        (g, in) -> g.batch(in, Batches.of(2), NOT_TWO)));
    }
}
