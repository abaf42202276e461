package dev.flowir.testing;

import static dev.flowir.ir.NodeOption.concurrency;
import static dev.flowir.ir.NodeOption.rate;
import static dev.flowir.ir.NodeOption.retry;
import static dev.flowir.ir.NodeOption.timeout;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Graph;
import dev.flowir.ir.Node;
import dev.flowir.ir.NonRetryableException;
import dev.flowir.ir.Overdue;
import dev.flowir.ir.Partition;
import dev.flowir.ir.Port;
import dev.flowir.ir.Priority;
import dev.flowir.ir.Rounds;
import dev.flowir.ir.Type;
import dev.flowir.ir.Waits;
import dev.flowir.ir.Window;
import dev.flowir.ir.WindowShape;
import dev.flowir.testing.SurfaceCase.Batch;
import dev.flowir.testing.SurfaceCase.Told;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Flows over the control surfaces, the same for every driver: compiled, step by step, durable with
 * the process ending at each write, and in isolates as JavaScript and as WebAssembly.
 */
public final class SurfaceCases {

    private static final Class<Integer> INT = Integer.class;
    private static final Type<List<Integer>> INTS = Type.listOf(Integer.class);

    private SurfaceCases() {}

    /** {@return all of them, by their numbers} */
    public static List<SurfaceCase> all() {
        List<SurfaceCase> all = new ArrayList<>();
        lists(all);
        loops(all);
        meetings(all);
        races(all);
        windows(all);
        failures(all);
        paces(all);
        NestedCases.addTo(all);
        BatchedCases.addTo(all);
        FailedItemCases.addTo(all);
        return List.copyOf(all);
    }

    /** Draws a flow. */
    private interface Drawing extends BiFunction<Graph, Port<Batch>, Port<Told>> {}

    private static SurfaceCase of(
            int number, String title, Batch input, String expected, Drawing drawing) {
        String id = number < 10 ? "SURF-0" + number : "SURF-" + number;
        return new SurfaceCase(
                id,
                title,
                Flow.define("surf-" + number, "1.0.0", Batch.class, drawing::apply),
                input,
                expected);
    }

    private static final Node<Batch, List<Integer>> NUMBERS =
            Node.split("numbers", Batch.class, INT, Batch::numbers);

    private static final Node<Batch, Integer> FIRST =
            Node.pure("first", Batch.class, INT, it -> it.numbers().get(0));

    private static final Node<List<Integer>, Told> TELL =
            Node.pure("tell", INTS, Type.of(Told.class), it -> new Told(it.toString()));

    private static final Node<Integer, Told> SAY =
            Node.pure("say", INT, Told.class, it -> new Told("" + it));

    private static final Node<Integer, Integer> DOUBLE =
            Node.pure("double", INT, INT, it -> 2 * it);

    private static final Node<Integer, Integer> NEXT = Node.pure("next", INT, INT, it -> it + 1);

    /** Works in its second attempt. */
    private static final Node<Integer, Integer> SECOND =
            Node.effect(
                    "second",
                    INT,
                    INT,
                    HostNotes.TOKEN,
                    (notes, it, ctx) -> {
                        if (ctx.attempt() == 1) {
                            throw new IllegalStateException("not at once");
                        }
                        return it;
                    });

    private static final Node<Integer, Integer> FAILS =
            Node.pure(
                    "fails",
                    INT,
                    INT,
                    it -> {
                        throw new NonRetryableException("never " + it);
                    });

    private static void lists(List<SurfaceCase> all) {
        all.add(
                of(
                        1,
                        "for_each keeps the order of its items",
                        Batch.of(3, 1, 2),
                        "[6, 2, 4]",
                        (g, in) -> g.then(g.each(g.then(in, NUMBERS), 2, DOUBLE), TELL)));
        all.add(
                of(
                        2,
                        "for_each of an empty list gives an empty list",
                        Batch.of(),
                        "[]",
                        (g, in) -> g.then(g.each(g.then(in, NUMBERS), 2, DOUBLE), TELL)));
        all.add(
                of(
                        3,
                        "an item is tried again by itself",
                        Batch.of(3, 1, 2),
                        "[3, 1, 2]",
                        (g, in) ->
                                g.then(
                                        g.each(
                                                g.then(in, NUMBERS),
                                                2,
                                                SECOND.with(retry(6, Duration.ofMillis(1)))),
                                        TELL)));
        all.add(
                of(
                        4,
                        "an item that fails for good ends the run",
                        Batch.of(3, 1, 2),
                        "!RUN101",
                        (g, in) -> g.then(g.each(g.then(in, NUMBERS), 2, FAILS), TELL)));
        all.add(
                of(
                        5,
                        "lists of lists are gathered each by itself",
                        Batch.of(1, 2, 3),
                        "[[0], [0, 1], [0, 1, 2]]",
                        (g, in) ->
                                g.then(
                                        g.each(g.then(in, NUMBERS), 2, BELOW),
                                        Node.pure(
                                                "tell",
                                                Type.listOf(INTS),
                                                Type.of(Told.class),
                                                it -> new Told(it.toString())))));
    }

