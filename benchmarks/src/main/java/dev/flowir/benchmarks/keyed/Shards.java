package dev.flowir.benchmarks.keyed;

import dev.flowir.benchmarks.Contender;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.kernel.FlowInstance;
import dev.flowir.kernel.InstanceOptions;
import dev.flowir.kernel.Runtime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Our contenders: a feed by key, and an instance per worker, each emptied by a virtual thread, to
 * which the caller deals out.
 */
final class Shards implements Contender {

    private final Runtime runtime;
    private final Parcel[] parcels;
    private final Flow<Parcel, Parcel> flow = worker();

    Shards(Runtime runtime, Parcel[] parcels) {
        this.runtime = runtime;
        this.parcels = parcels;
    }

    private static Flow<Parcel, Parcel> worker() {
        return Flow.define(
                "worker",
                "1.0.0",
                Parcel.class,
                (g, in) ->
                        g.then(in, Node.pure("work", Parcel.class, Parcel.class, Parcel::worked)));
    }

    /** One feed that deals out itself, as a user writes it. */
    static Contender feed(Runtime runtime, Parcel[] parcels) {
        Flow<Parcel, Parcel> flow = worker();
        List<Parcel> source = Arrays.asList(parcels);
        return new Contender() {
            @Override
            public long run() {
                Ledger ledger = new Ledger();
                runtime.feed(flow, source)
                        .byKey(Parcel::key)
                        .parallelism(Keyed.WORKERS)
                        .bound(Keyed.BOUND)
                        .forEach(ledger::add)
                        .orThrow();
                return ledger.total();
            }

            @Override
            public void close() {
                runtime.close();
            }
        };
    }

    @Override
    public long run() throws InterruptedException {
        Ledger ledger = new Ledger();
        List<FlowInstance<Parcel, Parcel>> workers = new ArrayList<>();
        List<Thread> takers = new ArrayList<>();
        InstanceOptions options = InstanceOptions.defaults().captureCapacity(Keyed.BOUND);
        for (int i = 0; i < Keyed.WORKERS; i++) {
            FlowInstance<Parcel, Parcel> worker = runtime.open(flow, options).orThrow();
            workers.add(worker);
            takers.add(Thread.startVirtualThread(() -> take(worker, ledger)));
        }
        for (Parcel parcel : parcels) {
            workers.get(parcel.shard(Keyed.WORKERS)).send(parcel);
        }
        workers.forEach(FlowInstance::finish);
        for (Thread taker : takers) {
            taker.join();
        }
        workers.forEach(FlowInstance::close);
        return ledger.total();
    }

    private static void take(FlowInstance<Parcel, Parcel> worker, Ledger ledger) {
        try {
            while (worker.next() instanceof FlowInstance.Output<Parcel> output) {
                ledger.add(output.value());
            }
        } catch (InterruptedException nobodyDoesThat) {
            throw new IllegalStateException(nobodyDoesThat);
        }
    }

    @Override
    public void close() {
        runtime.close();
    }
}
