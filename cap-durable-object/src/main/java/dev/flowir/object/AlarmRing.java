package dev.flowir.object;

/**
 * One ringing of an alarm.
 *
 * @param retryCount how many failed before it, from 0
 */
public record AlarmRing(int retryCount) {

    /** {@return whether an earlier one failed} */
    public boolean isRetry() {
        return retryCount > 0;
    }
}
