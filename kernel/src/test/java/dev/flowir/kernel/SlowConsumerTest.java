package dev.flowir.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.ItemStream;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeOption;
import dev.flowir.ir.SlowConsumer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Consumers that do not keep up with a stream whose producer does not wait for them. */
class SlowConsumerTest {

    private static final int END = -1;

    private final ManualTime time = new ManualTime();
    private final Runtime runtime = Runtime.builder().time(time).watchdog(Watchdog.STRICT).build();

    /** What the producer gives, handed over one by one. */
    private final SynchronousQueue<Integer> source = new SynchronousQueue<>();

    /** What the producer has given: it may go on. */
    private final LinkedBlockingQueue<Integer> given = new LinkedBlockingQueue<>();

    private final CountDownLatch stopped = new CountDownLatch(1);

    @AfterEach
    void close() {
        runtime.close();
    }

    private Flow<Integer, ItemStream<Integer>> flow(SlowConsumer how) {
        Node<Integer, ItemStream<Integer>> node =
                Node.<Integer, Integer>streams(
                                "prices",
                                Integer.class,
                                Integer.class,
                                (in, out, context) -> {
                                    try {
                                        for (int next = source.take();
                                                next != END;
                                                next = source.take()) {
                                            out.emit(next);
                                            given.add(next);
                                        }
                                    } finally {
                                        stopped.countDown();
                                    }
                                })
                        .with(NodeOption.slowConsumer(how));
        return Flow.define("market", "1.0.0", Integer.class, (g, in) -> g.then(in, node));
    }

