package dev.flowir.kernel.journal;

/** Where a durable run stands. */
public enum RunState {
    /** It is recorded and has not begun: as many run as may. */
    QUEUED(0),
    /** It moves, or will as soon as its process is back. */
    RUNNING(1),
    /** It waits for a time or a signal and costs nothing but its rows. */
    WAITING(2),
    /** It will be paused when the steps under way are done. */
    PAUSING(3),
    /** It stands still until it is resumed. */
    PAUSED(4),
    /** It cannot go on with the code that is loaded; the reason says why. Nothing was lost. */
    PARKED(5),
    /** It is recorded and has not begun: a limit of its flow lets no more begin now. */
    HELD(6),
    /** It is over and has an output. */
    COMPLETED(10),
    /** It is over and has none. */
    FAILED(11),
    /** Someone ended it. */
    TERMINATED(12);

    private final int code;

    RunState(int code) {
        this.code = code;
    }

    /** {@return the number stored for it; those of runs that are over are 10 and more} */
    public int code() {
        return code;
    }

    /** {@return true when the run is over} */
    public boolean isOver() {
        return code >= COMPLETED.code;
    }

    /** {@return true when the run is recorded and has not begun} */
    public boolean isToBegin() {
        return this == QUEUED || this == HELD;
    }

    /**
     * {@return the state stored as {@code code}}
     *
     * @param code its number
     */
    public static RunState of(int code) {
        for (RunState state : values()) {
            if (state.code == code) {
                return state;
            }
        }
        throw new IllegalArgumentException("no state of a run is stored as " + code);
    }
}
