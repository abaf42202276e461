package dev.flowir.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.kernel.cap.Scope;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What needs threads that really run beside each other, and real time. */
@Timeout(300)
class BrokerThreadsTest {

    private static final QueueSettings ONES = QueueSettings.defaults().batches(1, Duration.ZERO);

    private final Broker broker = Broker.memory(BrokerOptions.defaults());

    @AfterEach
    void close() {
        broker.close();
    }

    private void send(String queue, String... texts) {
        for (String text : texts) {
            broker.sender(queue, Scope.outside("test")).send(Body.text(text));
        }
    }

    private static String taken(LinkedBlockingQueue<String> queue) throws InterruptedException {
        String next = queue.poll(30, TimeUnit.SECONDS);
        return next == null ? "nothing in 30 s" : next;
    }

    @Test
    void q31_handlersRunBesideEachOtherUpToTheConcurrency() throws Exception {
        broker.declare("q", ONES.maxConcurrency(4));
        CyclicBarrier four = new CyclicBarrier(4);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger peak = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(40);
        broker.consume(
                "test",
                List.of("q"),
                batch -> {
                    peak.accumulateAndGet(now.incrementAndGet(), Math::max);
                    four.await(); // passes only when four are here at once
                    now.decrementAndGet();
                    done.countDown();
                });
        for (int i = 0; i < 40; i++) {
            send("q", "m" + i);
        }
        assertTrue(done.await(30, TimeUnit.SECONDS));
        assertTrue(peak.get() <= 4, "peak " + peak);
        assertEquals(4, broker.admin("q").status().peakBatchesInFlight());
    }

    @Test
    void aHandlerIsInterruptedWhenItsLeaseEnds() throws Exception {
        broker.declare("q", ONES.lease(Duration.ofMillis(100)));
        LinkedBlockingQueue<String> first = new LinkedBlockingQueue<>();
        LinkedBlockingQueue<String> second = new LinkedBlockingQueue<>();
        CountDownLatch never = new CountDownLatch(1);
        broker.consume(
                "test",
                List.of("q"),
                batch -> {
                    if (batch.messages().get(0).attempts() == 1) {
                        try {
                            never.await();
                        } catch (InterruptedException e) {
                            first.add("interrupted, current: " + isCurrent(batch));
                        }
                    } else {
                        second.add("attempt " + batch.messages().get(0).attempts());
                    }
                });
        send("q", "m");
        assertEquals("interrupted, current: false", taken(first));
        assertEquals("attempt 2", taken(second));
    }

    private static boolean isCurrent(Batch batch) {
        return batch.messages().get(0).fence().isCurrent();
    }

    @Test
    void closingWaitsThenInterruptsAndGivesBackUncounted() throws Exception {
        broker.declare("q", ONES);
        LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();
        CountDownLatch never = new CountDownLatch(1);
        Subscription subscription =
                broker.consume(
                        "test",
                        List.of("q"),
                        batch -> {
                            seen.add("begun " + batch.messages().get(0).attempts());
                            never.await();
                        });
        send("q", "m");
        assertEquals("begun 1", taken(seen));
        subscription.close(Duration.ofMillis(10));
        assertEquals(0, broker.admin("q").status().batchesInFlight());
        broker.consume(
                "other",
                List.of("q"),
                batch -> seen.add("again " + batch.messages().get(0).attempts()));
        assertEquals("again 1", taken(seen));
    }

    @Test
    void closingLetsHandlersFinishInTime() throws Exception {
        broker.declare("q", ONES);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Subscription subscription =
                broker.consume(
                        "test",
                        List.of("q"),
                        batch -> {
                            begun.countDown();
                            go.await();
                        });
        send("q", "m");
        assertTrue(begun.await(30, TimeUnit.SECONDS));
        Thread closing = Thread.ofVirtual().start(subscription::close);
        go.countDown();
        closing.join();
        QueueStatus status = broker.admin("q").status();
        assertEquals(1, status.counts().acked());
        assertEquals(0, status.metrics().backlogCount());
    }

    @Test
    void aHandlerThatIgnoresInterruptsLosesItsMessages() throws Exception {
        broker.declare("q", ONES);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Subscription subscription =
                broker.consume(
                        "test",
                        List.of("q"),
                        batch -> {
                            begun.countDown();
                            boolean waiting = true;
                            while (waiting) {
                                try {
                                    waiting = !go.await(30, TimeUnit.SECONDS);
                                } catch (InterruptedException e) {
                                    waiting = true; // deaf to it, which is the point
                                }
                            }
                            assertFalse(isCurrent(batch));
                            ended.countDown();
                        });
        send("q", "m");
        assertTrue(begun.await(30, TimeUnit.SECONDS));
        subscription.close(Duration.ZERO);
        LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();
        Subscription other =
                broker.consume(
                        "other",
                        List.of("q"),
                        batch -> seen.add("again " + batch.messages().get(0).attempts()));
        assertEquals("again 1", taken(seen));
        other.close(); // waits until what it decided is kept
        go.countDown();
        assertTrue(ended.await(30, TimeUnit.SECONDS));
        assertEquals(1, broker.admin("q").status().counts().acked());
    }

    @Test
    void manySendersAndConsumersLoseNothing() throws Exception {
        broker.declare(
                "q",
                QueueSettings.defaults()
                        .batches(7, Duration.ofMillis(5))
                        .maxConcurrency(8)
                        .bound(Bound.blocking(50, Duration.ofSeconds(30))));
        int senders = 4;
        int each = 500;
        LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();
        broker.consume(
                "test",
                List.of("q"),
                batch -> batch.messages().forEach(m -> seen.add(m.body().text())));
        List<Thread> threads =
                IntStream.range(0, senders)
                        .mapToObj(s ->
                                Thread.ofVirtual()
                                        .start(() -> {
                                            for (int i = 0; i < each; i++) {
                                                send("q", s + ":" + i);
                                            }
                                        }))
                        .toList();
        Set<String> all = new HashSet<>();
        for (int i = 0; i < senders * each; i++) {
            all.add(taken(seen));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(senders * each, all.size());
        assertEquals(0, seen.size());
    }
}