    /** The numbers below a number. */
    private static final Node<Integer, List<Integer>> BELOW =
            Node.split(
                    "below",
                    INT,
                    INT,
                    it -> {
                        List<Integer> below = new ArrayList<>();
                        for (int i = 0; i < it; i++) {
                            below.add(i);
                        }
                        return below;
                    });

    private static void loops(List<SurfaceCase> all) {
        all.add(
                of(
                        10,
                        "loop ends when its condition holds",
                        Batch.of(3),
                        "10",
                        (g, in) ->
                                g.then(
                                        g.until(
                                                g.then(in, FIRST),
                                                it -> it >= 10,
                                                Rounds.atMost(20),
                                                NEXT),
                                        SAY)));
        all.add(
                of(
                        11,
                        "loop that is not done after its last round fails",
                        Batch.of(3),
                        "!RUN101",
                        (g, in) ->
                                g.then(
                                        g.until(
                                                g.then(in, FIRST),
                                                it -> it >= 10,
                                                Rounds.atMost(3),
                                                NEXT),
                                        SAY)));
        all.add(
                of(
                        12,
                        "loop goes on as it is after its last round where that is said",
                        Batch.of(3),
                        "6",
                        (g, in) ->
                                g.then(
                                        g.until(
                                                g.then(in, FIRST),
                                                it -> it >= 10,
                                                Rounds.atMost(3).thenLeave(),
                                                NEXT),
                                        SAY)));
        all.add(
                of(
                        13,
                        "loop goes through several nodes and sleeps",
                        Batch.of(1),
                        "46",
                        (g, in) ->
                                g.then(
                                        g.until(
                                                g.then(in, FIRST),
                                                it -> it > 40,
                                                Rounds.atMost(9),
                                                DOUBLE,
                                                doubled ->
                                                        g.then(
                                                                g.then(
                                                                        g.then(doubled, NEXT),
                                                                        Waits.sleep(
                                                                                "rest",
                                                                                INT,
                                                                                Duration.ofMillis(
                                                                                        2))),
                                                                NEXT.named("again"))),
                                        SAY)));
    }

    private static void meetings(List<SurfaceCase> all) {
        all.add(
                of(
                        20,
                        "join waits for both",
                        Batch.of(5),
                        "10 and 6",
                        (g, in) -> {
                            Port<Integer> first = g.then(in, FIRST);
                            return g.join(
                                    "both",
                                    g.then(first, DOUBLE),
                                    g.then(first, NEXT),
                                    Told.class,
                                    (a, b) -> new Told(a + " and " + b));
                        }));
        all.add(
                of(
                        21,
                        "join of three has them in its own order",
                        Batch.of(5, 7),
                        "5 and [5, 7] and 6",
                        (g, in) -> {
                            Port<Integer> first = g.then(in, FIRST);
                            return g.join(
                                    "three",
                                    first,
                                    g.then(in, NUMBERS),
                                    g.then(first, NEXT),
                                    Told.class,
                                    (a, b, c) -> new Told(a + " and " + b + " and " + c));
                        }));
        all.add(
                of(
                        22,
                        "zip pairs by place",
                        Batch.of(5),
                        "10 with 6",
                        (g, in) -> {
                            Port<Integer> first = g.then(in, FIRST);
                            return g.zip(
                                    "pair",
                                    g.then(first, DOUBLE),
                                    g.then(first, NEXT),
                                    Told.class,
                                    (a, b) -> new Told(a + " with " + b));
                        }));
        all.add(
                of(
                        23,
                        "exactly one of two arms runs",
                        Batch.of(5),
                        "10",
                        (g, in) ->
                                g.then(
                                        g.when(
                                                g.then(in, FIRST),
                                                it -> it > 4,
                                                DOUBLE,
                                                NEXT,
                                                "one",
                                                INT),
                                        SAY)));
    }

