package dev.flowir.kernel.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.kernel.host.TimeSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimeoutsTest {

    private static final long SHORT = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LONG = TimeUnit.HOURS.toNanos(1);

    private final Timeouts timeouts = new Timeouts();

    @AfterEach
    void close() {
        timeouts.close();
    }

    private TimeSource.Timer arm(long lengthNanos, Runnable task) {
        TimeSource.Timer timer = timeouts.arm(System.nanoTime(), lengthNanos, task);
        assertNotNull(timer);
        return timer;
    }

    @Test
    void timersOfOneLengthFireInTheOrderInWhichTheyWereArmed() throws InterruptedException {
        List<Integer> fired = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch all = new CountDownLatch(100);
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int number = i;
            expected.add(i);
            arm(
                    SHORT,
                    () -> {
                        fired.add(number);
                        all.countDown();
                    });
        }
        all.await();
        assertEquals(expected, fired);
    }

    @Test
    void neverEarly() throws InterruptedException {
        long armed = System.nanoTime();
        CountDownLatch fired = new CountDownLatch(1);
        ConcurrentLinkedQueue<Long> when = new ConcurrentLinkedQueue<>();
        timeouts.arm(
                armed,
                SHORT,
                () -> {
                    when.add(System.nanoTime() - armed);
                    fired.countDown();
                });
        fired.await();
        assertTrue(when.remove() >= SHORT);
    }

    @Test
    void aShorterOneIsNotKeptByALongerOne() throws InterruptedException {
        CountDownLatch fired = new CountDownLatch(1);
        arm(LONG, () -> {});
        arm(LONG / 2, () -> {});
        arm(SHORT, fired::countDown);
        fired.await();
    }

    @Test
    void whatIsCancelledDoesNotFireWhereverItStands() throws InterruptedException {
        AtomicInteger wrong = new AtomicInteger();
        List<TimeSource.Timer> cancelled = new ArrayList<>();
        CountDownLatch right = new CountDownLatch(10);
        for (int i = 0; i < 30; i++) {
            if (i % 3 == 1) {
                arm(50 * SHORT, right::countDown);
            } else {
                cancelled.add(arm(50 * SHORT, wrong::incrementAndGet));
            }
        }
        Collections.reverse(cancelled);
        cancelled.forEach(TimeSource.Timer::cancel);
        cancelled.forEach(TimeSource.Timer::cancel); // the second time does nothing
        right.await();
        assertEquals(0, wrong.get());
    }

    @Test
    void cancellingWhatFiredDoesNothing() throws InterruptedException {
        CountDownLatch fired = new CountDownLatch(1);
        TimeSource.Timer timer = arm(SHORT, fired::countDown);
        fired.await();
        timer.cancel();
        CountDownLatch next = new CountDownLatch(1);
        arm(SHORT, next::countDown);
        next.await();
    }

    @Test
    void tooManyLengthsAreLeftToTheCaller() {
        for (int i = 0; i < Timeouts.LENGTHS; i++) {
            arm(LONG + i, () -> {});
        }
        assertNull(timeouts.arm(System.nanoTime(), LONG + Timeouts.LENGTHS, () -> {}));
        assertNotNull(timeouts.arm(System.nanoTime(), LONG, () -> {}));
    }

    @Test
    void manyThreadsArmAndCancel() throws InterruptedException {
        AtomicInteger wrong = new AtomicInteger();
        CountDownLatch right = new CountDownLatch(400);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            threads.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                for (int i = 0; i < 10_000; i++) {
                                    if (i % 100 == 0) {
                                        arm(SHORT, right::countDown);
                                    }
                                    arm(LONG, wrong::incrementAndGet).cancel();
                                }
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        right.await();
        assertEquals(0, wrong.get());
    }

    @Test
    void theClockKeepsOddLengthsToo() throws InterruptedException {
        try (SystemTime time = new SystemTime()) {
            CountDownLatch all = new CountDownLatch(3 * Timeouts.LENGTHS);
            for (int i = 0; i < 3 * Timeouts.LENGTHS; i++) {
                time.arm(time.nanos(), SHORT + i, all::countDown);
            }
            all.await();
        }
    }
}
