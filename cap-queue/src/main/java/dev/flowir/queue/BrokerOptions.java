package dev.flowir.queue;

import dev.flowir.kernel.cap.LimitProfile;
import dev.flowir.kernel.cap.Timeline;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

/**
 * How a broker is opened.
 *
 * @param timeline where time comes from
 * @param executor runs handlers and the broker's own short work; a virtual thread per task by
 *     default
 * @param limits the limits it keeps to; Cloudflare's by default
 * @param listener who is told what happens; nobody by default
 * @param closeWait how long closing waits for handlers before it interrupts them; 10 s by default
 */
public record BrokerOptions(
        Timeline timeline,
        Executor executor,
        QueueLimits limits,
        QueueListener listener,
        Duration closeWait) {

    /**
     * The defaults named above.
     *
     * @return the options
     */
    public static BrokerOptions defaults() {
        ThreadFactory threads = Thread.ofVirtual().name("flowir-queue-", 0).factory();
        return new BrokerOptions(
                Timeline.system(),
                work -> threads.newThread(work).start(),
                QueueLimits.of(LimitProfile.CLOUDFLARE_PROD),
                new QueueListener() {},
                Duration.ofSeconds(10));
    }

    /**
     * Another timeline and executor, for virtual time.
     *
     * @param newTimeline where time comes from
     * @param newExecutor runs handlers and the broker's own short work; may run it later, on any
     *     thread, but never inside {@code execute}
     * @return the options with it
     */
    public BrokerOptions on(Timeline newTimeline, Executor newExecutor) {
        return new BrokerOptions(newTimeline, newExecutor, limits, listener, closeWait);
    }

    /**
     * Other limits.
     *
     * @param newLimits the limits
     * @return the options with it
     */
    public BrokerOptions limits(QueueLimits newLimits) {
        return new BrokerOptions(timeline, executor, newLimits, listener, closeWait);
    }

    /**
     * Another listener.
     *
     * @param newListener who is told what happens
     * @return the options with it
     */
    public BrokerOptions listener(QueueListener newListener) {
        return new BrokerOptions(timeline, executor, limits, newListener, closeWait);
    }

    /**
     * Another wait when closing.
     *
     * @param wait how long closing waits for handlers before it interrupts them
     * @return the options with it
     */
    public BrokerOptions closeWait(Duration wait) {
        return new BrokerOptions(timeline, executor, limits, listener, wait);
    }
}
