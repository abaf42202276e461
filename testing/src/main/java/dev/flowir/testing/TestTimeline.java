package dev.flowir.testing;

import dev.flowir.kernel.cap.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/**
 * Virtual time for brokers: a timeline on a {@link TestClock}, and an executor that runs everything
 * on the thread of the test. Handlers run inside {@link #settle()} and inside {@link
 * TestClock#advance}, one after the other, always in the same order.
 *
 * <pre>{@code
 * TestClock clock = new TestClock();
 * TestTimeline timeline = new TestTimeline(clock);
 * Broker broker = Broker.memory(BrokerOptions.defaults().on(timeline, timeline));
 * // declare, consume, send …
 * timeline.pass(Duration.ofSeconds(5)); // the handler has run
 * }</pre>
 */
public final class TestTimeline implements Timeline, Executor {

    private final TestClock clock;
    private final Queue<Runnable> work = new ConcurrentLinkedQueue<>();

    /**
     * A timeline on a clock.
     *
     * @param clock moves it
     */
    public TestTimeline(TestClock clock) {
        this.clock = clock;
    }

    @Override
    public Instant instant() {
        return clock.instant();
    }

    @Override
    public Runnable schedule(Duration delay, Runnable action) {
        return clock.schedule(
                delay,
                () -> {
                    action.run();
                    settle();
                });
    }

    @Override
    public void execute(Runnable task) {
        work.add(task);
    }

    /** Runs what is to be done now, until nothing is. */
    public void settle() {
        for (Runnable next = work.poll(); next != null; next = work.poll()) {
            next.run();
        }
    }

    /**
     * Lets time pass, with everything that is due on the way.
     *
     * @param time how much
     */
    public void pass(Duration time) {
        settle();
        clock.advance(time);
        settle();
    }
}
