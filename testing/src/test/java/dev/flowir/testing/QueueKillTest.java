package dev.flowir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.queue.Broker;
import dev.flowir.queue.BrokerOptions;
import dev.flowir.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes killed at a random moment: every send that returned has its effect exactly once. */
@Timeout(900)
class QueueKillTest {

    private static final int KILLS = 4;

    private final Set<String> sent = new HashSet<>();
    private final Map<String, Integer> begun = new HashMap<>();

    @Test
    void q22_q23_killedProcessesLoseNothingAndRepeatNoEffect(@TempDir Path folder)
            throws Exception {
        Path file = folder.resolve("queue.db");
        Random random = new Random(42);
        for (int round = 0; round < KILLS; round++) {
            KilledProgram.run(
                    QueueKillProgram.class,
                    folder,
                    50 + random.nextInt(400),
                    this::note,
                    file.toString(),
                    "r" + round);
        }
        assertTrue(sent.size() > KILLS * 10, "sends that returned: " + sent.size());
        try (Store store = QueueKillProgram.open(file)) {
            Set<String> before = Set.copyOf(effects(store));
            Map<String, Integer> attempts = finish(store);
            List<String> effects = effects(store);
            assertEquals(effects.size(), new HashSet<>(effects).size(), "effects that are twice");
            sent.removeAll(new HashSet<>(effects));
            assertEquals(Set.of(), sent, "sends that returned and have no effect");
            begun.forEach((text, attempt) -> {
                if (!before.contains(text)) {
                    assertTrue(
                            attempts.getOrDefault(text, 0) > attempt,
                            text
                                    + " was begun in attempt "
                                    + attempt
                                    + ", then "
                                    + attempts.get(text));
                }
            });
        }
    }

    /** The last line may be cut. */
    private void note(String line) {
        String[] words = line.split(" ", -1);
        if (words.length == 2 && words[0].equals("sent")) {
            sent.add(words[1]);
        } else if (words.length == 3 && words[0].equals("begun")) {
            begun.merge(words[1], Integer.parseInt(words[2]), Math::max);
        }
    }

    private static List<String> effects(Store store) {
        return store.read(tx -> tx.query("SELECT text FROM effects", row -> row.getString(1)));
    }

    /** Handles what is left; answers the attempts that were seen. */
    private static Map<String, Integer> finish(Store store) {
        Map<String, Integer> attempts = new ConcurrentHashMap<>();
        try (Broker broker = Broker.sqlite(store, BrokerOptions.defaults())) {
            broker.declare("q", QueueKillProgram.SETTINGS);
            broker.consume(
                    "finisher",
                    List.of("q"),
                    batch -> {
                        batch.messages().forEach(m -> attempts.put(m.body().text(), m.attempts()));
                        QueueKillProgram.handle(store, batch, line -> {});
                    });
            long patience = System.nanoTime() + Duration.ofMinutes(5).toNanos();
            while (broker.admin("q").metrics().backlogCount() > 0) {
                assertTrue(System.nanoTime() < patience, "the queue does not get empty");
                LockSupport.parkNanos(1_000_000);
            }
        }
        return attempts;
    }
}
