package dev.flowir.durable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Waits;
import dev.flowir.kernel.host.TimeSource;
import dev.flowir.kernel.journal.RunState;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A clock that is set forwards and back while runs sleep. */
class ClockTest {

    private static final Flow<Integer, Integer> NAP =
            Flow.define(
                    "nap",
                    "1.0.0",
                    Integer.class,
                    (g, in) -> g.then(in, Waits.sleep("nap", Integer.class, Duration.ofHours(2))));

    /** A clock that is set by hand, in either direction; it looks at its timers when it is. */
    private static final class SetByHand implements TimeSource {

        private record Alarm(long atNanos, Runnable task) {}

        private final List<Alarm> alarms = new ArrayList<>();
        private Instant now = Instant.parse("2026-03-01T12:00:00Z");

        @Override
        public long nanos() {
            return now.getEpochSecond() * 1_000_000_000 + now.getNano();
        }

        @Override
        public Timer schedule(long atNanos, Runnable task) {
            Alarm alarm = new Alarm(atNanos, task);
            alarms.add(alarm);
            return () -> alarms.remove(alarm);
        }

        void set(Duration by) {
            now = now.plus(by);
            List<Alarm> due = alarms.stream().filter(it -> it.atNanos() <= nanos()).toList();
            alarms.removeAll(due);
            due.forEach(alarm -> alarm.task().run());
        }
    }

    private final SetByHand clock = new SetByHand();
    private final Queue<Runnable> work = new ConcurrentLinkedQueue<>();
    private final Store store = Store.inMemory(StoreOptions.defaults());
    private DurableRuntime runtime = open();

    private DurableRuntime open() {
        return DurableRuntime.on(store).flows(NAP).time(clock).threads(work::add).open();
    }

    @AfterEach
    void close() {
        runtime.kill();
        store.close();
    }

    private void set(Duration by) {
        clock.set(by);
        for (Runnable next = work.poll(); next != null; next = work.poll()) {
            next.run();
        }
    }

    private void reopen() {
        runtime.kill();
        work.clear();
        runtime = open();
        set(Duration.ZERO);
    }

    private RunState state() {
        return runtime.find("nap").orElseThrow().state();
    }

    private void sleepFrom(Duration beforeJump) {
        runtime.start(NAP, "nap", 1);
        set(beforeJump);
        assertEquals(RunState.WAITING, state());
    }

    private void assertWokenOnceAndInOrder() {
        assertEquals(RunState.COMPLETED, state());
        List<HistoryEvent> history = runtime.history("nap");
        assertEquals(2, history.size(), history::toString);
        assertFalse(history.get(1).at().isBefore(history.get(0).at()), history::toString);
    }

    @Test
    void clock_setForwardsBeyondItsEndASleepEndsOnce() {
        sleepFrom(Duration.ofMinutes(1));
        set(Duration.ofDays(365));
        assertWokenOnceAndInOrder();
        set(Duration.ofDays(1));
        assertWokenOnceAndInOrder();
    }

    @Test
    void clock_setBackASleepEndsAtTheInstantThatItSaidAndNotBefore() {
        sleepFrom(Duration.ofHours(1));
        set(Duration.ofDays(-30));
        assertEquals(RunState.WAITING, state());
        set(Duration.ofDays(30));
        assertEquals(RunState.WAITING, state());
        set(Duration.ofHours(1).minusNanos(1));
        assertEquals(RunState.WAITING, state());
        set(Duration.ofMillis(1));
        assertWokenOnceAndInOrder();
    }

    @Test
    void clock_setBackBetweenTwoProcessesNothingIsLostOrEarly() {
        sleepFrom(Duration.ofHours(1));
        clock.set(Duration.ofDays(-1));
        reopen();
        assertEquals(RunState.WAITING, state());
        set(Duration.ofDays(1));
        reopen();
        assertEquals(RunState.WAITING, state());
        set(Duration.ofHours(1));
        assertWokenOnceAndInOrder();
    }

    @Test
    void clock_setBackARunThatIsPausedAndResumedKeepsItsOrder() {
        sleepFrom(Duration.ofHours(1));
        runtime.pause("nap");
        set(Duration.ofDays(-1));
        runtime.resume("nap");
        set(Duration.ZERO);
        List<HistoryEvent> history = runtime.history("nap");
        for (int i = 1; i < history.size(); i++) {
            assertFalse(history.get(i).at().isBefore(history.get(i - 1).at()), history::toString);
        }
        reopen();
        set(Duration.ofDays(1).plusHours(1));
        assertTrue(state().isOver(), () -> runtime.find("nap").toString());
    }

    @Test
    void clock_setBackRunsStartedThenStillSleepTheirTime() {
        set(Duration.ofDays(-100));
        sleepFrom(Duration.ofHours(2).minusNanos(1));
        set(Duration.ofMillis(1));
        assertWokenOnceAndInOrder();
    }
}
