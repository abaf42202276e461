package dev.flowir.durable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.journal.RunState;
import dev.flowir.sql.Sql;
import dev.flowir.sql.SqlProvider;
import dev.flowir.store.Store;
import dev.flowir.store.StoreException;
import dev.flowir.store.StoreFault;
import dev.flowir.store.StoreOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a loss of power leaves of the last records, and disks that give up. */
class TornJournalTest {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Of SQLite's format of the log: a frame is a header of 24 bytes and a page. */
    private static final int FRAME_BYTES = 24 + 4096;

    private static final int LAST_FRAMES = 12;

    @TempDir Path folder;

    private static Path log(Path file) {
        return file.resolveSibling(file.getFileName() + "-wal");
    }

    /** Around every frame's header, to the byte, and inside its page. */
    private static Set<Long> cuts(long end) {
        Set<Long> cuts = new TreeSet<>();
        for (int frame = 0; frame < LAST_FRAMES; frame++) {
            long at = end - (long) frame * FRAME_BYTES;
            for (long around : new long[] {0, -1, -7, -2048, -4095, -4096, -4097, -4112, -4119}) {
                cuts.add(at + around);
            }
        }
        return cuts;
    }

    private static void cut(Path file, Path copy, long at, byte[] behind) throws IOException {
        Files.copy(file, copy);
        Files.copy(log(file), log(copy));
        try (FileChannel channel = FileChannel.open(log(copy), StandardOpenOption.WRITE)) {
            channel.truncate(at);
            channel.write(ByteBuffer.wrap(behind), at);
        }
    }

    @Test
    void aLogThatIsCutAnywhereInItsLastRecordsLeavesWhatWasBeforeAndTheRunEndsTheSame()
            throws Exception {
        Path file = folder.resolve("bank.db");
        Random random = new Random(7);
        KillTest.prepare(file);
        try (Store store = Store.open(file, StoreOptions.defaults());
                DurableRuntime runtime = KilledChild.open(store)) {
            runtime.start(KilledChild.TEN, "before", 1).await();
            assertTrue(runtime.awaitIdle(PATIENCE));
            long acknowledged = Files.size(log(file));
            runtime.start(KilledChild.TEN, "last", 2).await();
            assertTrue(runtime.awaitIdle(PATIENCE));
            long end = Files.size(log(file));
            int copies = 0;
            int unfinished = 0;
            for (long at : cuts(end)) {
                byte[] behind = new byte[copies % 2 == 0 ? 0 : random.nextInt(5000)];
                random.nextBytes(behind);
                Path copy = folder.resolve("copy" + copies++ + ".db");
                cut(file, copy, at, behind);
                unfinished += goOn(copy, at >= acknowledged, "cut at " + at + " of " + end);
                Files.delete(copy);
            }
            assertTrue(unfinished > copies / 2, unfinished + " of " + copies);
        }
    }

    /** 1 when the last run had to go on. */
    private static int goOn(Path copy, boolean hasBefore, String where) throws Exception {
        try (Store store = Store.open(copy, StoreOptions.defaults())) {
            long steps = KillTest.count(store, "SELECT count(*) FROM done");
            assertEquals(steps, KillTest.count(store, "SELECT sum(balance) FROM account"), where);
            // Besides its steps a run has a record of its start, and one of the node that ends it.
            long entries =
                    KillTest.count(
                            store,
                            "SELECT count(*) - (SELECT count(*) FROM flowir_durable_runs)"
                                    + " - (SELECT count(*) FROM flowir_durable_runs WHERE state"
                                    + " = 10) FROM flowir_durable_records");
            assertEquals(steps, entries, where + ": a step without its record, or the opposite");
            try (DurableRuntime runtime = KilledChild.open(store)) {
                if (hasBefore) {
                    RunState before = runtime.find("before").orElseThrow().state();
                    assertEquals(RunState.COMPLETED, before, where);
                }
                DurableRun<Integer> run = runtime.start(KilledChild.TEN, "last", 2);
                assertEquals(Optional.of(new Result.Value<>(3)), run.await(PATIENCE), where);
                runtime.start(KilledChild.TEN, "before", 1).await();
                assertTrue(runtime.awaitIdle(PATIENCE));
            }
            assertEquals(20, KillTest.count(store, "SELECT sum(balance) FROM account"), where);
            assertEquals(20, KillTest.count(store, "SELECT count(DISTINCT key) FROM done"), where);
            return steps < 20 ? 1 : 0;
        }
    }

