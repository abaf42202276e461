package dev.flowir.testing;

import dev.flowir.queue.Broker;
import dev.flowir.queue.BrokerOptions;
import dev.flowir.queue.QueueListener;

/** A broker in memory. */
final class QueueMemoryBench implements QueueBench {

    private final ToldListener listener = new ToldListener();
    private final TestTimeline timeline;
    private final Broker broker;

    QueueMemoryBench(TestClock clock) {
        timeline = new TestTimeline(clock);
        broker = Broker.memory(BrokerOptions.defaults().on(timeline, timeline).listener(listener));
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
    public void close() {
        broker.close();
    }
}
