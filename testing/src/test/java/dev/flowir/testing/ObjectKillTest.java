package dev.flowir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.object.ObjectRef;
import dev.flowir.object.ObjectSpace;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import dev.flowir.testing.ObjectKillProgram.Counter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes killed at a random moment while objects are called: what was answered is there, entries
 * and tables tell the same, and every alarm that was set rings.
 */
@Timeout(900)
class ObjectKillTest {

    private static final int KILLS = Integer.getInteger("kill.rounds", 4);

    private final Map<String, Long> counted = new HashMap<>();
    private final Set<String> armed = new HashSet<>();

    @Test
    void do09_do25_do26_killedProcessesLoseNoAnswerAndNoAlarm(@TempDir Path folder)
            throws Exception {
        Path file = folder.resolve("objects.db");
        Random random = new Random(42);
        for (int round = 0; round < KILLS; round++) {
            KilledProgram.run(
                    ObjectKillProgram.class,
                    folder,
                    20 + random.nextInt(300),
                    this::note,
                    file.toString(),
                    Integer.toString(round));
        }
        assertTrue(armed.size() >= KILLS, "alarms that were set: " + armed.size());
        assertEquals(ObjectKillProgram.OBJECTS, counted.size());
        try (Store store = Store.open(file, StoreOptions.defaults())) {
            try (ObjectSpace space = ObjectKillProgram.open(store)) {
                counted.forEach((name, least) -> compare(space, name, least));
                for (String name : armed) {
                    awaitRung(ObjectKillProgram.at(space, name));
                }
            }
        }
        assertEquals(List.of(), scratch(folder), "files of a while that stay");
    }

    private static void compare(ObjectSpace space, String name, long least) {
        ObjectRef<Counter> counter = ObjectKillProgram.at(space, name);
        long now = counter.call(Counter::counted);
        assertTrue(now >= least, name + " is " + now + ", and " + least + " was answered");
        List<Long> rows = counter.call(Counter::rows);
        assertEquals(LongStream.rangeClosed(1, now).boxed().toList(), rows, name);
    }

    private static void awaitRung(ObjectRef<Counter> counter) {
        long patience = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        while (!counter.call(Counter::rang)) {
            assertTrue(System.nanoTime() < patience, counter.id() + " does not ring");
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static List<Path> scratch(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().contains("-objects-"))
                    .toList();
        }
    }

    /** The last line may be cut: a number then counts as less. */
    private void note(String line) {
        String[] words = line.split(" ", -1);
        if (words.length == 3 && words[0].equals("counted") && words[1].length() == 9) {
            counted.merge(words[1], Long.parseLong("0" + words[2]), Math::max);
        } else if (words.length == 3 && words[0].equals("armed") && words[2].equals(".")) {
            armed.add(words[1]);
        }
    }
}
