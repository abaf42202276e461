package dev.flowir.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Guarantee;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A vault that fails for a while: nothing is lost, and work goes on by itself. */
class BrokerFaultsTest {

    private static final QueueSettings ONES = QueueSettings.defaults().batches(1, Duration.ZERO);

    private final VirtualTime time = new VirtualTime();
    private final FailingVault vault = new FailingVault();
    private final List<String> seen = new ArrayList<>();

    /** Refuses writes while told to. */
    private static final class FailingVault implements Vault {
        private final Vault right = new MemoryVault();
        private int failures;

        @Override
        public <T> T write(Function<Rows, T> work) {
            if (failures > 0) {
                failures--;
                throw new IllegalStateException("the disk is full");
            }
            return right.write(work);
        }

        @Override
        public <T> T read(Function<Rows, T> work) {
            return right.read(work);
        }

        @Override
        public boolean inTransaction() {
            return false;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public Descriptor.Durability durability() {
            return right.durability();
        }

        @Override
        public Set<Guarantee> extras() {
            return right.extras();
        }
    }

    private Broker broker() {
        return new StoredBroker("queue.failing", vault, time.options());
    }

    @Test
    void whatAHandlerDecidedIsKeptLater() {
        try (Broker broker = broker()) {
            broker.declare("q", ONES);
            broker.consume(
                    "test",
                    List.of("q"),
                    batch -> {
                        seen.add("handled");
                        vault.failures = 3;
                    });
            broker.sender("q", Scope.outside("test")).send(Body.text("m"));
            time.settle();
            assertEquals(1, broker.admin("q").metrics().backlogCount());
            assertEquals(1, broker.admin("q").status().batchesInFlight());
            time.advance(Duration.ofSeconds(10));
            assertEquals(List.of("handled"), seen);
            assertEquals(0, broker.admin("q").metrics().backlogCount());
            assertEquals(0, broker.admin("q").status().batchesInFlight());
        }
    }

    @Test
    void takingMessagesIsTriedAgain() {
        try (Broker broker = broker()) {
            broker.declare("q", ONES);
            broker.sender("q", Scope.outside("test")).send(Body.text("m"));
            broker.consume("test", List.of("q"), batch -> seen.add("handled"));
            vault.failures = 2;
            time.settle();
            assertEquals(List.of(), seen);
            time.advance(Duration.ofSeconds(10));
            assertEquals(List.of("handled"), seen);
        }
    }

    @Test
    void aSendThatFailsSentNothing() {
        try (Broker broker = broker()) {
            broker.declare("q", ONES);
            QueueSender sender = broker.sender("q", Scope.outside("test"));
            vault.failures = 1;
            assertThrows(IllegalStateException.class, () -> sender.send(Body.text("m")));
            assertEquals(0, broker.admin("q").metrics().backlogCount());
        }
    }

    @Test
    void aSendInterruptedWhileItWaitsForTheDiskSentNothing() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (Store store = Store.inMemory(StoreOptions.defaults());
                Broker broker = Broker.sqlite(store, time.options())) {
            broker.declare("q", ONES);
            QueueSender sender = broker.sender("q", Scope.outside("test"));
            Thread other =
                    Thread.ofVirtual()
                            .start(() ->
                                    store.execute(tx -> {
                                        writing.countDown();
                                        awaitQuietly(go);
                                    }));
            writing.await();
            Thread.currentThread().interrupt();
            QueueException refusal =
                    assertThrows(QueueException.class, () -> sender.send(Body.text("m")));
            assertEquals(QueueFault.INTERRUPTED, refusal.fault());
            assertTrue(Thread.interrupted(), "the thread still knows");
            go.countDown();
            other.join();
            assertEquals(0, broker.admin("q").metrics().backlogCount());
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anErrorOfAHandlerIsAFailureOfItsBatch() {
        try (Broker broker = broker()) {
            broker.declare("dead", ONES);
            broker.declare("q", ONES.maxRetries(0).deadLetterQueue("dead"));
            broker.consume("test", List.of("q"), batch -> endless(0));
            broker.sender("q", Scope.outside("test")).send(Body.text("m"));
            time.settle();
            Queued dead = broker.admin("dead").browse(MessageFilter.all(), 0, 1).get(0);
            assertEquals(
                    "java.lang.StackOverflowError", dead.deadLetter().orElseThrow().lastError());
        }
    }

    private static int endless(int depth) {
        return depth < 0 ? depth : 1 + endless(depth + 1);
    }

    @Test
    void aStoreThatClosesFirstEndsItsBroker() {
        Store store = Store.inMemory(StoreOptions.defaults());
        Broker broker = Broker.sqlite(store, time.options());
        broker.declare("q", ONES);
        broker.consume("test", List.of("q"), batch -> seen.add("handled"));
        store.close();
        time.advance(Duration.ofHours(1));
        assertEquals(0, time.alarms());
        broker.close();
    }

    @Test
    void manyDelayedMessagesNeedOneAlarm() {
        try (Broker broker = broker()) {
            broker.declare("q", QueueSettings.defaults().batches(100, Duration.ZERO));
            broker.consume(
                    "test",
                    List.of("q"),
                    batch -> batch.messages().forEach(m -> seen.add(m.body().text())));
            QueueSender sender = broker.sender("q", Scope.outside("test"));
            for (int i = 0; i < 4000; i++) {
                sender.send(
                        Body.text("m" + i),
                        SendOptions.after(Duration.ofSeconds(1 + i * 7919 % 3600)));
                if (i % 500 == 0) {
                    time.settle();
                    assertEquals(1, time.alarms());
                }
            }
            time.advance(Duration.ofHours(1));
            assertEquals(4000, seen.size());
        }
    }
}
