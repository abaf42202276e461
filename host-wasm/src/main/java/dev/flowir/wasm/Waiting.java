package dev.flowir.wasm;

import java.util.function.BooleanSupplier;

/**
 * What a coroutine waits for beside the platform's answer: a limit, and that its attempt is given
 * up. One coroutine waits at a time.
 */
final class Waiting {

    /** Timers of the platform count milliseconds in 31 bits. */
    private static final long LONGEST_NANOS = Integer.MAX_VALUE * 1_000_000L;

    private final JsIsolate platform = new JsIsolate(Isolate.platform());
    private final Platform.Parking changed = platform.parking();
    private boolean late;

    long now() {
        return platform.nowNanos();
    }

    /** Says that what is waited for may be there now. */
    void changed() {
        changed.unpark();
    }

    /**
     * Waits.
     *
     * @param there whether it need not wait any more
     * @param limitNanos how long at most
     * @return false when the limit passed first
     * @throws InterruptedException when the attempt was given up first
     */
    boolean until(BooleanSupplier there, long limitNanos) throws InterruptedException {
        late = false;
        Platform.Timer timer =
                platform.schedule(
                        Math.min(limitNanos, LONGEST_NANOS),
                        () -> {
                            late = true;
                            changed.unpark();
                        });
        Coroutine.telling(changed::unpark);
        try {
            while (!there.getAsBoolean()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (late) {
                    return false;
                }
                changed.park();
            }
            return true;
        } finally {
            Coroutine.telling(null);
            timer.cancel();
        }
    }
}
