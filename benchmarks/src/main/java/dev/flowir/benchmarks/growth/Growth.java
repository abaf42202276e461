package dev.flowir.benchmarks.growth;

import dev.flowir.benchmarks.BoundedFlow;
import dev.flowir.benchmarks.Checks;
import dev.flowir.benchmarks.Contender;
import dev.flowir.benchmarks.OurRuntime;
import dev.flowir.benchmarks.Peers;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Port;
import dev.flowir.kernel.FlowInstance;
import dev.flowir.kernel.InstanceOptions;
import dev.flowir.kernel.Runtime;

/** Chains of pure nodes whose size, bounds or payload are chosen. */
public final class Growth {

    private static final int OUTSTANDING = 256;

    private Growth() {}

    /**
     * What goes through a chain: passed on by reference.
     *
     * @param steps nodes passed
     * @param bytes weight that nobody reads
     */
    @SuppressWarnings("ArrayRecordComponent") // a weight, never compared
    public record Load(long steps, byte[] bytes) {

        Load step() {
            return new Load(steps + 1, bytes);
        }
    }

    /**
     * A contender that runs a chain once per item.
     *
     * @param nodes nodes of the chain
     * @param payload bytes that each item weighs
     * @param items how many items
     * @return the contender
     */
    public static Contender runs(int nodes, int payload, int items) throws Exception {
        Runtime runtime = OurRuntime.of(Peers.FLOW_COMPILED);
        Flow<Load, Load> flow = chain(nodes);
        Load load = new Load(0, new byte[payload]);
        return checked(
                runtime,
                (long) nodes * items,
                () -> {
                    long steps = 0;
                    for (int i = 0; i < items; i++) {
                        steps += runtime.run(flow, load).orThrow().steps();
                    }
                    return steps;
                });
    }

    /**
     * A contender that sends all items through one instance.
     *
     * @param nodes nodes of the chain
     * @param bound items that may wait on each edge
     * @param items how many items
     * @return the contender
     */
    public static Contender instance(int nodes, int bound, int items) throws Exception {
        Runtime runtime = OurRuntime.of(Peers.FLOW_INSTANCE);
        Flow<Load, Load> flow = BoundedFlow.of(chain(nodes), bound);
        Load load = new Load(0, new byte[16]);
        InstanceOptions options = InstanceOptions.defaults().captureCapacity(OUTSTANDING);
        return checked(
                runtime,
                (long) nodes * items,
                () -> {
                    long steps = 0;
                    try (FlowInstance<Load, Load> instance =
                            runtime.open(flow, options).orThrow()) {
                        for (int i = 0; i < items; i++) {
                            while (instance.offer(load) == FlowInstance.Admission.FULL) {
                                steps += taken(instance.next());
                            }
                        }
                        instance.finish();
                        for (long more = taken(instance.next());
                                more > 0;
                                more = taken(instance.next())) {
                            steps += more;
                        }
                    }
                    return steps;
                });
    }

    private static long taken(FlowInstance.Next<Load> next) {
        return switch (next) {
            case FlowInstance.Output<Load> output -> output.value().steps();
            case FlowInstance.Failed<Load> failed ->
                    throw new IllegalStateException(failed.failure().toString());
            case FlowInstance.End<Load> end -> 0;
        };
    }

    private static Contender checked(Runtime runtime, long expected, Contender work)
            throws Exception {
        Checks.same(Peers.OURS, expected, work.run());
        return new Contender() {
            @Override
            public long run() throws Exception {
                return work.run();
            }

            @Override
            public void close() {
                runtime.close();
            }
        };
    }

    static Flow<Load, Load> chain(int nodes) {
        return Flow.define(
                "chain-of-" + nodes,
                "1.0.0",
                Load.class,
                (g, in) -> {
                    Port<Load> port = in;
                    for (int i = 0; i < nodes; i++) {
                        port = g.then(port, Node.pure("n" + i, Load.class, Load.class, Load::step));
                    }
                    return port;
                });
    }
}
