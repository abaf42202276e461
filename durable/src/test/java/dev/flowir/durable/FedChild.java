package dev.flowir.durable;

import static java.time.Duration.ofMillis;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Type;
import dev.flowir.ir.Window;
import dev.flowir.ir.WindowShape;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.sql.Sql;
import dev.flowir.sql.SqlProvider;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.nio.file.Path;

/** A process that offers numbers to a feed until somebody kills it; says which are taken. */
final class FedChild {

    /** Numbers in a window. */
    static final int SIZE = 10;

    private static Node<Window<String, Integer>, Integer> tell(String flow) {
        return Node.effect(
                "tell",
                Window.of(String.class, Integer.class),
                Type.of(Integer.class),
                Sql.writer("bank"),
                (sql, window, context) -> {
                    sql.run(
                            "INSERT INTO told VALUES (?, ?, ?, ?)",
                            flow,
                            window.startMillis(),
                            window.content(),
                            window.revision());
                    return window.content();
                });
    }

    private static final Node<Integer, Integer> SEEN =
            Node.effect(
                    "seen",
                    Integer.class,
                    Integer.class,
                    Sql.writer("bank"),
                    (sql, n, context) -> {
                        sql.run("INSERT INTO seen VALUES (?)", n);
                        return n;
                    });

    /** Sums of ten numbers each, as they come: windows end while numbers are offered. */
    static final Flow<Integer, Integer> SUMS =
            Flow.define(
                    "sums",
                    "1.0.0",
                    Integer.class,
                    (g, in) ->
                            g.then(
                                    g.window(in, WindowShape.tumbling(ofMillis(SIZE)))
                                            .at(Integer::longValue)
                                            .fold("sum", Integer.class, () -> 0, Integer::sum),
                                    tell("sums")));

    /** The same after a step, whose runs end in any order. */
    static final Flow<Integer, Integer> STEPS =
            Flow.define(
                    "steps",
                    "1.0.0",
                    Integer.class,
                    (g, in) ->
                            g.then(
                                    g.window(g.then(in, SEEN), WindowShape.tumbling(ofMillis(SIZE)))
                                            .at(Integer::longValue)
                                            .outOfOrder(ofMillis(1_000_000))
                                            .fold("sum", Integer.class, () -> 0, Integer::sum),
                                    tell("steps")));

    private FedChild() {}

    static DurableRuntime open(Store store) {
        return DurableRuntime.on(store)
                .capabilities(Capabilities.of(SqlProvider.on("bank", store)))
                .flows(SUMS, STEPS)
                .open();
    }

    public static void main(String[] arguments) throws InterruptedException {
        Store store = Store.open(Path.of(arguments[0]), StoreOptions.defaults());
        DurableRuntime runtime = open(store);
        DurableFeed<Integer> sums = runtime.feed(SUMS, "sums");
        DurableFeed<Integer> steps = runtime.feed(STEPS, "steps");
        int first = Integer.parseInt(arguments[1]);
        for (int i = first; !System.out.checkError(); i++) { // until nobody listens any more
            offer(runtime, sums, i);
            offer(runtime, steps, i);
            System.out.println(i);
        }
    }

    /** Offers a number until there is room. */
    static void offer(DurableRuntime runtime, DurableFeed<Integer> feed, int number)
            throws InterruptedException {
        boolean waits = true;
        while (waits) {
            try {
                feed.offer("n" + number, number);
                waits = false;
            } catch (FeedException full) {
                runtime.awaitIdle(ofMillis(5));
            }
        }
    }
}