    /** The stream after its first item, which its consumer has: the producer runs from then on. */
    private ItemStream<Integer> begun(SlowConsumer how) throws InterruptedException {
        ItemStream<Integer> stream = runtime.run(flow(how), 0).orThrow();
        Thread first =
                Thread.startVirtualThread(() -> {
                    try {
                        give(0);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
        assertItem(0, stream);
        first.join();
        return stream;
    }

    /** Has the producer give an item, and waits until it went on. */
    private void give(int item) throws InterruptedException {
        source.put(item);
        assertEquals(item, given.take());
    }

    private static void assertItem(int expected, ItemStream<Integer> stream)
            throws InterruptedException {
        assertEquals(new ItemStream.Item<>(expected), stream.next());
    }

    private static void assertCut(String why, ItemStream<Integer> stream)
            throws InterruptedException {
        ItemStream.Broken<?> broken = assertInstanceOf(ItemStream.Broken.class, stream.next());
        assertEquals("RUN040", broken.code());
        assertEquals("the consumer of 'prices' does not keep up: " + why, broken.message());
        assertEquals(broken, stream.next());
    }

    @Test
    void conflated_theNewestItemIsKeptAndTheProducerDoesNotWait() throws InterruptedException {
        try (ItemStream<Integer> stream = begun(SlowConsumer.conflate())) {
            for (int i = 1; i <= 1_000; i++) {
                give(i);
            }
            assertItem(1_000, stream);
            give(1_001);
            assertItem(1_001, stream);
            give(1_002);
            give(1_003);
            source.put(END);
            stopped.await();
            assertItem(1_003, stream);
            assertInstanceOf(ItemStream.End.class, stream.next());
        }
    }

    @Test
    void conflated_aConsumerThatKeepsUpGetsAll() throws InterruptedException {
        try (ItemStream<Integer> stream = begun(SlowConsumer.conflate())) {
            for (int i = 1; i <= 100; i++) {
                give(i);
                assertItem(i, stream);
            }
        }
    }

    @Test
    void disconnected_whenOneMoreWaitsThanMay() throws InterruptedException {
        try (ItemStream<Integer> stream = begun(SlowConsumer.disconnect(3))) {
            give(1);
            give(2);
            give(3);
            assertItem(1, stream); // three may wait, and have
            give(4);
            CountDownLatch cut = new CountDownLatch(1);
            assertInstanceOf(dev.flowir.kernel.host.LiveStream.class, stream)
                    .whenCut(cut::countDown);
            assertEquals(1, runtime.inFlight());
            source.put(5);
            stopped.await(); // the run is cancelled: its producer is stopped
            cut.await();
            assertCut("4 items wait for it, 3 may", stream);
            assertEquals(0, runtime.inFlight());
            CountDownLatch late = new CountDownLatch(1);
            ((dev.flowir.kernel.host.LiveStream) stream).whenCut(late::countDown);
            late.await();
        }
    }

    @Test
    void disconnected_aConsumerThatKeepsUpStays() throws InterruptedException {
        try (ItemStream<Integer> stream = begun(SlowConsumer.disconnect(1))) {
            for (int i = 1; i <= 1_000; i++) {
                give(i);
                assertItem(i, stream);
            }
            source.put(END);
            assertInstanceOf(ItemStream.End.class, stream.next());
        }
    }

    @Test
    void disconnected_whenAnItemWaitsForLongerThanItMay() throws InterruptedException {
        SlowConsumer how = SlowConsumer.disconnect(100).within(Duration.ofSeconds(1));
        try (ItemStream<Integer> stream = begun(how)) {
            give(1);
            time.advance(Duration.ofMillis(600));
            assertItem(1, stream);
            give(2); // waits from here
            time.advance(Duration.ofMillis(999));
            assertItem(2, stream);
            give(3);
            time.advance(Duration.ofSeconds(1));
            stopped.await();
            assertCut("an item waits for it for 1000 ms", stream);
        }
    }

    @Test
    void disconnected_alsoAfterTheProducerHasEnded() throws InterruptedException {
        SlowConsumer how = SlowConsumer.disconnect(100).within(Duration.ofSeconds(1));
        try (ItemStream<Integer> stream = begun(how)) {
            give(1);
            source.put(END);
            stopped.await();
            time.advance(Duration.ofSeconds(1));
            assertCut("an item waits for it for 1000 ms", stream);
        }
    }

    @Test
    void leavingStopsTheProducerAndItsClock() throws InterruptedException {
        int before = time.armed();
        SlowConsumer how = SlowConsumer.disconnect(100).within(Duration.ofSeconds(1));
        ItemStream<Integer> stream = begun(how);
        give(1);
        assertEquals(before + 1, time.armed());
        stream.close();
        stopped.await();
        assertEquals(before, time.armed());
    }

    /** A subscriber that asks when the test says so. */
    private static final class Asking implements java.util.concurrent.Flow.Subscriber<Integer> {
        final LinkedBlockingQueue<Object> told = new LinkedBlockingQueue<>();
        final CountDownLatch there = new CountDownLatch(1);
        java.util.concurrent.Flow.Subscription subscription;

        @Override
        public void onSubscribe(java.util.concurrent.Flow.Subscription to) {
            subscription = to;
            there.countDown();
        }

        @Override
        public void onNext(Integer item) {
            told.add(item);
        }

        @Override
        public void onError(Throwable thrown) {
            told.add(thrown);
        }

        @Override
        public void onComplete() {
            told.add("complete");
        }
    }

    @Test
    void publisher_aSubscriberGetsTheNewestWhenItAsks() throws InterruptedException {
        Asking asking = new Asking();
        runtime.publisher(flow(SlowConsumer.conflate()), Invocation.of(0)).subscribe(asking);
        asking.there.await();
        for (int i = 1; i <= 100; i++) {
            give(i);
        }
        asking.subscription.request(1);
        assertEquals(100, asking.told.take());
        give(101);
        asking.subscription.request(1);
        assertEquals(101, asking.told.take());
        source.put(END);
        assertEquals("complete", asking.told.take());
    }

    @Test
    void publisher_aSubscriberThatAsksForNothingIsTold() throws InterruptedException {
        Asking asking = new Asking();
        runtime.publisher(flow(SlowConsumer.disconnect(2)), Invocation.of(0)).subscribe(asking);
        asking.there.await();
        List<Integer> all = new ArrayList<>();
        // Who gives is stopped beside this thread: how many more it takes until then is not told.
        while (stopped.getCount() > 0 && all.size() < 1_000_000) {
            int next = all.size();
            all.add(next);
            if (!source.offer(next, 1, java.util.concurrent.TimeUnit.SECONDS)) {
                break; // it was stopped
            }
        }
        FlowFailedException failed =
                assertInstanceOf(FlowFailedException.class, asking.told.take());
        assertEquals("RUN040", failed.failure().code());
        assertTrue(all.size() < 1_000_000, "it was never stopped");
        assertEquals(List.of(), List.copyOf(asking.told));
    }
}
