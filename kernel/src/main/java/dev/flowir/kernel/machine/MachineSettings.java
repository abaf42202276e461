package dev.flowir.kernel.machine;

/**
 * How one machine runs its plan.
 *
 * @param once true for a run of one input that ends by itself and whose first output is the result;
 *     false for an instance that takes inputs until it is closed
 * @param captureCapacity outputs that may wait to be taken, and inputs that may be outstanding; at
 *     least 1
 * @param deadlineNanos time from the first event until everything must be done; {@link
 *     #NO_DEADLINE} for none, 0 for one that has passed already
 */
public record MachineSettings(boolean once, int captureCapacity, long deadlineNanos) {

    /** No deadline. */
    public static final long NO_DEADLINE = -1;

    /** Outputs that may wait, and inputs that may be outstanding; the reference's number. */
    public static final int DEFAULT_CAPTURE_CAPACITY = 8;

    /** Inputs that may wait at the trigger; the reference's number. */
    public static final int ROOT_CAPACITY = 8;

    /** Longest deadline: so far away that sums with a clock cannot overflow; 73 years. */
    public static final long FAR_NANOS = Long.MAX_VALUE / 4;

    /** Brings the numbers into their ranges. */
    public MachineSettings {
        captureCapacity = Math.max(1, captureCapacity);
        deadlineNanos = deadlineNanos < 0 ? NO_DEADLINE : Math.min(deadlineNanos, FAR_NANOS);
    }

    private static final MachineSettings ONCE = new MachineSettings(true, 1, NO_DEADLINE);

    /** {@return one input, no deadline} */
    public static MachineSettings forOnce() {
        return ONCE;
    }

    /**
     * Many inputs, no deadline.
     *
     * @param captureCapacity outputs that may wait, and inputs that may be outstanding
     * @return the settings
     */
    public static MachineSettings forMany(int captureCapacity) {
        return new MachineSettings(false, captureCapacity, NO_DEADLINE);
    }

    /**
     * The same with a deadline.
     *
     * @param newDeadlineNanos the deadline
     * @return the settings
     */
    public MachineSettings within(long newDeadlineNanos) {
        return deadlineNanos == newDeadlineNanos
                ? this
                : new MachineSettings(once, captureCapacity, newDeadlineNanos);
    }
}