    @Test
    void aFullDiskRefusesStartsAndStepsWaitForRoom() throws Exception {
        Path file = folder.resolve("bank.db");
        KillTest.prepare(file);
        StoreOptions small = StoreOptions.defaults().withMaxBytes(400 * 1024);
        try (Store store = Store.open(file, small);
                DurableRuntime runtime = KilledChild.open(store)) {
            store.execute(tx -> tx.run("CREATE TABLE filler (b BLOB)"));
            DurableRun<Integer> first = runtime.start(KilledChild.TEN, "first", 1);
            assertEquals(Optional.of(new Result.Value<>(2)), first.await(PATIENCE));
            int begun = 0;
            StoreException full = null;
            while (full == null) {
                try {
                    store.execute(tx -> tx.run("INSERT INTO filler VALUES (randomblob(9000))"));
                    runtime.start(KilledChild.TEN, "run-" + begun, 1);
                    begun++;
                } catch (StoreException e) {
                    full = e;
                }
            }
            assertEquals(StoreFault.DISK_FULL, full.fault());
            store.execute(tx -> tx.run("DELETE FROM filler"));
            for (int i = 0; i < begun; i++) {
                DurableRun<Integer> run = runtime.start(KilledChild.TEN, "run-" + i, 1);
                assertEquals(Optional.of(new Result.Value<>(2)), run.await(PATIENCE), run.id());
            }
            assertTrue(runtime.awaitIdle(PATIENCE));
            long runs = KillTest.count(store, "SELECT count(*) FROM flowir_durable_runs");
            assertEquals(10 * runs, KillTest.count(store, "SELECT sum(balance) FROM account"));
            assertEquals(10 * runs, KillTest.count(store, "SELECT count(DISTINCT key) FROM done"));
        }
    }

    /**
     * The body asks for room before the record of its step does, and hears first of there being
     * none.
     */
    @Test
    void aStepWhoseBodyFindsTheDiskFullWaitsForRoom() throws Exception {
        CountDownLatch twice = new CountDownLatch(2);
        Node<Integer, Integer> large =
                Node.effect(
                        "large",
                        Integer.class,
                        Integer.class,
                        Sql.writer("bank"),
                        (sql, n, context) -> {
                            twice.countDown();
                            sql.run("INSERT INTO filler VALUES (zeroblob(200000))");
                            return n;
                        });
        Flow<Integer, Integer> flow =
                Flow.define("large", "1.0.0", Integer.class, (g, in) -> g.then(in, large));
        StoreOptions small = StoreOptions.defaults().withMaxBytes(400 * 1024);
        try (Store store = Store.open(folder.resolve("small.db"), small);
                DurableRuntime runtime =
                        DurableRuntime.on(store)
                                .capabilities(Capabilities.of(SqlProvider.on("bank", store)))
                                .flows(flow)
                                .open()) {
            store.execute(tx -> tx.run("CREATE TABLE filler (b BLOB)"));
            store.execute(tx -> tx.run("INSERT INTO filler VALUES (zeroblob(150000))"));
            DurableRun<Integer> run = runtime.start(flow, "one", 1);
            while (!twice.await(20, TimeUnit.MILLISECONDS)) {
                assertEquals(Optional.empty(), run.await(Duration.ofMillis(20)), "it is repeated");
            }
            store.execute(tx -> tx.run("DELETE FROM filler"));
            assertEquals(Optional.of(new Result.Value<>(1)), run.await(PATIENCE));
            assertEquals(1, KillTest.count(store, "SELECT count(*) FROM filler"));
        }
    }

    @Test
    void aStoreWhoseDiskFailsRefusesByNameAndItsRunsGoOnWhenItIsBack() throws Exception {
        Path file = folder.resolve("bank.db");
        Path away = folder.resolve("away.db");
        KillTest.prepare(file);
        try (Store store = Store.open(file, StoreOptions.defaults())) {
            DurableRuntime runtime = KilledChild.open(store);
            runtime.start(KilledChild.TEN, "before", 1).await();
            Files.move(file, away);
            StoreException failed =
                    assertThrows(
                            StoreException.class, () -> runtime.start(KilledChild.TEN, "after", 1));
            assertEquals(StoreFault.COMMIT_FAILED, failed.fault());
            StoreException stopped =
                    assertThrows(
                            StoreException.class, () -> runtime.start(KilledChild.TEN, "after", 1));
            assertEquals(StoreFault.READ_ONLY, stopped.fault());
            runtime.kill();
            Files.move(away, file);
        }
        try (Store store = Store.open(file, StoreOptions.defaults());
                DurableRuntime runtime = KilledChild.open(store)) {
            assertEquals(RunState.COMPLETED, runtime.find("before").orElseThrow().state());
            DurableRun<Integer> after = runtime.start(KilledChild.TEN, "after", 1);
            assertEquals(Optional.of(new Result.Value<>(2)), after.await(PATIENCE));
        }
    }
}
