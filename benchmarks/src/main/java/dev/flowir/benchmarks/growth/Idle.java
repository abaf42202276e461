package dev.flowir.benchmarks.growth;

import dev.flowir.benchmarks.Checks;
import dev.flowir.benchmarks.Contender;
import dev.flowir.benchmarks.Gauges;
import dev.flowir.benchmarks.Peers;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.kernel.Invocation;
import dev.flowir.kernel.Run;
import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.Capabilities;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** Requests while many other runs are in flight and wait. */
public final class Idle {

    /** Name of the gauge: heap that one waiting run keeps, in bytes. */
    public static final String BYTES = "bytes per idle run";

    /** A few runs weigh less than what else changes on the heap meanwhile. */
    private static final int FEWEST_WEIGHED = 1_000;

    private Idle() {}

    /**
     * Starts runs that wait, measures what they weigh, and makes a contender beside them.
     *
     * @param waiting how many runs wait
     * @param requests how many requests one turn answers
     * @return the contender
     */
    public static Contender beside(int waiting, int requests) throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        Semaphore arrived = new Semaphore(0);
        Runtime runtime =
                Runtime.builder()
                        .capabilities(Capabilities.of(new Gate("gate", arrived, release)))
                        .maxInFlight(waiting + 100)
                        .build();
        Flow<Long, Long> waits =
                Flow.define(
                        "waits",
                        "1.0.0",
                        Long.class,
                        (g, in) ->
                                g.then(
                                        in,
                                        Node.reads(
                                                "wait",
                                                Long.class,
                                                Long.class,
                                                Gate.reader(),
                                                (gate, id, context) -> {
                                                    gate.pass();
                                                    return id;
                                                })));
        List<Run<Long>> runs = new ArrayList<>(waiting);
        long before = heap();
        for (long i = 0; i < waiting; i++) {
            runs.add(runtime.start(waits, Invocation.of(i)));
        }
        arrived.acquire(waiting);
        if (waiting >= FEWEST_WEIGHED) {
            Gauges.set(BYTES, (double) (heap() - before) / waiting);
        }
        Flow<Growth.Load, Growth.Load> chain = Growth.chain(5);
        Growth.Load load = new Growth.Load(0, new byte[16]);
        return new Contender() {
            @Override
            public long run() {
                long steps = 0;
                for (int i = 0; i < requests; i++) {
                    steps += runtime.run(chain, load).orThrow().steps();
                }
                return steps;
            }

            @Override
            public void close() {
                release.countDown();
                long sum = 0;
                for (Run<Long> run : runs) {
                    sum += result(run);
                }
                Checks.same(Peers.OURS, (long) waiting * (waiting - 1) / 2, sum);
                runtime.close();
            }
        };
    }

    private static long result(Run<Long> run) {
        try {
            return run.await().orThrow();
        } catch (InterruptedException nobodyDoesThat) {
            throw new IllegalStateException(nobodyDoesThat);
        }
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
