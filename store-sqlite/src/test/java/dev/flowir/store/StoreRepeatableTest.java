package dev.flowir.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Work that may run again, and so shares a savepoint with its neighbours. */
class StoreRepeatableTest {

    @TempDir Path directory;
    private Store store;
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    @BeforeEach
    void open() throws InterruptedException {
        store = Store.open(directory.resolve("app.db"), StoreOptions.defaults());
        store.keepGroupsWhole();
        store.execute(tx -> tx.run("CREATE TABLE t (k TEXT PRIMARY KEY, v INTEGER)"));
        // Holds the writer, so that what follows forms one group.
        store.writeAsync(
                        tx -> {
                            entered.countDown();
                            open.await();
                            return true;
                        })
                .exceptionally(failure -> false);
        entered.await();
    }

    @AfterEach
    void close() {
        open.countDown();
        store.close();
    }

    private static <T> WriteWork<T, RuntimeException> putting(String key, int value, T answer) {
        return tx -> {
            tx.run("INSERT INTO t VALUES (?, ?)", key, value);
            return answer;
        };
    }

    private List<String> keys() {
        return store.read(tx -> tx.query("SELECT k FROM t ORDER BY k", row -> row.getString(1)));
    }

    /** Has its place in the queue when this returns. */
    private <T> CompletableFuture<T> repeatable(WriteWork<T, RuntimeException> work) {
        int before = store.stats().queued();
        CompletableFuture<T> answer =
                CompletableFuture.supplyAsync(
                        () -> store.writeRepeatable(work), Thread::startVirtualThread);
        while (store.stats().queued() == before) {
            Thread.onSpinWait();
        }
        return answer;
    }

    private static StoreFault fault(CompletableFuture<?> failing) {
        CompletionException failed = assertThrows(CompletionException.class, failing::join);
        return assertInstanceOf(StoreException.class, failed.getCause()).fault();
    }

    @Test
    void neighboursRunOnceAndShareACommit() {
        long commits = store.stats().commits();
        AtomicInteger runs = new AtomicInteger();
        List<CompletableFuture<Integer>> all =
                List.of(
                        repeatable(tx -> runs.incrementAndGet()),
                        repeatable(tx -> runs.incrementAndGet()),
                        repeatable(putting("a", 1, 7)));
        open.countDown();
        assertEquals(List.of(1, 2, 7), all.stream().map(CompletableFuture::join).toList());
        assertEquals(2, runs.get());
        assertTrue(store.stats().commits() - commits <= 2, "what held the writer, and all of them");
        assertEquals(List.of("a"), keys());
    }

    @Test
    void whenOneFailsTheOthersRunAgainByThemselves() {
        AtomicInteger runs = new AtomicInteger();
        CompletableFuture<Integer> before =
                repeatable(tx -> {
                    tx.run("INSERT INTO t VALUES ('a', 1)");
                    return runs.incrementAndGet();
                });
        CompletableFuture<Boolean> failing =
                repeatable(tx -> {
                    tx.run("INSERT INTO t VALUES ('b', 1)");
                    tx.run("INSERT INTO t VALUES ('a', 2)");
                    return true;
                });
        CompletableFuture<Boolean> after = repeatable(putting("c", 1, true));
        open.countDown();
        assertEquals(2, before.join(), "its last run counts");
        assertEquals(StoreFault.CONSTRAINT, fault(failing));
        assertEquals(true, after.join());
        assertEquals(List.of("a", "c"), keys());
        assertEquals(1, valueOf("a"));
    }

    @Test
    void oneThatIsOfferedSharesToo() {
        AtomicInteger runs = new AtomicInteger();
        Offer<Integer> offer = store.offerRepeatable(tx -> runs.incrementAndGet());
        if (!(offer instanceof Offer.Accepted<Integer>(CompletableFuture<Integer> offered))) {
            throw new AssertionError("there is room: " + offer);
        }
        CompletableFuture<Boolean> failing =
                repeatable(tx -> {
                    throw new IllegalStateException("of a test");
                });
        open.countDown();
        assertEquals(2, offered.join(), "its last run counts");
        assertThrows(CompletionException.class, failing::join);
    }

