package dev.flowir.benchmarks.waits;

import dev.flowir.benchmarks.Checks;
import dev.flowir.benchmarks.Contender;
import dev.flowir.benchmarks.Peers;
import java.util.List;

/** Requests of two waits each, all in flight at a time. */
public final class Waits {

    /** All contenders. */
    public static final List<String> PEERS =
            List.of(
                    Peers.FORK,
                    Peers.FLOW_STARTED,
                    Peers.FLOW_SLEEPING,
                    Peers.FUTURE,
                    Peers.RXJAVA,
                    Peers.REACTOR,
                    Peers.MUTINY);

    private Waits() {}

    /**
     * Makes a contender and checks its answers.
     *
     * @param peer its name
     * @param requests how many are in flight
     * @return the contender
     */
    public static Contender prepare(String peer, int requests) throws Exception {
        Contender contender =
                switch (peer) {
                    case Peers.FORK -> Libraries.fork(requests);
                    case Peers.FLOW_STARTED -> Flows.contender(requests, Flows.diamond());
                    case Peers.FLOW_SLEEPING -> Flows.contender(requests, Flows.sleeping());
                    case Peers.FUTURE -> Libraries.future(requests);
                    case Peers.RXJAVA -> Libraries.rxjava(requests);
                    case Peers.REACTOR -> Libraries.reactor(requests);
                    case Peers.MUTINY -> Libraries.mutiny(requests);
                    default -> throw new IllegalArgumentException(peer);
                };
        for (int i = 0; i < 5; i++) {
            Checks.same(peer, Answers.expected(requests), contender.run());
        }
        return contender;
    }
}
