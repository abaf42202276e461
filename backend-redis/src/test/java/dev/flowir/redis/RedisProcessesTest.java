package dev.flowir.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.kernel.cap.Scope;
import dev.flowir.kv.KvReader;
import dev.flowir.kv.KvValue;
import dev.flowir.queue.Body;
import dev.flowir.queue.Broker;
import dev.flowir.queue.BrokerOptions;
import dev.flowir.queue.QueueCounts;
import dev.flowir.queue.QueueSender;
import dev.flowir.queue.QueueSettings;
import dev.flowir.testing.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two JVMs share a queue, with clocks that differ by an hour; one is killed. */
class RedisProcessesTest {

    private static final QueueSettings WORK =
            QueueSettings.defaults()
                    .batches(1, Duration.ZERO)
                    .lease(Duration.ofSeconds(2))
                    .maxRetries(100)
                    .maxConcurrency(4);

    private final List<String> sent = new ArrayList<>();

    @Test
    void q23_whatAKilledProcessHeldIsDoneByTheOther(@TempDir Path folder) throws Exception {
        List<Process> workers = new ArrayList<>();
        try (RedisServer server = RedisServer.start(folder, RedisServer.Fsync.ALWAYS);
                Redis redis = Redis.connect(Patient.at(server));
                Broker broker = redis.broker("main", BrokerOptions.defaults())) {
            broker.declare("work", WORK);
            KvReader done = redis.kv("done").writer(Scope.outside("test"));
            QueueSender sender = broker.sender("work", Scope.outside("test"));
            send(sender, "early", 40);
            send(sender, "hold", 4);
            workers.add(QueueWorker.start(server.port(), "first", 0));
            Await.until(
                    "the first process holds four",
                    () -> count(done, "held.", List.of("hold0", "hold1", "hold2", "hold3")) == 4);
            workers.add(QueueWorker.start(server.port(), "second", 1));
            send(sender, "late", 100);
            Await.until("the second one works", () -> done.get("done.late0").isPresent());
            workers.get(0).destroyForcibly().waitFor();
            Await.until(
                    "the queue is empty", () -> broker.admin("work").metrics().backlogCount() == 0);
            assertEquals(sent.size(), count(done, "done.", sent));
            for (int i = 0; i < 4; i++) {
                String[] by = done.get("done.hold" + i).map(KvValue::text).orElse("").split(" ", 2);
                assertEquals("second", by[0]);
                assertTrue(Integer.parseInt(by[1]) > 1, "the attempt that was killed counts");
            }
            assertEquals(Optional.of("first 1"), done.get("done.early0").map(KvValue::text));
            QueueCounts counts = broker.admin("work").status().counts();
            assertEquals(sent.size(), counts.acked());
            assertEquals(0, counts.dropped() + counts.expired());
        } finally {
            for (Process worker : workers) {
                worker.destroyForcibly().waitFor();
            }
        }
    }

    private void send(QueueSender sender, String word, int count) {
        for (int i = 0; i < count; i++) {
            sender.send(Body.text(word + i));
            sent.add(word + i);
        }
    }

    private static int count(KvReader done, String prefix, List<String> texts) {
        return (int) texts.stream().filter(text -> done.get(prefix + text).isPresent()).count();
    }
}