    private int valueOf(String key) {
        return store.read(tx ->
                tx.first("SELECT v FROM t WHERE k = ?", row -> row.getInt(1), key).orElseThrow());
    }

    @Test
    void whatTheFirstRunAskedAfterItsCommitIsForgotten() {
        AtomicInteger told = new AtomicInteger();
        CompletableFuture<Boolean> telling =
                repeatable(tx -> {
                    tx.afterCommit(told::incrementAndGet);
                    return true;
                });
        CompletableFuture<Boolean> failing =
                repeatable(tx -> {
                    throw new IllegalStateException("of a test");
                });
        open.countDown();
        assertEquals(true, telling.join());
        CompletionException failed = assertThrows(CompletionException.class, failing::join);
        assertInstanceOf(IllegalStateException.class, failed.getCause());
        assertEquals(1, told.get());
    }

    @Test
    void oneThatFailsLeavesThoseAloneThatDoNotShare() {
        CompletableFuture<Boolean> alone = store.writeAsync(putting("a", 1, true));
        CompletableFuture<Boolean> shared = repeatable(putting("b", 1, true));
        CompletableFuture<Boolean> between = store.writeAsync(putting("c", 1, true));
        CompletableFuture<Boolean> failing = repeatable(putting("b", 2, true));
        CompletableFuture<Boolean> wrong = store.writeAsync(putting("c", 2, true));
        open.countDown();
        assertEquals(true, alone.join() && shared.join() && between.join());
        assertEquals(StoreFault.CONSTRAINT, fault(failing));
        assertEquals(StoreFault.CONSTRAINT, fault(wrong));
        assertEquals(List.of("a", "b", "c"), keys());
    }

    @Test
    void afterAStatementThatRollsBackEverythingNothingCommitsAlone() {
        CompletableFuture<Boolean> alone = store.writeAsync(putting("x", 1, true));
        CompletableFuture<Boolean> shared = repeatable(putting("a", 1, true));
        CompletableFuture<Boolean> sneaky =
                repeatable(tx -> {
                    assertThrows(
                            StoreException.class,
                            () -> tx.run("INSERT OR ROLLBACK INTO t VALUES ('a', 2)"));
                    tx.run("INSERT INTO t VALUES ('b', 1)"); // must not slip through
                    return true;
                });
        open.countDown();
        assertEquals(StoreFault.GROUP_ROLLED_BACK, fault(alone));
        assertEquals(StoreFault.GROUP_ROLLED_BACK, fault(shared));
        assertThrows(CompletionException.class, sneaky::join);
        assertEquals(List.of(), keys());
        store.writeRepeatable(putting("later", 1, true));
        assertEquals(List.of("later"), keys());
    }

    @Test
    void oneThatEndsTheGroupWhileTheyRunAgainEndsItForThoseAfterIt() {
        AtomicInteger runs = new AtomicInteger();
        CompletableFuture<Boolean> first = repeatable(putting("a", 1, true));
        CompletableFuture<Boolean> sneaky =
                repeatable(tx -> {
                    if (runs.incrementAndGet() == 2) {
                        tx.run("INSERT OR ROLLBACK INTO t VALUES ('a', 2)");
                    }
                    return true;
                });
        CompletableFuture<Boolean> failing =
                repeatable(tx -> {
                    throw new IllegalStateException("of a test");
                });
        open.countDown();
        assertEquals(StoreFault.GROUP_ROLLED_BACK, fault(first));
        assertEquals(StoreFault.CONSTRAINT, fault(sneaky));
        assertEquals(StoreFault.GROUP_ROLLED_BACK, fault(failing));
        assertEquals(List.of(), keys());
    }

    @Test
    void insideAWriteItJoins() {
        open.countDown();
        assertThrows(
                IllegalStateException.class,
                () ->
                        store.execute(tx -> {
                            store.writeRepeatable(putting("a", 1, true));
                            throw new IllegalStateException("of a test");
                        }));
        assertEquals(List.of(), keys());
    }
}