    private static void races(List<SurfaceCase> all) {
        all.add(
                of(
                        30,
                        "a way that fails is out of the race",
                        Batch.of(5),
                        "6",
                        (g, in) -> {
                            Port<Integer> first = g.then(in, FIRST);
                            return g.then(
                                    g.race("won", INT, g.then(first, FAILS), g.then(first, NEXT)),
                                    SAY);
                        }));
        all.add(
                of(
                        31,
                        "a race without a way that is left fails",
                        Batch.of(5),
                        "!RUN109",
                        (g, in) -> {
                            Port<Integer> first = g.then(in, FIRST);
                            return g.then(
                                    g.race(
                                            "won",
                                            INT,
                                            g.then(first, FAILS),
                                            g.then(first, FAILS.named("too"))),
                                    SAY);
                        }));
    }

    private static void windows(List<SurfaceCase> all) {
        Node<List<Window<String, List<Integer>>>, Told> tell =
                Node.pure(
                        "windows",
                        Type.listOf(Window.listOf(String.class, Integer.class)),
                        Type.of(Told.class),
                        SurfaceCases::told);
        all.add(
                of(
                        40,
                        "tumbling windows of a list are by the items' own time",
                        Batch.of(1, 12, 3, 25),
                        "0-10 [1, 3]; 10-20 [12]; 20-30 [25]; ",
                        (g, in) ->
                                g.then(
                                        g.windowsOf(
                                                g.then(in, NUMBERS),
                                                WindowShape.tumbling(Duration.ofMillis(10)),
                                                it ->
                                                        it.at(Integer::longValue)
                                                                .outOfOrder(Duration.ofMillis(50))
                                                                .collect("put")),
                                        tell)));
        all.add(
                of(
                        41,
                        "sessions end where nothing came for a gap",
                        Batch.of(1, 3, 20, 24),
                        "1-8 [1, 3]; 20-29 [20, 24]; ",
                        (g, in) ->
                                g.then(
                                        g.windowsOf(
                                                g.then(in, NUMBERS),
                                                WindowShape.session(Duration.ofMillis(5)),
                                                it -> it.at(Integer::longValue).collect("put")),
                                        tell)));
    }

    private static Told told(List<Window<String, List<Integer>>> windows) {
        StringBuilder text = new StringBuilder();
        for (Window<String, List<Integer>> window : windows) {
            text.append(window.startMillis())
                    .append('-')
                    .append(window.endMillis())
                    .append(' ')
                    .append(window.content())
                    .append("; ");
        }
        return new Told(text.toString());
    }

    private static void failures(List<SurfaceCase> all) {
        all.add(
                of(
                        50,
                        "what fails goes through the other node as it came",
                        Batch.of(5),
                        "6",
                        (g, in) ->
                                g.then(
                                        g.orElse(g.then(in, FIRST), FAILS, NEXT, "other", INT),
                                        SAY)));
        all.add(
                of(
                        51,
                        "what went to the dead letters gives nothing, and the run says why",
                        Batch.of(5),
                        "!RUN103",
                        (g, in) -> g.then(g.deadLetter(g.then(in, FIRST), FAILS, NEXT), SAY)));
        all.add(
                of(
                        52,
                        "a node that works in a later attempt has not failed",
                        Batch.of(5),
                        "5",
                        (g, in) ->
                                g.then(
                                        g.then(
                                                g.then(in, FIRST),
                                                SECOND.with(
                                                        retry(6, Duration.ofMillis(1)),
                                                        timeout(
                                                                Duration.ofMinutes(1),
                                                                Overdue.cancel()))),
                                        SAY)));
    }

    private static void paces(List<SurfaceCase> all) {
        all.add(
                of(
                        60,
                        "rate_limit keeps order and loses nothing",
                        Batch.of(1, 2, 3, 4, 5),
                        "[2, 4, 6, 8, 10]",
                        (g, in) ->
                                g.then(
                                        g.each(g.then(in, NUMBERS), 3, DOUBLE.with(rate(500, 1))),
                                        TELL)));
        all.add(
                of(
                        61,
                        "partition lets the one input of a run through",
                        Batch.of(4),
                        "8",
                        (g, in) ->
                                g.then(
                                        g.partition(
                                                g.then(in, FIRST),
                                                Partition.by("itself", it -> it),
                                                DOUBLE),
                                        SAY)));
        all.add(
                of(
                        62,
                        "priority loses nothing and leaves outputs in their order",
                        Batch.of(5, 1, 3, 1, 9),
                        "[10, 2, 6, 2, 18]",
                        (g, in) ->
                                g.then(
                                        g.each(
                                                g.then(in, NUMBERS),
                                                5,
                                                DOUBLE.with(concurrency(1))
                                                        .by(Priority.of("itself", it -> it))),
                                        TELL)));
    }
}
