package dev.flowir.limit;

import dev.flowir.kernel.cap.Fence;

/** Buckets that something else keeps. */
record RemoteBuckets(RateRemote remote, Rate rate) implements Buckets {

    @Override
    public long draw(String key, int permits, long mostNanos, Fence fence) {
        fence.ensureCurrent();
        long ahead = rate.roomNanos() + Draw.LONGEST_WAIT.toNanos();
        return remote.draw(
                key,
                new RateRemote.Draw(permits * rate.gapNanos(), rate.roomNanos(), mostNanos, ahead));
    }

    @Override
    public void giveBack(String key, int permits) {
        remote.giveBack(key, permits * rate.gapNanos());
    }

    @Override
    public boolean mayWait() {
        return true;
    }
}
