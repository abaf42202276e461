package dev.flowir.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreWriteTest {

    @TempDir Path directory;
    private Store store;

    @BeforeEach
    void open() {
        store = Store.open(directory.resolve("app.db"), StoreOptions.defaults());
        store.keepGroupsWhole();
        store.execute(tx -> tx.run("CREATE TABLE t (k TEXT PRIMARY KEY, v INTEGER)"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static void put(WriteTx tx, String key, long value) {
        tx.run("INSERT INTO t VALUES (?, ?)", key, value);
    }

    private List<String> keys() {
        return store.read(tx -> tx.query("SELECT k FROM t ORDER BY k", row -> row.getString(1)));
    }

    private static StoreFault fault(StoreException e) {
        return e.fault();
    }

    /** Holds the writer until released, so that what follows forms one group. */
    private final class Gate {
        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch open = new CountDownLatch(1);
        final CompletableFuture<Boolean> outcome;

        Gate() throws InterruptedException {
            outcome =
                    store.writeAsync(tx -> {
                        entered.countDown();
                        open.await();
                        return true;
                    });
            entered.await();
        }

        void letGo() {
            open.countDown();
            outcome.handle((done, failure) -> true).join();
        }
    }

    @Test
    void aWriteIsReadableOnceAnswered() {
        long rows = store.write(tx -> tx.run("INSERT INTO t VALUES ('a', 1)").rows());
        assertEquals(1, rows);
        assertEquals(List.of("a"), keys());
    }

    @Test
    void aWorksOwnExceptionRollsBackAndReachesTheCaller() {
        IOException own = new IOException("mine");
        IOException seen =
                assertThrows(
                        IOException.class,
                        () ->
                                store.execute(tx -> {
                                    put(tx, "a", 1);
                                    throw own;
                                }));
        assertSame(own, seen);
        assertEquals(List.of(), keys());
    }

    @Test
    void aStackOverflowInWorkEndsThatTransactionOnly() {
        assertThrows(StackOverflowError.class, () -> store.execute(tx -> overflow(1)));
        store.execute(tx -> put(tx, "a", 1));
        assertEquals(List.of("a"), keys());
    }

    private static int overflow(int depth) {
        return depth < 0 ? depth : overflow(depth + 1) + 1;
    }

    @Test
    void aFailingTransactionLeavesItsGroupAlone() throws InterruptedException {
        CompletableFuture<Boolean> before;
        CompletableFuture<Boolean> failing;
        CompletableFuture<Boolean> after;
        Gate gate = new Gate();
        before = store.writeAsync(tx -> tx.run("INSERT INTO t VALUES ('a', 1)").rows() == 1);
        failing =
                store.writeAsync(tx -> {
                    put(tx, "b", 1);
                    put(tx, "a", 2);
                    return true;
                });
        after = store.writeAsync(tx -> tx.run("INSERT INTO t VALUES ('c', 1)").rows() == 1);
        gate.letGo();
        assertTrue(before.join());
        assertTrue(after.join());
        ExecutionException failed = assertThrows(ExecutionException.class, failing::get);
        StoreException cause = assertInstanceOf(StoreException.class, failed.getCause());
        assertEquals(StoreFault.CONSTRAINT, cause.fault());
        assertEquals("SQLITE_CONSTRAINT_PRIMARYKEY", cause.sqliteName().orElseThrow());
        assertTrue(cause.getMessage().contains("UNIQUE constraint failed: t.k"));
        assertEquals(List.of("a", "c"), keys());
    }

    @Test
    void manyTransactionsShareACommit() throws InterruptedException {
        long commits = store.stats().commits();
        List<CompletableFuture<Long>> all = new ArrayList<>();
        Gate gate = new Gate();
        for (int i = 0; i < 100; i++) {
            String key = "k" + i;
            all.add(store.writeAsync(tx -> tx.run("INSERT INTO t VALUES (?, 1)", key).rows()));
        }
        assertEquals(100, store.stats().queued());
        gate.letGo();
        all.forEach(CompletableFuture::join);
        assertEquals(100, keys().size());
        assertTrue(store.stats().commits() - commits < 100, "grouped: " + store.stats());
    }

    @Test
    void aWriteInsideAWriteJoinsIt() {
        assertThrows(
                IllegalStateException.class,
                () ->
                        store.execute(tx -> {
                            put(tx, "outer", 1);
                            store.execute(inner -> put(inner, "inner", 1));
                            assertTrue(store.inTransaction());
                            throw new IllegalStateException("after both");
                        }));
        assertEquals(List.of(), keys());
        assertFalse(store.inTransaction());
    }

    @Test
    void aFailingInnerWriteIsUndoneAlone() {
        store.execute(tx -> {
            put(tx, "outer", 1);
            assertThrows(
                    IllegalStateException.class,
                    () ->
                            store.execute(inner -> {
                                put(inner, "inner", 1);
                                throw new IllegalStateException("inner");
                            }));
            put(tx, "outer2", 1);
        });
        assertEquals(List.of("outer", "outer2"), keys());
    }

    @Test
    void afterAStatementThatRollsBackEverythingNothingCommitsAlone() throws InterruptedException {
        CompletableFuture<Boolean> neighbour;
        CompletableFuture<Boolean> sneaky;
        Gate gate = new Gate();
        neighbour = store.writeAsync(tx -> tx.run("INSERT INTO t VALUES ('a', 1)").rows() == 1);
        sneaky =
                store.writeAsync(tx -> {
                    assertThrows(
                            StoreException.class,
                            () -> tx.run("INSERT OR ROLLBACK INTO t VALUES ('a', 2)"));
                    put(tx, "b", 1); // must not slip through in auto-commit
                    return true;
                });
        gate.letGo();
        CompletionException failed = assertThrows(CompletionException.class, neighbour::join);
        StoreException cause = assertInstanceOf(StoreException.class, failed.getCause());
        assertEquals(StoreFault.GROUP_ROLLED_BACK, cause.fault());
        assertTrue(cause.fault().retryable());
        assertThrows(CompletionException.class, sneaky::join);
        assertEquals(List.of(), keys());
        store.execute(tx -> put(tx, "later", 1));
        assertEquals(List.of("later"), keys());
    }

    @Test
    void hooksRunAfterTheCommitAndBeforeTheAnswer() {
        List<String> seen = new ArrayList<>();
        store.execute(tx -> {
            tx.afterCommit(() -> seen.add("kept"));
            assertThrows(
                    IllegalStateException.class,
                    () ->
                            store.execute(inner -> {
                                inner.afterCommit(() -> seen.add("dropped"));
                                throw new IllegalStateException("inner");
                            }));
        });
        assertEquals(List.of("kept"), seen);
    }

    @Test
    void aHookThatThrowsOrUsesTheStoreHarmsNobody() {
        AtomicReference<StoreException> refused = new AtomicReference<>();
        store.execute(tx -> {
            put(tx, "a", 1);
            tx.afterCommit(() ->
                    refused.set(
                            assertThrows(
                                    StoreException.class,
                                    () -> store.execute(t -> put(t, "b", 1)))));
            tx.afterCommit(() -> {
                throw new IllegalStateException("a hook of a test");
            });
        });
        assertEquals(StoreFault.MISPLACED, fault(refused.get()));
        assertEquals(List.of("a"), keys());
    }

    @Test
    void aHandleIsUselessOutsideItsWork() throws InterruptedException {
        AtomicReference<WriteTx> leaked = new AtomicReference<>();
        store.execute(tx -> {
            leaked.set(tx);
            AtomicReference<StoreException> elsewhere = new AtomicReference<>();
            Thread other =
                    Thread.startVirtualThread(() ->
                            elsewhere.set(
                                    assertThrows(StoreException.class, () -> put(tx, "x", 1))));
            other.join();
            assertEquals(StoreFault.MISPLACED, fault(elsewhere.get()));
        });
        StoreException late = assertThrows(StoreException.class, () -> put(leaked.get(), "y", 1));
        assertEquals(StoreFault.MISPLACED, fault(late));
        assertEquals(List.of(), keys());
    }

    @Test
    void anotherStoreInsideATransactionIsRefused() {
        try (Store other = Store.inMemory(StoreOptions.defaults())) {
            StoreException refused =
                    assertThrows(
                            StoreException.class,
                            () -> store.execute(tx -> other.execute(t -> t.run("SELECT 1"))));
            assertEquals(StoreFault.MISPLACED, fault(refused));
            assertTrue(refused.getMessage().contains("one transaction has one store"));
        }
    }

    @Test
    void aDeferredConstraintFailsOnlyWhoBreaksIt() throws InterruptedException {
        store.execute(tx ->
                tx.run(
                        "CREATE TABLE child (k TEXT REFERENCES t(k)"
                                + " DEFERRABLE INITIALLY DEFERRED)"));
        Gate gate = new Gate();
        CompletableFuture<Long> before = insert("INSERT INTO t VALUES ('a', 1)");
        CompletableFuture<Long> breaking = insert("INSERT INTO child VALUES ('nobody')");
        CompletableFuture<Long> after = insert("INSERT INTO child VALUES ('a')");
        gate.letGo();
        assertEquals(1, before.join());
        assertEquals(1, after.join());
        CompletionException failed = assertThrows(CompletionException.class, breaking::join);
        assertEquals(
                StoreFault.CONSTRAINT,
                fault(assertInstanceOf(StoreException.class, failed.getCause())));
    }

    private CompletableFuture<Long> insert(String sql) {
        return store.writeAsync(tx -> tx.run(sql).rows());
    }

    @Test
    void onAFullQueueWritersAreRefusedAndOffersAnswerFull() throws InterruptedException {
        store.close();
        store =
                Store.open(
                        directory.resolve("small.db"),
                        StoreOptions.defaults().withWriteBounds(1, 1, Duration.ZERO));
        Gate gate = new Gate();
        assertInstanceOf(Offer.Accepted.class, store.offer(tx -> true));
        Offer.Full<?> full = assertInstanceOf(Offer.Full.class, store.offer(tx -> true));
        assertEquals(1, full.bound());
        StoreException refused =
                assertThrows(StoreException.class, () -> store.execute(tx -> tx.nowMillis()));
        assertEquals(StoreFault.FULL, fault(refused));
        assertTrue(refused.fault().retryable());
        ExecutionException async =
                assertThrows(ExecutionException.class, () -> store.writeAsync(t -> 1).get());
        assertInstanceOf(StoreException.class, async.getCause());
        assertEquals(3, store.stats().refused());
        gate.letGo();
    }

    @Test
    void whatHangsOnAnAsyncOutcomeMayUseTheStore() {
        long rows =
                store.writeAsync(tx -> tx.run("INSERT INTO t VALUES ('a', 1)").rows())
                        .thenApply(one -> one + store.write(tx -> tx.run("DELETE FROM t").rows()))
                        .join();
        assertEquals(2, rows);
    }

    @Test
    void anInterruptedWaiterIsWithdrawn() throws InterruptedException {
        AtomicReference<StoreException> refused = new AtomicReference<>();
        AtomicReference<Boolean> flag = new AtomicReference<>();
        Gate gate = new Gate();
        CountDownLatch started = new CountDownLatch(1);
        Thread caller =
                Thread.startVirtualThread(() -> {
                    started.countDown();
                    refused.set(
                            assertThrows(
                                    StoreException.class,
                                    () -> store.execute(tx -> put(tx, "late", 1))));
                    flag.set(Thread.currentThread().isInterrupted());
                });
        started.await();
        caller.interrupt();
        caller.join();
        gate.letGo();
        assertEquals(StoreFault.WITHDRAWN, fault(refused.get()));
        assertTrue(flag.get());
        assertEquals(List.of(), keys());
    }

    @Test
    void anInterruptWhileRunningEndsInADefiniteAnswer() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        AtomicReference<StoreException> refused = new AtomicReference<>();
        Thread caller =
                Thread.startVirtualThread(() ->
                        refused.set(
                                assertThrows(
                                        StoreException.class,
                                        () ->
                                                store.execute(tx -> {
                                                    put(tx, "a", 1);
                                                    running.countDown();
                                                    interrupted.await();
                                                    while (true) {
                                                        put(tx, "b", 1);
                                                        tx.run("DELETE FROM t");
                                                    }
                                                }))));
        running.await();
        caller.interrupt();
        interrupted.countDown();
        caller.join();
        assertEquals(StoreFault.WITHDRAWN, fault(refused.get()));
        assertEquals(List.of(), keys());
    }

    @Test
    void aStatementThatRunsTooLongIsStoppedAndNothingIsWritten() {
        StoreException late =
                assertThrows(
                        StoreException.class,
                        () ->
                                store.write(
                                        tx ->
                                                tx.run(
                                                        "INSERT INTO t WITH RECURSIVE n(i) AS"
                                                                + " (SELECT 1 UNION ALL SELECT i + 1"
                                                                + " FROM n) SELECT i, i FROM n"),
                                        Duration.ofMillis(30)));
        assertEquals(StoreFault.TIMED_OUT, fault(late));
        assertEquals(List.of(), keys());
        store.execute(tx -> put(tx, "a", 1));
    }

    @Test
    void afterClosingEverythingIsRefusedByName() {
        store.close();
        store.close();
        assertEquals(
                StoreFault.CLOSED,
                fault(assertThrows(StoreException.class, () -> store.write(tx -> 1))));
        assertEquals(
                StoreFault.CLOSED,
                fault(assertThrows(StoreException.class, () -> store.read(tx -> 1))));
        assertInstanceOf(Offer.Closed.class, store.offer(tx -> 1));
        assertInstanceOf(StoreHealth.Closed.class, store.health());
    }

    @Test
    void whatWasQueuedBeforeClosingIsWritten() throws InterruptedException {
        List<CompletableFuture<Long>> all = new ArrayList<>();
        Gate gate = new Gate();
        for (int i = 0; i < 20; i++) {
            String key = "k" + i;
            all.add(store.writeAsync(tx -> tx.run("INSERT INTO t VALUES (?, 1)", key).rows()));
        }
        Thread closing = Thread.startVirtualThread(store::close);
        gate.letGo();
        closing.join();
        all.forEach(one -> assertEquals(1, one.join()));
        Store again = Store.open(directory.resolve("app.db"), StoreOptions.defaults());
        assertNotSame(store, again);
        store = again;
        assertEquals(20, keys().size());
    }
}
