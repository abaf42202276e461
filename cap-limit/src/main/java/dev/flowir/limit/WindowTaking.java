package dev.flowir.limit;

import dev.flowir.kernel.cap.Fence;
import java.time.Duration;

/** The handle of one attempt at windows that something else counts. */
record WindowTaking(Duration window, WindowRemote remote, Fence fence) implements RateLimiter {

    @Override
    public Answer tryTake(String key, int permits) {
        return granted(key, permits) ? new Granted() : new Refused(window);
    }

    @Override
    public void take(String key, int permits, Duration atMost) {
        if (!granted(key, permits)) {
            throw new LimitException(
                    LimitFault.EXCEEDED,
                    "there is no permit now, and nobody is told when there will be one; let the"
                            + " flow retry after "
                            + window,
                    window);
        }
    }

    private boolean granted(String key, int permits) {
        LimitKeys.check(key);
        if (permits != 1) {
            throw new LimitException(
                    LimitFault.BAD_PERMITS,
                    "this limit gives one permit at a time, not " + permits,
                    Duration.ZERO);
        }
        fence.ensureCurrent();
        return remote.take(key);
    }
}
