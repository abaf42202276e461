package dev.flowir.testing;

import dev.flowir.queue.Broker;
import dev.flowir.queue.BrokerOptions;
import dev.flowir.queue.QueueListener;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;

/** A broker with a mistake, on a store in memory. */
final class BrokenQueueBench implements QueueBench {

    private final QueueDefect defect;
    private final TestClock clock;
    private ToldListener listener = new ToldListener();
    private TestTimeline timeline;
    private Store store;
    private Broker broker;

    BrokenQueueBench(QueueDefect defect, TestClock clock) {
        this.defect = defect;
        this.clock = clock;
        this.timeline = new TestTimeline(clock);
        this.store = Store.inMemory(StoreOptions.defaults().withClock(clock));
        this.broker = open();
    }

    private Broker open() {
        BrokerOptions options =
                BrokerOptions.defaults()
                        .on(timeline, timeline)
                        .listener(listener)
                        .limits(BrokenBroker.limits(defect));
        boolean storeless =
                defect != QueueDefect.LOSES_ALL_IN_A_CRASH
                        && defect != QueueDefect.JOINS_NO_TRANSACTION;
        return new BrokenBroker(
                defect, storeless ? Broker.memory(options) : Broker.sqlite(store, options), clock);
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
        return defect == QueueDefect.LOSES_ALL_IN_A_CRASH;
    }

    @Override
    public void crash() {
        store.close();
        listener = new ToldListener();
        timeline = new TestTimeline(clock);
        store = Store.inMemory(StoreOptions.defaults().withClock(clock));
        broker = open();
    }

    @Override
    public boolean supportsTransactions() {
        return defect == QueueDefect.JOINS_NO_TRANSACTION;
    }

    @Override
    public void transaction(Runnable work) {
        work.run();
    }

    @Override
    public void close() {
        broker.close();
        store.close();
    }
}
