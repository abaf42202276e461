package dev.flowir.kernel.exec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * Guards a handful of instructions in which nothing waits. Taking it is one atomic instruction and
 * giving it back a plain store, a third of what a lock costs; in exchange whoever finds it taken
 * tries again until it is free.
 */
final class Latch {

    private static final VarHandle TAKEN;

    static {
        try {
            TAKEN = MethodHandles.lookup().findVarHandle(Latch.class, "taken", boolean.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /** Tries before the processor is left to others: whoever has it may need it. */
    private static final int TRIES = 64;

    private static final long WAIT_NANOS = 10_000;

    @SuppressWarnings("UnusedVariable") // by handle
    private boolean taken;

    void take() {
        if (!TAKEN.compareAndSet(this, false, true)) {
            tryAgain();
        }
    }

    private void tryAgain() {
        int tries = 0;
        do {
            tries++;
            if (tries < TRIES) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(WAIT_NANOS);
            }
        } while (!TAKEN.compareAndSet(this, false, true));
    }

    /** Gives it back; what was written before is seen by whoever takes it next. */
    void give() {
        TAKEN.setRelease(this, false);
    }
}
