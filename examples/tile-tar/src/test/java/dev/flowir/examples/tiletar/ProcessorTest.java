package dev.flowir.examples.tiletar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Processor time: told beside wall time, bounded for an archive as a whole. */
class ProcessorTest {

    private static final long MILLI = 1_000_000;

    /** Uses the processor of this thread for so long, however often it is taken away. */
    private static void burn(long nanos) {
        long end = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() + nanos;
        while (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() < end
                && !Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void r2_09_theNumbersAreThoseOfThePlatform() {
        assertEquals(Duration.ofMillis(10), Profile.FREE.processor());
        assertEquals(Duration.ofSeconds(30), Profile.PAID.processor());
        assertEquals(Duration.ofMinutes(5), Profile.PAID_MOST.processor());
        assertEquals(128L << 20, Profile.FREE.memoryBytes());
    }

    @Test
    void r2_09_workWithinTheBudgetIsDoneAndBeyondItIsNot() throws Exception {
        try (Processor processor = new Processor(1)) {
            Account within = new Account(Duration.ofSeconds(30));
            assertEquals("done", processor.spend(within, "pack", () -> "done"));
            Account beyond = new Account(Profile.FREE.processor());
            LimitException stopped =
                    assertThrows(
                            LimitException.class,
                            () ->
                                    processor.spend(
                                            beyond,
                                            "pack",
                                            () -> {
                                                burn(60_000 * MILLI);
                                                return "never";
                                            }));
            assertTrue(
                    String.valueOf(stopped.getMessage()).startsWith("RUN051: 'pack'"),
                    stopped::getMessage);
        }
    }

    @Test
    void r2_10_processorTimeAndWallTimeAreTold() throws Exception {
        try (Processor processor = new Processor(1)) {
            Account account = new Account(Duration.ofSeconds(30));
            CountDownLatch never = new CountDownLatch(1);
            long before = System.nanoTime();
            processor.spend(
                    account,
                    "fetch",
                    () -> never.await(200, java.util.concurrent.TimeUnit.MILLISECONDS));
            long wall = System.nanoTime() - before;
            processor.spend(
                    account,
                    "pack",
                    () -> {
                        burn(5 * MILLI);
                        return true;
                    });
            Use waited = account.uses().getOrDefault("fetch", Use.NONE);
            Use computed = account.uses().getOrDefault("pack", Use.NONE);
            assertTrue(waited.wallNanos() >= 200 * MILLI && waited.wallNanos() <= wall);
            assertTrue(waited.processorNanos() < waited.wallNanos() / 2, waited::toString);
            assertTrue(computed.processorNanos() >= 5 * MILLI, computed::toString);
            assertEquals(1, computed.calls());
        }
    }

    @Test
    void r2_11_aBudgetCountsOverYields() throws Exception {
        try (Processor processor = new Processor(1)) {
            Account account = new Account(Profile.DISPROVED.processor());
            AtomicInteger calls = new AtomicInteger();
            LimitException stopped =
                    assertThrows(
                            LimitException.class,
                            () -> {
                                while (calls.get() < 1000) {
                                    processor.spend(
                                            account,
                                            "pack",
                                            () -> {
                                                burn(5 * MILLI);
                                                return calls.incrementAndGet();
                                            });
                                    LockSupport.parkNanos(MILLI);
                                }
                            });
            assertTrue(calls.get() <= 10, () -> calls + " calls of 5 ms within 50 ms");
            assertTrue(
                    String.valueOf(stopped.getMessage()).contains("to yield between calls"),
                    stopped::getMessage);
        }
    }

    @Test
    void r2_14_theFirstAttemptIsStoppedAndSaysWhy() throws Exception {
        // The first window alone costs more than there is, so that nobody else can be the one.
        Synthetic tiles = new Synthetic(177, 1024, number -> burn(4 * MILLI));
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (Parts parts = new Parts(tiles, Settings.Bounds.USUAL.with(Profile.DISPROVED))) {
            ArchiveException stopped =
                    assertThrows(
                            ArchiveException.class,
                            () ->
                                    parts.archiver.send(
                                            tiles.manifest(), 0, archive::write, Progress.IGNORED));
            String why = stopped.failure().message();
            assertTrue(why.contains("RUN051: 'fetch' is in its call "), why);
            assertTrue(why.contains("the profile gives 50 ms"), why);
            assertTrue(why.contains("waiting does not count"), why);
        }
        assertTrue(archive.size() < tiles.manifest().bytes());
    }

    @Test
    void workThatFailsFailsForWhoAskedForIt() {
        try (Processor processor = new Processor(1)) {
            Account account = new Account(Duration.ofSeconds(30));
            assertEquals(
                    "no",
                    assertThrows(
                                    java.io.IOException.class,
                                    () ->
                                            processor.spend(
                                                    account,
                                                    "pack",
                                                    () -> {
                                                        throw new java.io.IOException("no");
                                                    }))
                            .getMessage());
            assertThrows(
                    StackOverflowError.class,
                    () ->
                            processor.spend(
                                    account,
                                    "pack",
                                    () -> {
                                        throw new StackOverflowError();
                                    }));
        }
    }

    @Test
    void whoIsInterruptedStopsItsWork() throws Exception {
        try (Processor processor = new Processor(1)) {
            Account account = new Account(Duration.ofSeconds(30));
            CountDownLatch working = new CountDownLatch(1);
            CountDownLatch stopped = new CountDownLatch(1);
            AtomicBoolean told = new AtomicBoolean();
            Thread caller =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    processor.spend(
                                            account,
                                            "pack",
                                            () -> {
                                                working.countDown();
                                                try {
                                                    new CountDownLatch(1).await();
                                                } finally {
                                                    stopped.countDown();
                                                }
                                                return true;
                                            });
                                } catch (InterruptedException expected) {
                                    told.set(true);
                                } catch (Exception other) {
                                    throw new AssertionError(other);
                                }
                            });
            working.await();
            caller.interrupt();
            stopped.await();
            caller.join();
            assertTrue(told.get());
        }
    }
}
