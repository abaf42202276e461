package dev.flowir.kernel;

import dev.flowir.kernel.machine.MachineSettings;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Settings of a {@link FlowInstance}.
 *
 * @param captureCapacity outputs that may wait to be taken, and inputs that may be outstanding; at
 *     least 1
 * @param deadline time from the first input until everything must be done
 * @param labels text about the instance, for listeners
 */
public record InstanceOptions(
        int captureCapacity, Optional<Duration> deadline, Map<String, String> labels) {

    /** Copies the labels, sorted by key. */
    public InstanceOptions {
        if (captureCapacity < 1) {
            throw new IllegalArgumentException(
                    "capture capacity must be at least 1, got " + captureCapacity);
        }
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    /** {@return capacity of 8, no deadline, no labels} */
    public static InstanceOptions defaults() {
        return new InstanceOptions(
                MachineSettings.DEFAULT_CAPTURE_CAPACITY, Optional.empty(), Map.of());
    }

    /**
     * The same with another capture capacity.
     *
     * @param capacity the capacity
     * @return the settings
     */
    public InstanceOptions captureCapacity(int capacity) {
        return new InstanceOptions(capacity, deadline, labels);
    }
}
