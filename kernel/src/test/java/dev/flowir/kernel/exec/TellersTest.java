package dev.flowir.kernel.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who tells of timers may run bodies, and keeps no timer waiting by that. */
class TellersTest {

    private static final long SHORT = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long LONG = TimeUnit.HOURS.toNanos(1);

    private final Timeouts timeouts = new Timeouts();
    private final CountDownLatch over = new CountDownLatch(1);

    @AfterEach
    void close() {
        over.countDown();
        timeouts.close();
    }

    private void arm(long fromNanos, Runnable task) {
        assertNotNull(timeouts.arm(fromNanos, SHORT, task));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(30, TimeUnit.SECONDS));
        } catch (InterruptedException nobodyDoesThat) {
            throw new IllegalStateException(nobodyDoesThat);
        }
    }

    private static <T> T next(BlockingQueue<T> told) throws InterruptedException {
        T next = told.poll(30, TimeUnit.SECONDS);
        assertNotNull(next);
        return next;
    }

    /** A timer that is told of in time: on a busy machine one of many. */
    private void inTime(Runnable then) throws InterruptedException {
        BlockingQueue<Boolean> told = new LinkedBlockingQueue<>();
        do {
            arm(
                    System.nanoTime(),
                    () -> {
                        boolean may = timeouts.mayRunBodies();
                        told.add(may);
                        if (may) {
                            then.run();
                        }
                    });
        } while (!next(told));
    }

    @Test
    void bodiesMayRunWhereATimerIsToldInTimeAndOnceForIt() throws InterruptedException {
        BlockingQueue<Boolean> again = new LinkedBlockingQueue<>();
        inTime(() -> again.add(timeouts.mayRunBodies()));
        assertFalse(next(again));
    }

    @Test
    void nobodyElseMayRunThemThere() throws InterruptedException {
        assertFalse(timeouts.mayRunBodies());
        CountDownLatch asked = new CountDownLatch(1);
        inTime(() -> await(asked));
        assertFalse(timeouts.mayRunBodies());
        asked.countDown();
    }

    @Test
    void whatIsLateIsLeftToOthers() throws InterruptedException {
        BlockingQueue<Boolean> told = new LinkedBlockingQueue<>();
        long late = System.nanoTime() - SHORT - Tellers.LATE_NANOS;
        arm(late, () -> told.add(timeouts.mayRunBodies()));
        assertFalse(next(told));
    }

    @Test
    void aTimerWaitsForNoBody() throws InterruptedException {
        inTime(() -> await(over));
        CountDownLatch fired = new CountDownLatch(1);
        arm(System.nanoTime(), fired::countDown);
        await(fired);
    }

    @Test
    void aTimerOfAnotherLengthWaitsForNoBodyEither() throws InterruptedException {
        CountDownLatch fired = new CountDownLatch(1);
        assertNotNull(timeouts.arm(System.nanoTime(), LONG, () -> {}));
        inTime(() -> await(over));
        assertNotNull(timeouts.arm(System.nanoTime(), 3 * SHORT, fired::countDown));
        await(fired);
    }

    @Test
    void asManyBodiesAsAreKeptAreFollowedByNone() throws InterruptedException {
        Set<Thread> kept = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < 2; i++) {
            CountDownLatch begun = new CountDownLatch(1);
            inTime(() -> {
                kept.add(Thread.currentThread());
                begun.countDown();
                await(over);
            });
            await(begun);
            // the next is told by another thread, which has taken over by then
            BlockingQueue<Thread> by = new LinkedBlockingQueue<>();
            arm(System.nanoTime(), () -> by.add(Thread.currentThread()));
            assertFalse(kept.contains(next(by)));
        }
        assertEquals(2, kept.size());
        BlockingQueue<Boolean> told = new LinkedBlockingQueue<>();
        for (int i = 0; i < 20; i++) {
            arm(System.nanoTime(), () -> told.add(timeouts.mayRunBodies()));
            assertFalse(next(told));
        }
    }

    @Test
    void aThreadThatWasKeptIsOfUseAgain() throws InterruptedException {
        List<CountDownLatch> ends = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            CountDownLatch end = new CountDownLatch(1);
            ends.add(end);
            inTime(() -> await(end));
        }
        BlockingQueue<Thread> by = new LinkedBlockingQueue<>();
        arm(System.nanoTime(), () -> by.add(Thread.currentThread()));
        Thread leads = next(by);
        ends.forEach(CountDownLatch::countDown);
        // with both back bodies may run there again, so that it can be kept in its turn
        inTime(() -> await(over));
        arm(System.nanoTime(), () -> by.add(Thread.currentThread()));
        Thread follows = next(by);
        arm(System.nanoTime(), () -> by.add(Thread.currentThread()));
        assertSame(follows, next(by));
        assertFalse(leads.equals(follows));
    }

    @Test
    void afterALongSilenceATimerStillWaitsForNoBody() throws InterruptedException {
        inTime(() -> {});
        // the second sleeps some tenths of a second after the last: longer than that
        CountDownLatch later = new CountDownLatch(1);
        assertNotNull(timeouts.arm(System.nanoTime(), 300 * SHORT, later::countDown));
        await(later);
        inTime(() -> await(over));
        CountDownLatch fired = new CountDownLatch(1);
        arm(System.nanoTime(), fired::countDown);
        await(fired);
    }
}
