package dev.flowir.benchmarks;

import dev.flowir.kernel.ExecutionListener;
import dev.flowir.kernel.Runtime;
import java.time.Duration;
import java.util.Set;

/** Runtimes of our contenders. */
public final class OurRuntime {

    private static final String EXECUTION = "flowir.execution";

    /** Every run has a deadline; an instance lives as long as its inputs come. */
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private static final Set<String> LIVE_LONG = Set.of(Peers.FLOW_INSTANCE, Peers.FLOW_SHARDS);

    private OurRuntime() {}

    /**
     * A runtime for one of our contenders; every run in it has a deadline, instances have none. How
     * it runs flows is said by a system property, so each contender needs a process of its own, or
     * at least a turn of its own.
     *
     * @param peer name of the contender
     * @param listeners who is told what happens
     * @return a runtime that admits as many runs as a work needs
     */
    public static Runtime of(String peer, ExecutionListener... listeners) {
        System.setProperty(
                EXECUTION, peer.equals(Peers.FLOW_INTERPRETED) ? "stepwise" : "compiled");
        Runtime.Builder builder = Runtime.builder().maxInFlight(1_000_000);
        if (!LIVE_LONG.contains(peer)) {
            builder.deadline(DEADLINE);
        }
        for (ExecutionListener listener : listeners) {
            builder.listener(listener);
        }
        return builder.build();
    }
}
