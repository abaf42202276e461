package dev.flowir.kernel.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LimitColumnsTest {

    private static final long SHORT = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LONG = TimeUnit.HOURS.toNanos(1);

    /** Limits that passed: what they were armed with, and when. */
    private record Told(long first, long second, long atNanos) {}

    private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
    private final LimitColumns limits =
            new LimitColumns(
                    (first, second) -> told.add(new Told(first, second, System.nanoTime())));

    @AfterEach
    void close() {
        limits.close();
    }

    private long arm(long lengthNanos, long first) {
        return limits.arm(System.nanoTime(), lengthNanos, first, -first);
    }

    /** One that stands where those of its length stand, and is not due before the test is over. */
    private long armFarAway(long lengthNanos, long first) {
        return limits.arm(System.nanoTime() + LONG, lengthNanos, first, -first);
    }

    @Test
    void neverEarlyAndWithWhatItWasArmedWith() throws InterruptedException {
        long armed = System.nanoTime();
        limits.arm(armed, SHORT, 3, 4);
        Told one = told.take();
        assertEquals(3, one.first());
        assertEquals(4, one.second());
        assertTrue(one.atNanos() - armed >= SHORT);
    }

    @Test
    void whatIsDueFirstPassesFirstAndAtOneInstantWhatWasArmedFirst() throws InterruptedException {
        long now = System.nanoTime() + TimeUnit.SECONDS.toNanos(1); // all are armed before
        for (int k = 0; k < 50; k++) {
            limits.arm(now, 4 * SHORT, 100 + k, 0);
        }
        for (int k = 0; k < 50; k++) {
            limits.arm(now, 4 * SHORT - 50 + k, k, 0); // of similar length, due before
        }
        for (int k = 0; k < 50; k++) {
            assertEquals(k, told.take().first());
        }
        for (int k = 0; k < 50; k++) {
            assertEquals(100 + k, told.take().first());
        }
    }

    @Test
    void aShorterOneIsNotKeptByALongerOne() throws InterruptedException {
        arm(LONG, 1);
        arm(LONG / 2, 2);
        arm(SHORT, 3);
        assertEquals(3, told.take().first());
    }

    @Test
    void whatIsCancelledDoesNotPassWhereverItStands() throws InterruptedException {
        List<Long> cancelled = new ArrayList<>();
        for (int k = 0; k < 3_000; k++) { // more than a chunk
            if (k % 3 == 1) {
                arm(40 * SHORT, 1);
            } else {
                cancelled.add(armFarAway(40 * SHORT, k % 3));
            }
        }
        cancelled.reversed().forEach(limits::cancel);
        cancelled.forEach(limits::cancel); // the second time does nothing
        for (int k = 0; k < 1_000; k++) {
            assertEquals(1, told.take().first());
        }
        assertTrue(told.isEmpty());
    }

    @Test
    void aPlaceThatIsUsedAgainBelongsToTheNewOne() throws InterruptedException {
        long first = armFarAway(SHORT, 1);
        limits.cancel(first);
        long second = arm(SHORT, 2);
        limits.cancel(first);
        assertEquals(2, told.take().first());
        limits.cancel(second);
        arm(SHORT, 3);
        limits.cancel(second);
        assertEquals(3, told.take().first());
    }

    @Test
    void aTimeThatHasPassedMeansNow() throws InterruptedException {
        limits.arm(System.nanoTime() - LONG, SHORT, 1, 0);
        assertEquals(1, told.take().first());
    }

    @Test
    void whatFailsHasNoPartInTheOthers() throws InterruptedException {
        BlockingQueue<Long> heard = new LinkedBlockingQueue<>();
        try (LimitColumns failing =
                new LimitColumns((first, second) -> {
                    heard.add(first);
                    throw new IllegalStateException("as it should");
                })) {
            failing.arm(System.nanoTime(), SHORT, 1, 0);
            assertEquals(1, heard.take());
            failing.arm(System.nanoTime(), SHORT, 2, 0);
            assertEquals(2, heard.take());
        }
    }

    @Test
    void manyThreadsArmAndCancelTheirOwnAndEachOthers() throws InterruptedException {
        BlockingQueue<Long> others = new LinkedBlockingQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Thread.Builder kind = t % 2 == 0 ? Thread.ofPlatform() : Thread.ofVirtual();
            threads.add(
                    kind.start(() -> {
                        for (int k = 0; k < 10_000; k++) {
                            if (k % 100 == 0) {
                                arm(SHORT, 1);
                            }
                            limits.cancel(arm(SHORT * (1 + k % 7) * 1_000_000, 2));
                            others.add(arm(LONG, 3));
                            Long one = others.poll();
                            if (one != null) {
                                limits.cancel(one);
                            }
                        }
                    }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        for (int k = 0; k < 400; k++) {
            assertEquals(1, told.take().first());
        }
        assertTrue(told.isEmpty());
    }
}
