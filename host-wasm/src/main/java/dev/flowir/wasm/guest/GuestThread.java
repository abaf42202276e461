package dev.flowir.wasm.guest;

import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.management.ExecutionEvent;
import org.graalvm.polyglot.management.ExecutionListener;

/**
 * The thread of a context. Whenever a function of the guest begins it looks whether the call was
 * stopped. The engine by itself looks at each turn of a loop and when a function returns: code
 * whose functions all throw, and catch what others throw, does neither.
 */
final class GuestThread extends Thread {

    /**
     * How deep functions may be in each other. The engine's own end is that of the stack, and there
     * is no room in which a call could be stopped.
     */
    static final int DEEPEST = 1_000;

    /** Some fifteen times of what so many plain functions take. Only what is used is memory. */
    private static final long STACK_BYTES = 64L << 20;

    private final GuestContext context;
    private int depth;

    GuestThread(GuestContext context, String name, Runnable work) {
        super(null, work, name, STACK_BYTES, false);
        this.context = context;
        setDaemon(true);
    }

    /** Has the threads of all contexts of {@code engine} look. */
    static void watch(Engine engine) {
        ExecutionListener.newBuilder()
                .roots(true)
                .onEnter(GuestThread::enter)
                .onReturn(GuestThread::leave)
                .attach(engine);
    }

    private static void enter(ExecutionEvent function) {
        if (Thread.currentThread() instanceof GuestThread thread) {
            thread.enter();
        }
    }

    private static void leave(ExecutionEvent function) {
        if (Thread.currentThread() instanceof GuestThread thread) {
            thread.depth--;
        }
    }

    private void enter() {
        depth++;
        context.look();
        if (depth > DEEPEST) {
            throw new GuestException(
                    GuestFault.THREW, "functions call each other more than " + DEEPEST + " deep");
        }
    }

    /** A new call begins. */
    void begin() {
        depth = 0;
    }

    /** True when its call was stopped: it ends as soon as the guest's code does. */
    boolean isStopped() {
        return context.brokenBy().isPresent();
    }
}
