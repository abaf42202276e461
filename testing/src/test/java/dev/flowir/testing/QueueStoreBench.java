package dev.flowir.testing;

import dev.flowir.queue.Broker;
import dev.flowir.queue.BrokerOptions;
import dev.flowir.queue.QueueListener;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.nio.file.Path;

/** A broker in a store on the disk. */
final class QueueStoreBench implements QueueBench {

    private final Path file;
    private final TestClock clock;
    private ToldListener listener = new ToldListener();
    private TestTimeline timeline;
    private Store store;
    private Broker broker;

    QueueStoreBench(Path file, TestClock clock) {
        this.file = file;
        this.clock = clock;
        this.timeline = new TestTimeline(clock);
        this.store = Store.open(file, StoreOptions.defaults().withClock(clock));
        this.broker = open();
    }

    private Broker open() {
        return Broker.sqlite(
                store, BrokerOptions.defaults().on(timeline, timeline).listener(listener));
    }

    @Override
    public Broker broker() {
        return broker;
    }

    @Override
    public void settle() {
        timeline.settle();
    }

    @Override
    public void listen(QueueListener more) {
        listener.add(more);
    }

    @Override
    public boolean supportsCrash() {
        return true;
    }

    /** The old broker finds its store gone, and stops. */
    @Override
    public void crash() {
        store.close();
        listener = new ToldListener();
        timeline = new TestTimeline(clock);
        store = Store.open(file, StoreOptions.defaults().withClock(clock));
        broker = open();
    }

    @Override
    public boolean supportsTransactions() {
        return true;
    }

    @Override
    public void transaction(Runnable work) {
        store.execute(tx -> work.run());
    }

    @Override
    public void close() {
        broker.close();
        store.close();
    }
}
