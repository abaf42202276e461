package dev.flowir.kernel.machine;

/** Where a slot is. A slot is a place for one attempt: each node has as many as its width. */
public enum SlotState {
    /** Free. */
    IDLE(1, false),
    /** Has an item whose payload is being brought back from the spill store. */
    LOADING(2, true),
    /** Its body was asked for. */
    INVOKED(4, true),
    /** Its body, which has a time limit, runs. */
    RUNNING(8, true),
    /** Its body gives values over time. */
    STREAMING(16, true),
    /** Its attempt failed; the next one waits. */
    BACKOFF(32, true),
    /** Its output is on its way to the capture and the edges. */
    EMITTING(64, false),
    /** Its output is being stored for an edge that spills. */
    SPILLING(128, true),
    /** Its item is further on in the loop that its node begins. */
    AWAY(256, false),
    /** Its attempt waits until its node's rate allows it. */
    PACED(512, true);

    private final int bit;
    private final boolean busy;

    SlotState(int bit, boolean busy) {
        this.bit = bit;
        this.busy = busy;
    }

    /** A bit that no other state has: sets of states are sums. */
    int bit() {
        return bit;
    }

    /** {@return true when something outside the machine will happen that moves the slot on} */
    public boolean isBusy() {
        return busy;
    }
}
