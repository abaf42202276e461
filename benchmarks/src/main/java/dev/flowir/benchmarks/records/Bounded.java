package dev.flowir.benchmarks.records;

import dev.flowir.benchmarks.BoundedFlow;
import dev.flowir.benchmarks.Checks;
import dev.flowir.benchmarks.Closing;
import dev.flowir.benchmarks.Contender;
import dev.flowir.benchmarks.OurRuntime;
import dev.flowir.benchmarks.Peers;
import dev.flowir.kernel.Runtime;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.ActorSystem;

/** Records through pure stages with a bounded boundary between every two. */
public final class Bounded {

    /** Records that may wait at a boundary. */
    public static final int BOUND = 256;

    /** All contenders. */
    public static final List<String> PEERS =
            List.of(
                    Peers.OPAQUE,
                    Peers.FLOW_COMPILED,
                    Peers.FLOW_INSTANCE,
                    Peers.REACTOR,
                    Peers.MUTINY,
                    Peers.RXJAVA,
                    Peers.PEKKO,
                    Peers.JCTOOLS,
                    Peers.DISRUPTOR,
                    Peers.PUBLISHER,
                    Peers.QUEUES);

    private Bounded() {}

    /**
     * Makes a contender after it has run other flows, and checks what it computes.
     *
     * @param peer its name
     * @param stages how many stages, 3 or 5
     * @param count how many records
     * @return the contender
     */
    public static Contender prepare(String peer, int stages, int count) throws Exception {
        Item[] items = Item.some(count);
        List<AutoCloseable> opened = new ArrayList<>();
        Making making = making(peer, stages, items, opened);
        for (List<Stage> other : Stages.others(stages)) {
            checked(peer, making, other, items, opened);
        }
        Contender measured = checked(peer, making, Stages.measured(stages), items, opened);
        return new Contender() {
            @Override
            public long run() throws Exception {
                return measured.run();
            }

            @Override
            public void close() {
                Closing.all(opened.reversed());
            }
        };
    }

    private interface Making {
        Contender of(List<Stage> stages);
    }

    private static Making making(
            String peer, int stages, Item[] items, List<AutoCloseable> opened) {
        return switch (peer) {
            case Peers.OPAQUE ->
                    family ->
                            family.equals(Stages.measured(stages))
                                    ? Loops.opaque(stages, items)
                                    : () -> Stages.expected(family, items);
            case Peers.FLOW_COMPILED -> {
                Runtime runtime = Closing.later(opened, OurRuntime.of(peer));
                yield family ->
                        Flows.feed(runtime, BoundedFlow.of(Flows.chain(family), BOUND), items);
            }
            case Peers.FLOW_INSTANCE -> {
                Runtime runtime = Closing.later(opened, OurRuntime.of(peer));
                yield family ->
                        Flows.instance(runtime, BoundedFlow.of(Flows.chain(family), BOUND), items);
            }
            case Peers.REACTOR -> family -> BoundedLibraries.reactor(family, items, BOUND);
            case Peers.MUTINY -> family -> BoundedLibraries.mutiny(family, items, BOUND);
            case Peers.RXJAVA -> family -> BoundedLibraries.rxjava(family, items, BOUND);
            case Peers.PEKKO -> {
                ActorSystem system = ActorSystem.create("bounded");
                opened.add(() -> Closing.end(system));
                yield family -> BoundedLibraries.pekko(system, family, items, BOUND);
            }
            case Peers.JCTOOLS -> family -> BoundedQueues.jctools(family, items, BOUND);
            case Peers.DISRUPTOR -> family -> BoundedQueues.disruptor(family, items, BOUND);
            case Peers.PUBLISHER -> family -> BoundedPublishers.contender(family, items, BOUND);
            case Peers.QUEUES -> family -> BoundedQueues.blocking(family, items, BOUND);
            default -> throw new IllegalArgumentException(peer);
        };
    }

    private static Contender checked(
            String peer,
            Making making,
            List<Stage> stages,
            Item[] items,
            List<AutoCloseable> opened)
            throws Exception {
        Contender contender = Closing.later(opened, making.of(stages));
        long expected = Stages.expected(stages, items);
        for (int i = 0; i < 2; i++) {
            Checks.same(peer, expected, contender.run());
        }
        return contender;
    }
}
