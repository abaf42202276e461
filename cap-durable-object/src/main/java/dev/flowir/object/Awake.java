package dev.flowir.object;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** The objects of a space that are in memory: found, made room for, and let go. */
final class Awake {

    /** A sweep over fewer than this many runs on the thread of the timeline. */
    private static final int SMALL_SWEEP = 10_000;

    private final StoredSpace space;
    private final ObjectOptions options;
    private final Tally tally;
    private final ConcurrentHashMap<ObjectId, Instance<?>> instances = new ConcurrentHashMap<>();
    private final AtomicBoolean sweeping = new AtomicBoolean();

    Awake(StoredSpace space, ObjectOptions options, Tally tally) {
        this.space = space;
        this.options = options;
        this.tally = tally;
    }

    int size() {
        return instances.size();
    }

    @SuppressWarnings("unchecked") // the id tells the class
    <C> Instance<C> find(ObjectClass<C> type, ObjectId id) {
        Instance<?> known = instances.get(id);
        if (known == null) {
            makeRoom();
            known = instances.computeIfAbsent(id, key -> new Instance<>(space, type, key));
            sweepLater(options.limits().idle());
        }
        return (Instance<C>) known;
    }

    /** Its line is closed: whoever calls next finds another one. */
    void gone(Instance<?> instance) {
        instances.remove(instance.id(), instance);
    }

    boolean evict(ObjectId id) {
        Instance<?> instance = instances.get(id);
        return instance != null && retire(instance, Long.MAX_VALUE);
    }

    private boolean retire(Instance<?> instance, long unusedSinceMillis) {
        if (!instance.line().retire(unusedSinceMillis)) {
            return false;
        }
        gone(instance);
        instance.asleep();
        tally.evicted();
        return true;
    }

    /**
     * Has an object leave memory whose tables are open; false when all of them are being called.
     */
    boolean closeTables() {
        for (Instance<?> instance : instances.values()) {
            if (instance.hasTables() && retire(instance, Long.MAX_VALUE)) {
                return true;
            }
        }
        return false;
    }

    private void makeRoom() {
        int most = options.limits().maxAwake();
        if (instances.size() < most) {
            return;
        }
        sweep(Long.MAX_VALUE, most / 16 + 1);
        if (instances.size() >= most) {
            tally.refused();
            throw new ObjectException(
                    ObjectFault.OVERLOADED, most + " objects are awake, and all are being called");
        }
    }

    private void sweepLater(Duration wait) {
        if (!space.isClosed() && sweeping.compareAndSet(false, true)) {
            options.timeline().schedule(wait, this::sweepNow);
        }
    }

    private void sweepNow() {
        if (instances.size() < SMALL_SWEEP) {
            sweepIdle();
        } else {
            Thread.startVirtualThread(this::sweepIdle);
        }
    }

    private void sweepIdle() {
        Duration idle = options.limits().idle();
        sweep(space.millis() - idle.toMillis(), Integer.MAX_VALUE);
        sweeping.set(false);
        if (!instances.isEmpty()) {
            sweepLater(idle.dividedBy(2).plusMillis(1));
        }
    }

    private void sweep(long unusedSinceMillis, int most) {
        int gone = 0;
        for (Instance<?> instance : instances.values()) {
            if (retire(instance, unusedSinceMillis)) {
                gone++;
                if (gone >= most) {
                    return;
                }
            }
        }
    }

    /** Waits for the calls of all; false when the time was over first. */
    boolean awaitIdle(long untilNanos) throws InterruptedException {
        for (Instance<?> instance : instances.values()) {
            if (!instance.line().awaitIdle(untilNanos)) {
                return false;
            }
        }
        return true;
    }

    boolean isIdle() {
        return instances.values().stream().allMatch(one -> one.line().isIdle());
    }

    /** Gives up what is left. */
    void stop() {
        instances.values().forEach(Instance::stop);
        instances.clear();
    }
}
