package dev.flowir.benchmarks.records;

import dev.flowir.benchmarks.Checks;
import dev.flowir.benchmarks.Closing;
import dev.flowir.benchmarks.Contender;
import dev.flowir.benchmarks.OurRuntime;
import dev.flowir.benchmarks.Peers;
import dev.flowir.kernel.Runtime;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.ActorSystem;

/** Records through 1, 3 or 5 pure stages, in the form that is natural for each contender. */
public final class Records {

    /** Records that one run takes through. */
    public static final int COUNT = 100_000;

    /** All contenders. */
    public static final List<String> PEERS =
            List.of(
                    Peers.INLINE,
                    Peers.OPAQUE,
                    Peers.FLOW_COMPILED,
                    Peers.FLOW_INTERPRETED,
                    Peers.FLOW_INSTANCE,
                    Peers.FLOW_RUNS,
                    Peers.STREAMS,
                    Peers.REACTOR,
                    Peers.MUTINY,
                    Peers.RXJAVA,
                    Peers.PEKKO);

    private Records() {}

    /**
     * Makes a contender after it has run other flows, and checks what it computes.
     *
     * @param peer its name
     * @param stages how many stages, one of 1, 3, 5
     * @param count how many records
     * @return the contender
     */
    public static Contender prepare(String peer, int stages, int count) throws Exception {
        Item[] items = Item.some(count);
        List<AutoCloseable> opened = new ArrayList<>();
        Making making = making(peer, stages, items, opened);
        for (List<Stage> other : Stages.others(stages)) {
            checked(peer, making, other, items);
        }
        Contender measured = checked(peer, making, Stages.measured(stages), items);
        return new Contender() {
            @Override
            public long run() throws Exception {
                return measured.run();
            }

            @Override
            public void close() {
                measured.close();
                Closing.all(opened);
            }
        };
    }

    private interface Making {
        Contender of(List<Stage> stages);
    }

    private static Making making(
            String peer, int stages, Item[] items, List<AutoCloseable> opened) {
        return switch (peer) {
            case Peers.INLINE -> family -> loop(family, stages, items, Loops.inline(stages, items));
            case Peers.OPAQUE -> family -> loop(family, stages, items, Loops.opaque(stages, items));
            case Peers.FLOW_INSTANCE -> {
                Runtime runtime = Closing.later(opened, OurRuntime.of(peer));
                yield family -> Flows.instance(runtime, Flows.chain(family), items);
            }
            case Peers.FLOW_COMPILED, Peers.FLOW_INTERPRETED -> {
                Runtime runtime = Closing.later(opened, OurRuntime.of(peer));
                yield family -> Flows.feed(runtime, Flows.chain(family), items);
            }
            case Peers.FLOW_RUNS -> {
                Runtime runtime = Closing.later(opened, OurRuntime.of(peer));
                yield family -> Flows.runs(runtime, family, items);
            }
            case Peers.STREAMS -> family -> Libraries.streams(family, items);
            case Peers.REACTOR -> family -> Libraries.reactor(family, items);
            case Peers.MUTINY -> family -> Libraries.mutiny(family, items);
            case Peers.RXJAVA -> family -> Libraries.rxjava(family, items);
            case Peers.PEKKO -> {
                ActorSystem system = ActorSystem.create("records");
                opened.add(() -> Closing.end(system));
                yield family -> Libraries.pekko(system, family, items);
            }
            default -> throw new IllegalArgumentException(peer);
        };
    }

    /** Loops are written out for the measured stages; others go through a plain loop. */
    private static Contender loop(
            List<Stage> family, int stages, Item[] items, Contender measured) {
        return family.equals(Stages.measured(stages))
                ? measured
                : () -> Stages.expected(family, items);
    }

    private static Contender checked(String peer, Making making, List<Stage> stages, Item[] items)
            throws Exception {
        Contender contender = making.of(stages);
        long expected = Stages.expected(stages, items);
        for (int i = 0; i < 3; i++) {
            Checks.same(peer, expected, contender.run());
        }
        return contender;
    }
}
