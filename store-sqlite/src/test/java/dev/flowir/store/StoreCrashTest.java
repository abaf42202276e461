package dev.flowir.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreCrashTest {

    @TempDir Path directory;

    @Test
    void afterKillNineEveryAcknowledgedRowIsThereAndNoTransactionIsHalf()
            throws IOException, InterruptedException {
        Path file = directory.resolve("killed.db");
        Random random = new Random(7);
        Set<Long> acknowledged = new HashSet<>();
        for (int round = 0; round < 6; round++) {
            try (ChildJvm child =
                    ChildJvm.start(
                            WritingChild.class,
                            file.toString(),
                            Long.toString(round * 1_000_000L))) {
                List<String> lines = new ArrayList<>();
                int wanted = 50 + random.nextInt(1000);
                while (lines.size() < wanted) {
                    Optional<String> line = child.line();
                    assertTrue(line.isPresent(), "the child ended by itself: " + lines);
                    lines.add(line.orElseThrow());
                }
                lines.addAll(child.kill());
                for (String line : lines) {
                    number(line).ifPresent(acknowledged::add);
                }
            }
            try (Store store =
                    Store.open(file, StoreOptions.defaults().withCheck(StoreOptions.Check.FULL))) {
                Set<Long> a = rows(store, "a");
                assertEquals(a, rows(store, "b"), "half a transaction in round " + round);
                assertTrue(a.containsAll(acknowledged), "lost in round " + round);
            }
        }
        assertTrue(acknowledged.size() > 300, "acknowledged: " + acknowledged.size());
    }

    private static Optional<Long> number(String line) {
        // The last line may be cut short by the kill; it says nothing then.
        return line.matches("acked \\d+")
                ? Optional.of(Long.parseLong(line.substring(6)))
                : Optional.empty();
    }

    private static Set<Long> rows(Store store, String table) {
        return new HashSet<>(
                store.read(tx -> tx.query("SELECT v FROM " + table, row -> row.getLong(1))));
    }

    @Test
    void aSecondProcessIsRefusedWithTheNameOfTheFirst() throws IOException {
        Path file = directory.resolve("shared.db");
        try (ChildJvm child = ChildJvm.start(WritingChild.class, file.toString(), "0")) {
            child.lineWith("acked");
            StoreException refused =
                    assertThrows(
                            StoreException.class, () -> Store.open(file, StoreOptions.defaults()));
            assertEquals(StoreFault.LOCKED, refused.fault());
            assertTrue(
                    refused.getMessage().contains("pid " + child.pid() + " on host "),
                    refused.getMessage());
        }
    }

    @Test
    void onAFullDiskNothingIsAcknowledgedThatIsNotThere() throws IOException, InterruptedException {
        assumeTrue(ChildJvm.canUnshare(), "needs a small disk: unshare and mount");
        String disk = directory.resolve("disk").toString();
        try (ChildJvm child =
                ChildJvm.startUnshared(
                        "mkdir " + disk + " && mount -t tmpfs -o size=2m tmpfs " + disk,
                        FillingChild.class,
                        disk + "/full.db")) {
            List<String> lines = child.rest();
            assertTrue(lines.contains("fault DISK_FULL"), lines.toString());
            assertTrue(lines.contains("kept true"), lines.toString());
            assertTrue(lines.contains("health Open"), lines.toString());
            assertTrue(lines.contains("closed"), lines.toString());
            assertTrue(lines.contains("reopened with rows true"), lines.toString());
        }
    }

    @Test
    void aReadOnlyDiskIsRefusedByName() throws IOException, InterruptedException {
        assumeTrue(ChildJvm.canUnshare(), "needs a read-only disk: unshare and mount");
        String disk = directory.resolve("disk").toString();
        try (ChildJvm child =
                ChildJvm.startUnshared(
                        "mkdir " + disk + " && mount -t tmpfs -o ro tmpfs " + disk,
                        FillingChild.class,
                        disk + "/ro.db")) {
            List<String> lines = child.rest();
            assertTrue(lines.toString().contains("[STORE102]"), lines.toString());
        }
    }
}
