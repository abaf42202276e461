package dev.flowir.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that were cut, filled with nonsense, or cannot be written. */
class StoreTornTest {

    private static final StoreOptions CHECKED =
            StoreOptions.defaults().withCheck(StoreOptions.Check.FULL);

    @TempDir Path directory;

    private static Path log(Path file) {
        return file.resolveSibling(file.getFileName() + "-wal");
    }

    private static List<Long> rows(Store store, String table) {
        return store.read(
                tx -> tx.query("SELECT v FROM " + table + " ORDER BY v", row -> row.getLong(1)));
    }

    /** Writes one row to each of two tables. */
    private static void put(Store store, long value, int bytes) {
        store.execute(tx -> {
            tx.run("INSERT INTO a VALUES (?, randomblob(?))", value, bytes);
            tx.run("INSERT INTO b VALUES (?, randomblob(?))", value, bytes);
        });
    }

    /**
     * What a loss of power can leave: the log up to some byte, and behind it perhaps what the disk
     * made of the next write.
     */
    @Test
    void aTornLogKeepsWhatWasAcknowledgedBeforeTheTearAndNoHalfTransaction() throws IOException {
        Random random = new Random(11);
        Path file = directory.resolve("app.db");
        try (Store store = Store.open(file, StoreOptions.defaults())) {
            store.execute(tx -> {
                tx.run("CREATE TABLE a (v INTEGER PRIMARY KEY, b BLOB)");
                tx.run("CREATE TABLE b (v INTEGER PRIMARY KEY, b BLOB)");
            });
            long start = Files.size(log(file));
            List<Long> ends = new ArrayList<>();
            for (int i = 0; i < 80; i++) {
                put(store, i, random.nextInt(12_000));
                ends.add(Files.size(log(file)));
            }
            long end = ends.get(ends.size() - 1);
            for (int round = 0; round < 40; round++) {
                long cut = start + random.nextLong(end - start + 1);
                Path copy = directory.resolve("torn" + round + ".db");
                Files.copy(file, copy);
                Files.copy(log(file), log(copy));
                byte[] behind = new byte[round % 2 == 0 ? 0 : random.nextInt(9000)];
                random.nextBytes(behind);
                tear(log(copy), cut, behind);
                long acknowledged = ends.stream().filter(one -> one <= cut).count();
                try (Store torn = Store.open(copy, CHECKED)) {
                    List<Long> kept = LongStream.range(0, acknowledged).boxed().toList();
                    assertEquals(kept, rows(torn, "a"), "cut at " + cut + " of " + end);
                    assertEquals(kept, rows(torn, "b"), "cut at " + cut + " of " + end);
                    put(torn, 1000, 1);
                }
            }
        }
    }

