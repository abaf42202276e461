package dev.flowir.examples.imagepipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.flowir.kernel.cap.Scope;
import dev.flowir.queue.Body;
import dev.flowir.queue.Broker;
import dev.flowir.queue.BrokerOptions;
import dev.flowir.queue.Outgoing;
import dev.flowir.queue.QueueException;
import dev.flowir.queue.QueueFault;
import dev.flowir.queue.QueueSender;
import dev.flowir.queue.QueueSettings;
import dev.flowir.queue.SendOptions;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many events the queue takes, and what it says to more. */
class LoadTest {

    private static final int BATCH = 100;

    /** {@code -Dload.seconds=60} for as long as the platform's figure is meant. */
    private static final int SECONDS = Integer.getInteger("load.seconds", 1);

    private static final List<Outgoing> MESSAGES =
            Collections.nCopies(
                    BATCH,
                    Outgoing.of(
                            Body.json(
                                    DeliveryTest.body(
                                            "acme/cat.png",
                                            "900150983cd24fb0d6963f7d28e17f72",
                                            Instant.EPOCH))));

    @TempDir Path folder;

    @Test
    void r0_06_fiveThousandASecondAreTakenAndNothingIsLost() {
        try (Store store = Store.open(folder.resolve("load.db"), StoreOptions.defaults());
                Broker broker = Broker.sqlite(store, BrokerOptions.defaults())) {
            broker.declare(Pipeline.UPLOADS, QueueSettings.defaults());
            QueueSender queue = broker.sender(Pipeline.UPLOADS, Scope.outside("a test"));
            long begun = System.nanoTime();
            int refused = 0;
            for (int sent = 0; sent < SECONDS * 5000; ) {
                try {
                    queue.sendBatch(MESSAGES, SendOptions.none());
                    sent += BATCH;
                } catch (QueueException tooMany) {
                    assertEquals(QueueFault.TOO_MANY_REQUESTS, tooMany.fault());
                    refused++;
                    LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
                }
            }
            long millis = (System.nanoTime() - begun) / 1_000_000;
            assertEquals(SECONDS * 5000L, broker.admin(Pipeline.UPLOADS).metrics().backlogCount());
            System.out.printf(
                    "%d messages on the disk in %d ms, %d batches were told to come again%n",
                    SECONDS * 5000, millis, refused);
        }
    }

    @Test
    void r0_06_aboveFiveThousandInASecondIsRefusedByName() throws Exception {
        try (Bench bench = Bench.open(folder)) {
            bench.pipeline.broker().admin(Pipeline.UPLOADS).pause();
            for (int i = 0; i < 50; i++) {
                bench.queue().sendBatch(MESSAGES, SendOptions.none());
            }
            QueueException refused =
                    assertThrows(
                            QueueException.class, () -> bench.queue().send(Body.text("one more")));
            assertEquals(QueueFault.TOO_MANY_REQUESTS, refused.fault());
            bench.clock.advance(Duration.ofSeconds(1));
            bench.queue().send(Body.text("one more"));
            assertEquals(
                    5001, bench.pipeline.broker().admin(Pipeline.UPLOADS).metrics().backlogCount());
        }
    }
}
