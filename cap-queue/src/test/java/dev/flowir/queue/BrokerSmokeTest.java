package dev.flowir.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.kernel.cap.Scope;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BrokerSmokeTest {

    private static final Scope TEST = Scope.outside("test");

    private final VirtualTime time = new VirtualTime();

    @Test
    void memory() {
        try (Broker broker = Broker.memory(time.options())) {
            walk(broker);
        }
    }

    @Test
    void sqlite() {
        try (Store store = Store.inMemory(StoreOptions.defaults());
                Broker broker = Broker.sqlite(store, time.options())) {
            walk(broker);
        }
    }

    private void walk(Broker broker) {
        broker.declare("dead", QueueSettings.defaults());
        broker.declare("tasks", QueueSettings.defaults().deadLetterQueue("dead"));
        List<String> seen = new ArrayList<>();
        broker.consume(
                "worker",
                List.of("tasks"),
                batch -> {
                    for (Message message : batch.messages()) {
                        seen.add(message.body().text() + message.attempts());
                        if (message.body().text().equals("poison")) {
                            message.retry(Retry.because(new IllegalStateException("bad")));
                        }
                    }
                });
        QueueSender sender = broker.sender("tasks", TEST);
        sender.send(Body.text("good"));
        sender.send(Body.text("poison"));
        time.settle();
        assertEquals(List.of(), seen);
        time.advance(Duration.ofSeconds(30));
        assertEquals(List.of("good1", "poison1", "poison2", "poison3", "poison4"), seen);
        assertEquals(0, broker.admin("tasks").metrics().backlogCount());
        List<Queued> dead = broker.admin("dead").browse(MessageFilter.all(), 0, 10);
        assertEquals(1, dead.size());
        DeadLetter letter = dead.get(0).deadLetter().orElseThrow();
        assertEquals(4, letter.attempts());
        assertEquals(4, letter.failures().size());
        assertEquals("java.lang.IllegalStateException: bad", letter.lastError());
        Redriven redriven = broker.admin("dead").redrive(Redrive.of(MessageFilter.all()));
        assertEquals(1, redriven.moved());
        time.advance(Duration.ofSeconds(30));
        assertEquals(9, seen.size());
        assertEquals(1, broker.admin("dead").metrics().backlogCount());
        QueueException refused =
                assertThrows(QueueException.class, () -> broker.sender("none", TEST));
        assertTrue(String.valueOf(refused.getMessage()).startsWith("[QUEUE10104]"));
    }
}
