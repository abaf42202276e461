package dev.flowir.benchmarks.durable;

import java.nio.file.Path;

/** What is measured of durable runs alone. */
enum Figure {
    BYTES {
        @Override
        double measure(Path file, int waiting) throws Exception {
            return Own.bytesPerStep(file);
        }
    },
    HEAP {
        @Override
        double measure(Path file, int waiting) {
            return Own.asleep(file, waiting).heapBytes();
        }
    },
    RECOVERY {
        @Override
        double measure(Path file, int waiting) throws Exception {
            return Own.recoveryNanos(file, IN_FLIGHT) / 1e9;
        }
    };

    /** Runs that were in a step when their process ended. */
    static final int IN_FLIGHT = 10_000;

    /** Bytes besides the payload, bytes of heap for each, or seconds. */
    abstract double measure(Path file, int waiting) throws Exception;
}
