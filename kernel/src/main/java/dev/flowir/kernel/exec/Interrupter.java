package dev.flowir.kernel.exec;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Interrupts a body on its thread and nothing else on it: never before it begins, never after it
 * ended, and no interrupt that was meant for the body is left behind.
 */
final class Interrupter {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** How long a body is watched to see whether it uses the processor. */
    private static final long SAMPLE_NANOS = 1_000_000;

    private @Nullable Thread thread;
    private boolean wanted;
    private boolean sent;

    synchronized void enter() {
        Thread current = Thread.currentThread();
        thread = current;
        if (wanted) {
            sent = true;
            current.interrupt();
        }
    }

    synchronized void exit() {
        thread = null;
        if (sent) {
            Thread.interrupted();
        }
    }

    synchronized void interrupt() {
        wanted = true;
        if (thread != null && !sent) {
            sent = true;
            thread.interrupt();
        }
    }

    synchronized boolean isInside() {
        return thread != null;
    }

    /** Where the body is and whether it waits or computes, for people. */
    String describe() {
        Thread running;
        synchronized (this) {
            running = thread;
        }
        return running == null ? "not begun" : describe(running);
    }

    /** Where a thread is and whether it waits or computes, for people. */
    static String describe(Thread running) {
        return activity(running) + place(running);
    }

    private static String activity(Thread thread) {
        switch (thread.getState()) {
            case WAITING, TIMED_WAITING -> {
                return "waiting";
            }
            case BLOCKED -> {
                return "waiting for a lock";
            }
            default -> {} // runs, or waits in native code: only its processor time tells
        }
        if (thread.isVirtual() || !THREADS.isThreadCpuTimeSupported()) {
            return "running (the JVM cannot tell the processor time of a virtual thread)";
        }
        long before = THREADS.getThreadCpuTime(thread.threadId());
        LockSupport.parkNanos(SAMPLE_NANOS);
        long used = THREADS.getThreadCpuTime(thread.threadId()) - before;
        return used > SAMPLE_NANOS / 10 ? "computing" : "waiting in native code";
    }

    /** The innermost frame that is not the JDK's. */
    private static String place(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (!isOfTheJdk(frame)) {
                return " at " + frame;
            }
        }
        return "";
    }

    static boolean isOfTheJdk(StackTraceElement frame) {
        String type = frame.getClassName();
        return type.startsWith("java.") || type.startsWith("jdk.") || type.startsWith("sun.");
    }
}
