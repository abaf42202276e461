package dev.flowir.limit;

import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.Timeline;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** The handle of one attempt. */
final class Taking implements RateLimiter {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Buckets buckets;
    private final Rate rate;
    private final Timeline timeline;
    private final Scope scope;

    Taking(Buckets buckets, Rate rate, Timeline timeline, Scope scope) {
        this.buckets = buckets;
        this.rate = rate;
        this.timeline = timeline;
        this.scope = scope;
    }

    @Override
    public Answer tryTake(String key, int permits) {
        check(key, permits);
        long wait = buckets.draw(key, permits, 0, scope.fence());
        return wait == 0 ? new Granted() : new Refused(Duration.ofNanos(wait));
    }

    @Override
    public void take(String key, int permits, Duration atMost) throws InterruptedException {
        check(key, permits);
        long most = mostNanos(atMost);
        long wait = buckets.draw(key, permits, most, scope.fence());
        if (wait > most) {
            throw new LimitException(
                    LimitFault.EXCEEDED,
                    "there is no permit within "
                            + Duration.ofNanos(most)
                            + "; let the flow retry after "
                            + Duration.ofNanos(wait),
                    Duration.ofNanos(wait));
        }
        if (wait > 0) {
            await(key, permits, Duration.ofMillis(Math.ceilDiv(wait, NANOS_PER_MILLI)));
        }
    }

    private long mostNanos(Duration atMost) {
        if (!buckets.mayWait() || atMost.isNegative()) {
            return 0;
        }
        Duration most = atMost.compareTo(Draw.LONGEST_WAIT) < 0 ? atMost : Draw.LONGEST_WAIT;
        return Math.min(most.toNanos(), Math.max(0, scope.remainingNanos().orElse(Long.MAX_VALUE)));
    }

    private void await(String key, int permits, Duration wait) throws InterruptedException {
        CountDownLatch there = new CountDownLatch(1);
        Runnable withdraw = timeline.schedule(wait, there::countDown);
        try {
            there.await();
        } catch (InterruptedException e) {
            withdraw.run();
            buckets.giveBack(key, permits);
            throw e;
        }
        scope.fence().ensureCurrent();
    }

    private void check(String key, int permits) {
        LimitKeys.check(key);
        if (permits < 1 || permits > rate.burst()) {
            throw new LimitException(
                    LimitFault.BAD_PERMITS,
                    "take 1 to " + rate.burst() + " permits at once, not " + permits,
                    Duration.ZERO);
        }
    }
}
