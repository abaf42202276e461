package dev.flowir.wasm.guest;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks every few milliseconds at what the running calls of a guest have used. While none runs, it
 * sleeps.
 */
final class Watch {

    private static final long LOOK_NANOS = 5_000_000;

    /** What a context had used when its call began. */
    private record Begun(long cpuNanos, long allocatedBytes, Duration cpuTime) {}

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Map<GuestContext, Begun> running = new ConcurrentHashMap<>();
    private final GuestLimits limits;
    private final Thread thread;
    private volatile boolean closed;

    Watch(String guest, GuestLimits limits) {
        this.limits = limits;
        thread =
                Thread.ofPlatform()
                        .name("flow-guest-" + guest + "-watch")
                        .daemon()
                        .unstarted(this::look);
    }

    ThreadMXBean threads() {
        return threads;
    }

    void start() {
        thread.start();
    }

    void begin(GuestContext context, Duration cpuTime) {
        boolean sleeps = running.isEmpty();
        running.put(
                context,
                new Begun(context.cpuNanos(threads), context.allocatedBytes(threads), cpuTime));
        if (sleeps) {
            LockSupport.unpark(thread);
        }
    }

    void end(GuestContext context) {
        running.remove(context);
    }

    void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    private void look() {
        while (!closed) {
            if (running.isEmpty()) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, LOOK_NANOS);
                running.forEach(this::judge);
            }
        }
    }

    private void judge(GuestContext context, Begun begun) {
        long cpuNanos = context.cpuNanos(threads) - begun.cpuNanos();
        long bytes = context.allocatedBytes(threads) - begun.allocatedBytes();
        if (cpuNanos > begun.cpuTime().toNanos()) {
            stop(
                    context,
                    GuestFault.OUT_OF_TIME,
                    "a call took more than " + begun.cpuTime().toMillis() + " ms of the processor");
        } else if (bytes > limits.allocatedBytes()) {
            stop(
                    context,
                    GuestFault.OUT_OF_MEMORY,
                    "a call made more than " + limits.allocatedBytes() + " bytes");
        }
    }

    private void stop(GuestContext context, GuestFault fault, String what) {
        running.remove(context);
        context.stop(new GuestException(fault, what + " and was stopped"));
    }
}
