package dev.flowir.kernel.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Which of a run's timers are due: number of each to its instant, in nanoseconds. */
final class Timers {

    private Timers() {}

    /** The earliest instant; empty when there is no timer. */
    static OptionalLong first(Map<Long, Long> waits, Map<Long, Long> others) {
        boolean none = waits.isEmpty() && others.isEmpty();
        return none
                ? OptionalLong.empty()
                : OptionalLong.of(Math.min(earliest(waits), earliest(others)));
    }

    private static long earliest(Map<Long, Long> timers) {
        long first = Long.MAX_VALUE;
        for (long at : timers.values()) {
            first = Math.min(first, at);
        }
        return first;
    }

    /** Those that are due, the earliest first. */
    static List<Long> due(long nowNanos, Map<Long, Long> waits, Map<Long, Long> others) {
        List<long[]> found = new ArrayList<>();
        waits.forEach((timer, at) -> found.add(new long[] {at, timer}));
        others.forEach((timer, at) -> found.add(new long[] {at, timer}));
        return found.stream()
                .filter(it -> it[0] <= nowNanos)
                .sorted((a, b) -> Long.compare(a[0], b[0]))
                .map(it -> it[1])
                .toList();
    }
}
