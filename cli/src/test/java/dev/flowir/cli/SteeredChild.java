package dev.flowir.cli;

import dev.flowir.durable.DurableRuntime;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Waits;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * An application of its own process: begins the runs that it is told, and runs until its input
 * ends.
 */
final class SteeredChild {

    static final Flow<Integer, Integer> ASKING =
            Flow.define(
                    "asking",
                    "1.0.0",
                    Integer.class,
                    (g, in) ->
                            g.then(
                                    g.then(
                                            in,
                                            Waits.signal(
                                                    "ask",
                                                    Integer.class,
                                                    Integer.class,
                                                    "answer",
                                                    Duration.ofDays(1))),
                                    Node.pure("twice", Integer.class, Integer.class, n -> 2 * n)));

    enum Verdict {
        YES,
        NO
    }

    static final Flow<Integer, Verdict> JUDGED =
            Flow.define(
                    "judged",
                    "1.0.0",
                    Integer.class,
                    (g, in) ->
                            g.then(
                                    in,
                                    Waits.approval(
                                            "judge",
                                            Integer.class,
                                            Verdict.class,
                                            Duration.ofDays(1))));

    private SteeredChild() {}

    public static void main(String[] arguments) throws IOException {
        try (Store store = Store.open(Path.of(arguments[0]), StoreOptions.defaults());
                DurableRuntime runs =
                        DurableRuntime.on(store).flows(ASKING, JUDGED).admin().open()) {
            for (int i = 1; i < arguments.length; i++) {
                String id = arguments[i];
                if (id.startsWith("judged")) {
                    runs.start(JUDGED, id, i);
                } else {
                    runs.start(ASKING, id, i);
                }
            }
            System.out.println("ready");
            while (System.in.read() >= 0) {
                System.out.println("still here");
            }
        }
    }
}
