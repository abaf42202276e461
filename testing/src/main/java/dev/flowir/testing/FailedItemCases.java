package dev.flowir.testing;

import dev.flowir.ir.EachDraft;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.NonRetryableException;
import dev.flowir.ir.Port;
import dev.flowir.ir.Type;
import dev.flowir.testing.SurfaceCase.Batch;
import dev.flowir.testing.SurfaceCase.Told;
import java.util.List;
import java.util.function.Function;

/** What becomes of a list when one of its items fails for good. */
final class FailedItemCases {

    private FailedItemCases() {}

    private static final Type<Integer> INT = Type.of(Integer.class);

    private static final Node<Batch, List<Integer>> NUMBERS =
            Node.split("numbers", Batch.class, Integer.class, Batch::numbers);

    private static final Node<List<Integer>, Told> TELL =
            Node.pure(
                    "tell",
                    Type.listOf(Integer.class),
                    Type.of(Told.class),
                    it -> new Told(it.toString()));

    /** Gives twice the item, but for 1. */
    private static final Node<Integer, Integer> NOT_ONE =
            Node.effect(
                    "not-one",
                    INT,
                    INT,
                    HostNotes.TOKEN,
                    (notes, it, ctx) -> {
                        if (it == 1) {
                            throw new NonRetryableException("never " + it);
                        }
                        return 2 * it;
                    });

    static void addTo(List<SurfaceCase> all) {
        all.add(
                of(
                        80,
                        "an item that fails for good is left out",
                        "[6, 4]",
                        list -> list.atMost(2).leavingOut().through(NOT_ONE)));
        all.add(
                of(
                        81,
                        "something stands for an item that fails for good",
                        "[6, 2107, 4]",
                        list ->
                                list.atMost(2)
                                        .through(
                                                NOT_ONE,
                                                (item, why) ->
                                                        100 * why.type().length()
                                                                + why.message().length())));
        all.add(
                of(
                        82,
                        "where nothing stands for it the run ends",
                        "!RUN101",
                        list ->
                                list.through(
                                        NOT_ONE,
                                        (item, why) -> {
                                            throw new IllegalStateException("nothing for " + item);
                                        })));
    }

    private static SurfaceCase of(
            int number,
            String title,
            String expected,
            Function<EachDraft<Integer>, Port<List<Integer>>> how) {
        return new SurfaceCase(
                "SURF-" + number,
                title,
                Flow.define(
                        "surf-" + number,
                        "1.0.0",
                        Batch.class,
                        (g, in) -> g.then(how.apply(g.each(g.then(in, NUMBERS))), TELL)),
                Batch.of(3, 1, 2),
                expected);
    }
}
