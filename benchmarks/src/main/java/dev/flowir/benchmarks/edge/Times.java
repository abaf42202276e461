package dev.flowir.benchmarks.edge;

import java.util.Arrays;

/** Lengths of time in nanoseconds, as many as were measured. */
final class Times {

    private long[] all = new long[1024];
    private int count;

    void add(long nanos) {
        if (count == all.length) {
            all = Arrays.copyOf(all, 2 * count);
        }
        all[count++] = nanos;
    }

    int count() {
        return count;
    }

    /** The time that so many of a hundred did not exceed. */
    long percentile(double percent) {
        if (count == 0) {
            throw new IllegalStateException("nothing was measured");
        }
        long[] sorted = Arrays.copyOf(all, count);
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(percent / 100 * count);
        return sorted[Math.max(rank, 1) - 1];
    }

    long median() {
        return percentile(50);
    }
}
