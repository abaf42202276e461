package dev.flowir.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreReadTest {

    private static final String ENDLESS =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
                    + " SELECT count(*) FROM n";

    @TempDir Path directory;

    private Store open(boolean file, StoreOptions options) {
        Store store =
                file ? Store.open(directory.resolve("app.db"), options) : Store.inMemory(options);
        store.execute(tx -> tx.run("CREATE TABLE t (v INTEGER)"));
        return store;
    }

    private static long count(ReadTx tx) {
        return tx.first("SELECT count(*) FROM t", row -> row.getLong(1)).orElseThrow();
    }

    private static long countIn(Store store) {
        return store.read(StoreReadTest::count);
    }

    @Test
    void aReadKeepsItsSnapshot() throws InterruptedException {
        try (Store store = open(true, StoreOptions.defaults())) {
            CountDownLatch first = new CountDownLatch(1);
            CountDownLatch written = new CountDownLatch(1);
            CompletableFuture<List<Long>> counts =
                    CompletableFuture.supplyAsync(() ->
                            store.read(tx -> {
                                long before = count(tx);
                                first.countDown();
                                awaitQuietly(written);
                                return List.of(before, count(tx));
                            }));
            first.await();
            store.execute(tx -> tx.run("INSERT INTO t VALUES (1)"));
            written.countDown();
            assertEquals(List.of(0L, 0L), counts.join());
            assertEquals(1, countIn(store));
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void insideAWriteAReadSeesItsWrites(boolean file) {
        try (Store store = open(file, StoreOptions.defaults())) {
            long seen =
                    store.write(tx -> {
                        tx.run("INSERT INTO t VALUES (1)");
                        return store.read(StoreReadTest::count);
                    });
            assertEquals(1, seen);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aReadCannotWrite(boolean file) {
        try (Store store = open(file, StoreOptions.defaults())) {
            String sneaky = "INSERT INTO t VALUES (1) RETURNING v";
            assertThrows(
                    StoreException.class,
                    () -> store.read(tx -> tx.query(sneaky, row -> row.getLong(1))));
            assertThrows(
                    StoreException.class,
                    () ->
                            store.write(
                                    tx -> store.read(r -> r.query(sneaky, row -> row.getLong(1)))));
            StoreException nested =
                    assertThrows(
                            StoreException.class,
                            () ->
                                    store.read(r ->
                                            store.write(tx ->
                                                    tx.run("INSERT INTO t VALUES" + " (1)"))));
            assertEquals(StoreFault.MISPLACED, nested.fault(), nested.getMessage());
            assertEquals(0, countIn(store));
            store.execute(tx -> tx.run("INSERT INTO t VALUES (1)"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsNest(boolean file) {
        StoreOptions one = StoreOptions.defaults().withReadBounds(1, 1);
        try (Store store = open(file, one)) {
            long nested = store.read(outer -> countIn(store));
            assertEquals(0, nested);
        }
    }

    @Test
    void beyondTheBoundReadsAreRefused() throws InterruptedException {
        try (Store store = open(true, StoreOptions.defaults().withReadBounds(1, 1))) {
            CountDownLatch running = new CountDownLatch(1);
            CountDownLatch done = new CountDownLatch(1);
            Thread reader =
                    Thread.startVirtualThread(() ->
                            store.read(tx -> {
                                running.countDown();
                                awaitQuietly(done);
                                return 1;
                            }));
            running.await();
            CompletableFuture<Long> second = CompletableFuture.supplyAsync(() -> countIn(store));
            CompletableFuture<Long> third = CompletableFuture.supplyAsync(() -> countIn(store));
            CompletionException refused =
                    assertThrows(
                            CompletionException.class,
                            () -> CompletableFuture.anyOf(second, third).join());
            StoreException full = assertInstanceOf(StoreException.class, refused.getCause());
            assertEquals(StoreFault.FULL, full.fault());
            done.countDown();
            reader.join();
            CompletableFuture<Long> queued = second.isCompletedExceptionally() ? third : second;
            assertEquals(0, queued.join());
        }
    }

    @Test
    void aWithdrawnReadGivesItsPlaceFree() throws InterruptedException {
        try (Store store = open(true, StoreOptions.defaults().withReadBounds(1, 1))) {
            CountDownLatch running = new CountDownLatch(1);
            CountDownLatch done = new CountDownLatch(1);
            Thread reader =
                    Thread.startVirtualThread(() ->
                            store.read(tx -> {
                                running.countDown();
                                awaitQuietly(done);
                                return 1;
                            }));
            running.await();
            for (int i = 0; i < 3; i++) {
                StoreException late =
                        assertThrows(
                                StoreException.class,
                                () -> store.read(StoreReadTest::count, Duration.ofMillis(5)));
                assertEquals(StoreFault.TIMED_OUT, late.fault());
            }
            done.countDown();
            reader.join();
        }
    }

    @Test
    void aReadThatTakesTooLongIsStopped() {
        try (Store store = open(true, StoreOptions.defaults().withReadBounds(1, 8))) {
            StoreException late =
                    assertThrows(
                            StoreException.class,
                            () ->
                                    store.read(
                                            tx -> tx.first(ENDLESS, row -> row.getLong(1)),
                                            Duration.ofMillis(30)));
            assertEquals(StoreFault.TIMED_OUT, late.fault());
            assertEquals(0, countIn(store));
        }
    }

    @Test
    void anInterruptedReaderIsFreeAtOnce() throws InterruptedException {
        try (Store store = open(true, StoreOptions.defaults().withReadBounds(1, 8))) {
            CountDownLatch running = new CountDownLatch(1);
            AtomicReference<StoreException> refused = new AtomicReference<>();
            Thread caller =
                    Thread.startVirtualThread(() ->
                            refused.set(
                                    assertThrows(
                                            StoreException.class,
                                            () ->
                                                    store.read(tx -> {
                                                        running.countDown();
                                                        return tx.first(ENDLESS, r -> r.getLong(1));
                                                    }))));
            running.await();
            caller.interrupt();
            caller.join();
            assertEquals(StoreFault.WITHDRAWN, refused.get().fault());
            assertEquals(0, countIn(store));
        }
    }

    @Test
    void closingWhileReadingCancelsTheReadAndDoesNotCrash() throws InterruptedException {
        for (int round = 0; round < 10; round++) {
            Store store =
                    Store.open(
                            directory.resolve("round" + round + ".db"),
                            StoreOptions.defaults().withCloseWait(Duration.ofMillis(5)));
            CountDownLatch running = new CountDownLatch(3);
            List<CompletableFuture<Long>> reads =
                    List.of(
                            endless(store, running),
                            endless(store, running),
                            endless(store, running));
            running.await();
            store.close();
            for (CompletableFuture<Long> read : reads) {
                CompletionException ended = assertThrows(CompletionException.class, read::join);
                StoreException cause = (StoreException) ended.getCause();
                assertEquals(StoreFault.CLOSED, cause.fault());
            }
        }
    }

    private static CompletableFuture<Long> endless(Store store, CountDownLatch running) {
        return CompletableFuture.supplyAsync(
                () ->
                        store.read(tx -> {
                            running.countDown();
                            return tx.first(ENDLESS, row -> row.getLong(1)).orElseThrow();
                        }),
                Thread::startVirtualThread);
    }

    @Test
    void theClockIsTheOneGiven() {
        InstantSource fixed = InstantSource.fixed(Instant.ofEpochMilli(42));
        try (Store store = open(true, StoreOptions.defaults().withClock(fixed))) {
            long writing = store.write(tx -> tx.nowMillis());
            long reading = store.read(tx -> tx.nowMillis());
            assertEquals(List.of(42L, 42L), List.of(writing, reading));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void manyVirtualThreadsReadAndWriteWithoutLosingAnything(boolean file) throws Exception {
        try (Store store = open(file, StoreOptions.defaults())) {
            store.execute(tx -> tx.run("INSERT INTO t VALUES (0)"));
            int callers = 200;
            int rounds = 20;
            List<Future<Boolean>> ends = new ArrayList<>();
            try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < callers; i++) {
                    ends.add(
                            pool.submit(() -> {
                                for (int round = 0; round < rounds; round++) {
                                    long mine =
                                            store.write(tx -> {
                                                tx.run("UPDATE t SET v = v + 1");
                                                return sum(tx);
                                            });
                                    assertTrue(store.read(StoreReadTest::sum) >= mine);
                                }
                                return true;
                            }));
                }
            }
            for (Future<Boolean> end : ends) {
                assertTrue(end.get());
            }
            long total = store.read(StoreReadTest::sum);
            assertEquals((long) callers * rounds, total);
            assertEquals(0, store.stats().failed());
        }
    }

    private static long sum(ReadTx tx) {
        return tx.first("SELECT sum(v) FROM t", row -> row.getLong(1)).orElseThrow();
    }
}
