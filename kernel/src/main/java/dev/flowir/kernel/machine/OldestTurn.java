package dev.flowir.kernel.machine;

/** Who waits longest goes every so often, whatever its level: so nobody waits for ever. */
final class OldestTurn {

    private final int every;
    private int passed;

    /**
     * A turn that nobody was passed over for.
     *
     * @param every after how many at most who waits longest is one of those that went, at least 2
     */
    OldestTurn(int every) {
        this.every = every;
    }

    /** Whether it has been passed over so often that it is to go now. */
    boolean isNow() {
        return passed >= every - 1;
    }

    /** Somebody went: who waited longest, or another before it. */
    void went(boolean oldest) {
        passed = oldest ? 0 : passed + 1;
    }
}