    private static void tear(Path log, long cut, byte[] behind) throws IOException {
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
            channel.truncate(cut);
            channel.write(ByteBuffer.wrap(behind), cut);
        }
    }

    @Test
    void aLogOfNonsenseBesideASoundFileIsLeftOut() throws IOException {
        Path file = directory.resolve("app.db");
        try (Store store = Store.open(file, StoreOptions.defaults())) {
            store.execute(tx -> tx.run("CREATE TABLE t (v)"));
            store.execute(tx -> tx.run("INSERT INTO t VALUES (7)"));
        }
        byte[] nonsense = new byte[20_000];
        new Random(3).nextBytes(nonsense);
        Files.write(log(file), nonsense);
        try (Store store = Store.open(file, CHECKED)) {
            assertEquals(List.of(7L), rows(store, "t"));
        }
    }

    /** What stands where a store should be. */
    enum Garbage {
        RANDOM,
        TEXT,
        HEADER_ONLY,
        HEADER_AND_RANDOM,
        HALF_A_STORE;

        byte[] bytes(Path folder) throws IOException {
            byte[] random = new byte[64 * 1024];
            new Random(5).nextBytes(random);
            byte[] header = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
            return switch (this) {
                case RANDOM -> random;
                case TEXT ->
                        "{\"not\": \"a store\"}\n".repeat(500).getBytes(StandardCharsets.UTF_8);
                case HEADER_ONLY -> header;
                case HEADER_AND_RANDOM -> {
                    System.arraycopy(header, 0, random, 0, header.length);
                    yield random;
                }
                case HALF_A_STORE -> {
                    Path whole = folder.resolve("whole.db");
                    try (Store store = Store.open(whole, StoreOptions.defaults())) {
                        store.execute(tx -> {
                            tx.run("CREATE TABLE t (v INTEGER PRIMARY KEY, b BLOB)");
                            for (int i = 0; i < 100; i++) {
                                tx.run("INSERT INTO t VALUES (?, randomblob(1000))", i);
                            }
                        });
                    }
                    byte[] all = Files.readAllBytes(whole);
                    yield Arrays.copyOf(all, all.length / 2);
                }
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void garbageIsRefusedByNameAndLeftAsItIs(Garbage garbage) throws IOException {
        Path file = directory.resolve("app.db");
        byte[] bytes = garbage.bytes(directory);
        Files.write(file, bytes);
        for (int attempt = 0; attempt < 2; attempt++) {
            StoreException refused =
                    assertThrows(StoreException.class, () -> Store.open(file, CHECKED).close());
            assertTrue(
                    Set.of(StoreFault.NOT_A_STORE, StoreFault.CORRUPT).contains(refused.fault()),
                    refused.getMessage());
            assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
            assertArrayEquals(bytes, Files.readAllBytes(file), "the file is another one now");
        }
    }

    @Test
    void anEmptyFileBecomesAStore() throws IOException {
        Path file = Files.createFile(directory.resolve("app.db"));
        try (Store store = Store.open(file, CHECKED)) {
            store.execute(tx -> tx.run("CREATE TABLE t (v)"));
            assertEquals(List.of(), rows(store, "t"));
        }
    }

    @Test
    void aFileThatCannotBeWrittenIsRefusedByName() throws IOException, InterruptedException {
        assumeTrue(ChildJvm.canUnshare(), "needs a file that root cannot write: unshare and mount");
        Path file = directory.resolve("app.db");
        try (Store store = Store.open(file, StoreOptions.defaults())) {
            store.execute(tx -> tx.run("CREATE TABLE mine (v)"));
        }
        byte[] before = Files.readAllBytes(file);
        String mount = "mount --bind " + file + " " + file + " && mount -o remount,bind,ro " + file;
        try (ChildJvm child = ChildJvm.startUnshared(mount, FillingChild.class, file.toString())) {
            String said = child.rest().toString();
            assertTrue(said.contains("[STORE102] " + file), said);
        }
        assertArrayEquals(before, Files.readAllBytes(file));
    }

    @Test
    void ofTwoProcessesThatOpenAtOnceOneIsRefusedByName() throws IOException {
        String file = directory.resolve("app.db").toString();
        try (ChildJvm one = ChildJvm.start(WritingChild.class, file, "0");
                ChildJvm other = ChildJvm.start(WritingChild.class, file, "1000000")) {
            List<String> said =
                    List.of(
                            one.lineWith("acked", "[STORE101]"),
                            other.lineWith("acked", "[STORE101]"));
            List<String> refusals =
                    said.stream().filter(line -> !line.startsWith("acked")).toList();
            assertEquals(1, refusals.size(), said.toString());
            assertTrue(refusals.get(0).contains("is open in another process"), refusals.get(0));
        }
    }

    @Test
    void whenManyMeetTheEndOfTheDiskEachKnowsWhetherItWasWritten() throws InterruptedException {
        StoreOptions small = StoreOptions.defaults().withMaxBytes(600 * 1024);
        try (Store store = Store.open(directory.resolve("small.db"), small)) {
            store.execute(tx -> tx.run("CREATE TABLE t (v INTEGER PRIMARY KEY, b BLOB)"));
            Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
            Set<StoreFault> faults = ConcurrentHashMap.newKeySet();
            List<Thread> writers =
                    IntStream.range(0, 8)
                            .mapToObj(w ->
                                    Thread.ofVirtual()
                                            .start(() -> {
                                                for (long i = 0; i < 40; i++) {
                                                    write(
                                                            store,
                                                            w * 1000L + i,
                                                            acknowledged,
                                                            faults);
                                                }
                                            }))
                            .toList();
            for (Thread writer : writers) {
                writer.join();
            }
            assertTrue(faults.contains(StoreFault.DISK_FULL), faults.toString());
            assertTrue(faults.stream().allMatch(StoreFault::retryable), faults.toString());
            assertEquals(acknowledged.stream().sorted().toList(), rows(store, "t"));
            store.execute(tx -> tx.run("DELETE FROM t"));
            store.execute(tx -> tx.run("INSERT INTO t VALUES (1, zeroblob(5000))"));
        }
    }

    private static void write(
            Store store, long value, Set<Long> acknowledged, Set<StoreFault> faults) {
        try {
            store.execute(tx -> tx.run("INSERT INTO t VALUES (?, randomblob(5000))", value));
            acknowledged.add(value);
        } catch (StoreException e) {
            faults.add(e.fault());
        }
    }
}
