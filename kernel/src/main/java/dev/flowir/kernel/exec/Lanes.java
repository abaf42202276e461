package dev.flowir.kernel.exec;

import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The lanes of a runtime: one per platform thread that ever ran a flow here, and a few that virtual
 * threads borrow, since those come in millions.
 */
public final class Lanes {

    /** Between a claim and what relies on its being seen: see {@link Lane}. */
    static final long MOMENT_NANOS = 1_000_000;

    private static final Lane[] NONE = {};

    /** Pure runs of virtual threads hold their carrier, so more lanes than carriers are rare. */
    private static final int POOLED =
            Math.max(8, Integer.highestOneBit(Runtime.getRuntime().availableProcessors()) * 4);

    private static final int PROBES = 4;

    /** Places of {@link #near}: a power of two. */
    private static final int NEAR = 256;

    @SuppressWarnings("ThreadLocalUsage") // per runtime: lanes go with it
    private final ThreadLocal<@Nullable Lane> own = new ThreadLocal<>();

    /**
     * Lanes of platform threads by the last bits of their ids: found faster than a thread-local.
     * Racy on purpose: a lane that is not one's own is told by its thread.
     */
    private final @Nullable Lane[] near = new Lane[NEAR];

    private final LaneWatch watch = new LaneWatch(this);
    private volatile Lane[] all = NONE;
    private volatile Lane[] pool = NONE;

    /** No lanes yet, and no thread. */
    public Lanes() {}

    /** A lane on which this thread may begin a run; null when there is none. */
    @SuppressWarnings("ReferenceEquality") // the very thread
    @Nullable Lane idle() {
        Thread thread = Thread.currentThread();
        Lane lane = near[(int) thread.threadId() & (NEAR - 1)];
        if (lane == null || lane.runner() != thread) {
            if (thread.isVirtual()) {
                return borrowed(thread);
            }
            lane = ownOf(thread);
        }
        return lane.isIdle() ? lane : null;
    }

    private Lane ownOf(Thread thread) {
        Lane lane = own.get();
        if (lane == null) {
            lane = Lane.of(thread);
            own.set(lane);
            add(List.of(lane));
        }
        near[(int) thread.threadId() & (NEAR - 1)] = lane;
        return lane;
    }

    private @Nullable Lane borrowed(Thread thread) {
        if (pool.length == 0) {
            fill();
        }
        Lane[] lanes = pool;
        int from = (int) thread.threadId();
        for (int k = 0; k < PROBES; k++) {
            Lane lane = lanes[(from + k) & (lanes.length - 1)];
            if (lane.lease(thread)) {
                return lane;
            }
        }
        return null;
    }

    private synchronized void fill() {
        if (pool.length == 0) {
            Lane[] made = new Lane[POOLED];
            for (int i = 0; i < made.length; i++) {
                made[i] = Lane.pooled();
            }
            add(List.of(made));
            pool = made;
        }
    }

    /** Adds lanes and forgets those whose threads are gone. */
    synchronized void add(List<Lane> more) {
        List<Lane> living = living();
        living.addAll(more);
        all = living.toArray(NONE);
    }

    /** Forgets lanes that nobody runs on any more. */
    synchronized void remove(List<Lane> some) {
        List<Lane> living = living();
        living.removeAll(some);
        all = living.toArray(NONE);
    }

    private List<Lane> living() {
        List<Lane> living = new ArrayList<>();
        for (Lane lane : all) {
            if (!lane.isOrphaned()) {
                living.add(lane);
            }
        }
        return living;
    }

    LaneWatch watch() {
        return watch;
    }

    Lane[] all() {
        return all;
    }

    /** Runs that may be on at a time. */
    int count() {
        return all.length;
    }

    /** Runs that are on now. */
    int active() {
        int active = 0;
        for (Lane lane : all) {
            active += lane.isOn() ? 1 : 0;
        }
        return active;
    }

    /**
     * Returns when a run that began before is seen by {@link #active}: the gate closes with a write
     * here and a read there, and the runs do the same the other way round.
     */
    void settle() {
        if (count() > 0) {
            VarHandle.fullFence();
            LockSupport.parkNanos(MOMENT_NANOS);
        }
    }

    /** Gives every run up that is on. */
    void cancelAll(String reason) {
        cancel(all, reason);
    }

    /** Gives every run up that is on one of {@code lanes}. */
    void cancel(Lane[] lanes, String reason) {
        long[] turns = new long[lanes.length];
        for (int i = 0; i < lanes.length; i++) {
            turns[i] = lanes[i].turn();
            if ((turns[i] & 1) == 1) {
                lanes[i].claim(turns[i], new Lane.Stop(reason, ""));
            }
        }
        settle();
        for (int i = 0; i < lanes.length; i++) {
            if ((turns[i] & 1) == 1) {
                lanes[i].interrupt(turns[i]);
            }
        }
    }

    /** Ends the watch. */
    public void close() {
        watch.close();
    }
}
