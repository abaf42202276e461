package dev.flowir.limit;

import dev.flowir.kernel.cap.Fence;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Buckets of this process: a bounded number, of which full ones are forgotten first. */
final class MemoryBuckets implements Buckets {

    /** Buckets that a new one may look at to find a full one: those not asked for longest. */
    private static final int LOOKED_AT = 16;

    private final Rate rate;
    private final InstantSource clock;
    private final int maxKeys;
    private final ReentrantLock lock = new ReentrantLock();

    /** When each will be full; in the order in which they were last asked. */
    private final Map<String, Long> fullAt = new LinkedHashMap<>(16, 0.75f, true);

    MemoryBuckets(Rate rate, InstantSource clock, int maxKeys) {
        this.rate = rate;
        this.clock = clock;
        this.maxKeys = maxKeys;
    }

    @Override
    public long draw(String key, int permits, long mostNanos, Fence fence) {
        lock.lock();
        try {
            fence.ensureCurrent();
            long now = nowNanos();
            Draw draw = Draw.of(rate, fullAt.getOrDefault(key, now), now, permits);
            if (draw.waitNanos() <= mostNanos) {
                makeRoom(key, now);
                fullAt.put(key, draw.fullAtNanos());
            }
            return draw.waitNanos();
        } finally {
            lock.unlock();
        }
    }

    private void makeRoom(String key, long now) {
        if (fullAt.size() < maxKeys || fullAt.containsKey(key)) {
            return;
        }
        long soonest = Long.MAX_VALUE;
        int looked = 0;
        for (Iterator<Long> oldest = fullAt.values().iterator();
                oldest.hasNext() && looked < LOOKED_AT;
                looked++) {
            long full = oldest.next();
            if (full <= now) {
                oldest.remove();
                return;
            }
            soonest = Math.min(soonest, full);
        }
        throw new LimitException(
                LimitFault.TOO_MANY_KEYS,
                maxKeys + " buckets are in use; use fewer keys, or raise the bound",
                Duration.ofNanos(soonest - now));
    }

    @Override
    public void giveBack(String key, int permits) {
        lock.lock();
        try {
            fullAt.computeIfPresent(key, (same, full) -> full - permits * rate.gapNanos());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean mayWait() {
        return true;
    }

    private long nowNanos() {
        Instant now = clock.instant();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }
}
