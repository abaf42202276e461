package dev.flowir.benchmarks.requests;

import dev.flowir.benchmarks.Checks;
import dev.flowir.benchmarks.Closing;
import dev.flowir.benchmarks.OurRuntime;
import dev.flowir.benchmarks.Peers;
import dev.flowir.kernel.ExecutionListener;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.RunInfo;
import dev.flowir.kernel.Runtime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** One request at a time through a diamond, awaited by its caller. */
public final class Requests {

    /** Different orders that callers ask for. */
    public static final int ORDERS = 1024;

    /** All contenders. */
    public static final List<String> PEERS =
            List.of(
                    Peers.INLINE,
                    Peers.OPAQUE,
                    Peers.FLOW_COMPILED,
                    Peers.FLOW_INTERPRETED,
                    Peers.FLOW_INVOCATION,
                    Peers.FLOW_WATCHED,
                    Peers.FUTURE,
                    Peers.RXJAVA,
                    Peers.REACTOR,
                    Peers.MUTINY,
                    Peers.CAMEL,
                    Peers.SPRING);

    private Requests() {}

    /**
     * Makes a contender after it has answered through other flows, and checks its answers.
     *
     * @param peer its name
     * @param rounds how often it answers each order before, through each flow
     * @return the contender
     */
    public static Desk prepare(String peer, int rounds) throws Exception {
        List<AutoCloseable> opened = new ArrayList<>();
        Making making = making(peer, opened);
        for (Bodies other : Bodies.OTHERS) {
            checked(peer, making.of(other), other, rounds, opened);
        }
        Desk measured = checked(peer, making.of(Bodies.MEASURED), Bodies.MEASURED, rounds, opened);
        return new Desk() {
            @Override
            public Quote ask(Order order) throws Exception {
                return measured.ask(order);
            }

            @Override
            public void close() {
                Closing.all(opened.reversed());
            }
        };
    }

    /**
     * Makes a contender of ours that answers through three nodes in a row, and checks its answers.
     *
     * @param peer its name
     * @param rounds how often it answers each order before
     * @return the contender
     */
    public static Desk chain(String peer, int rounds) throws Exception {
        Runtime runtime = OurRuntime.of(peer);
        Bodies bodies = Bodies.MEASURED;
        Desk desk = Flows.chain(runtime, bodies);
        Order[] orders = Order.some(ORDERS);
        for (int round = 0; round < rounds; round++) {
            for (Order order : orders) {
                Checks.same(peer, Flows.inARow(bodies, order), desk.ask(order));
            }
        }
        return new Desk() {
            @Override
            public Quote ask(Order order) throws Exception {
                return desk.ask(order);
            }

            @Override
            public void close() {
                runtime.close();
            }
        };
    }

    private interface Making {
        Desk of(Bodies bodies) throws Exception;
    }

    private static Making making(String peer, List<AutoCloseable> opened) {
        return switch (peer) {
            case Peers.INLINE ->
                    bodies -> bodies.equals(Bodies.MEASURED) ? Calls::inline : bodies::plainly;
            case Peers.OPAQUE ->
                    bodies -> bodies.equals(Bodies.MEASURED) ? Calls::opaque : bodies::plainly;
            case Peers.FLOW_COMPILED, Peers.FLOW_INTERPRETED -> {
                Runtime runtime = Closing.later(opened, OurRuntime.of(peer));
                yield bodies -> Flows.desk(runtime, bodies);
            }
            case Peers.FLOW_INVOCATION -> {
                Runtime runtime = Closing.later(opened, OurRuntime.of(peer));
                yield bodies -> Flows.invoking(runtime, bodies);
            }
            case Peers.FLOW_WATCHED -> {
                Runtime runtime = Closing.later(opened, OurRuntime.of(peer, new Counting()));
                yield bodies -> Flows.desk(runtime, bodies);
            }
            case Peers.FUTURE -> Libraries::future;
            case Peers.RXJAVA -> Libraries::rxjava;
            case Peers.REACTOR -> Libraries::reactor;
            case Peers.MUTINY -> Libraries::mutiny;
            case Peers.CAMEL -> CamelDesk::new;
            case Peers.SPRING -> SpringDesk::new;
            default -> throw new IllegalArgumentException(peer);
        };
    }

    private static Desk checked(
            String peer, Desk desk, Bodies bodies, int rounds, List<AutoCloseable> opened)
            throws Exception {
        opened.add(desk);
        Order[] orders = Order.some(ORDERS);
        for (int round = 0; round < rounds; round++) {
            for (Order order : orders) {
                Checks.same(peer, bodies.plainly(order), desk.ask(order));
            }
        }
        return desk;
    }

    /** A listener that does what little a real one does at least. */
    private static final class Counting implements ExecutionListener {
        private final LongAdder ended = new LongAdder();

        @Override
        public void runEnded(RunInfo run, Optional<Failure> failure, long nanos) {
            ended.increment();
        }
    }
}
