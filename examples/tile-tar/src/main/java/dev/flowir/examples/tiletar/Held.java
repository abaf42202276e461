package dev.flowir.examples.tiletar;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes of tiles that are in memory: counted, bounded, and the most there ever were. */
final class Held {

    private final long most;
    private final AtomicLong now = new AtomicLong();
    private final AtomicLong peak = new AtomicLong();

    /**
     * Nothing yet.
     *
     * @param most bytes
     */
    Held(long most) {
        this.most = most;
    }

    /**
     * A tile is about to be read.
     *
     * @throws LimitException when there is no memory for it
     */
    void take(TileRef tile) {
        long held = now.addAndGet(tile.size());
        peak.accumulateAndGet(held, Math::max);
        if (held > most) {
            throw new LimitException(
                    LimitException.MEMORY,
                    "'"
                            + tile.name()
                            + "' would make "
                            + held
                            + " bytes of tiles in memory, and the profile has "
                            + most
                            + "; let parts leave before more tiles are fetched");
        }
    }

    /** Tiles have left. */
    void release(long bytes) {
        now.addAndGet(-bytes);
    }

    long peak() {
        return peak.get();
    }
}
