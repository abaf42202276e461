package dev.flowir.benchmarks.keyed;

import dev.flowir.benchmarks.Checks;
import dev.flowir.benchmarks.Contender;
import dev.flowir.benchmarks.OurRuntime;
import dev.flowir.benchmarks.Peers;
import java.util.List;

/** Keyed items to 8 workers. */
public final class Keyed {

    /** Workers that share the items by key. */
    static final int WORKERS = 8;

    /** Items that may wait for one worker. */
    static final int BOUND = 256;

    /** All contenders. */
    public static final List<String> PEERS =
            List.of(
                    Peers.IDEAL_CORES,
                    Peers.FLOW_KEYED,
                    Peers.FLOW_SHARDS,
                    Peers.REACTOR,
                    Peers.RXJAVA,
                    Peers.JCTOOLS,
                    Peers.DISRUPTOR,
                    Peers.PEKKO,
                    Peers.QUEUES);

    private Keyed() {}

    /**
     * Makes a contender and checks its result and order.
     *
     * @param peer its name
     * @param count how many items
     * @return the contender
     */
    public static Contender prepare(String peer, int count) throws Exception {
        Parcel[] parcels = Parcel.some(count);
        Contender contender =
                switch (peer) {
                    case Peers.IDEAL_CORES -> Shares.ideal(parcels);
                    case Peers.FLOW_KEYED -> Shards.feed(OurRuntime.of(peer), parcels);
                    case Peers.FLOW_SHARDS -> new Shards(OurRuntime.of(peer), parcels);
                    case Peers.REACTOR -> Libraries.reactor(parcels);
                    case Peers.RXJAVA -> Libraries.rxjava(parcels);
                    case Peers.JCTOOLS -> Shares.jctools(parcels);
                    case Peers.DISRUPTOR -> Libraries.disruptor(parcels);
                    case Peers.PEKKO -> Libraries.pekko(parcels);
                    case Peers.QUEUES -> Shares.blocking(parcels);
                    default -> throw new IllegalArgumentException(peer);
                };
        Ledger right = new Ledger();
        for (Parcel parcel : parcels) {
            right.add(parcel.worked());
        }
        for (int i = 0; i < 3; i++) {
            Checks.same(peer, right.total(), contender.run());
        }
        return contender;
    }
}
