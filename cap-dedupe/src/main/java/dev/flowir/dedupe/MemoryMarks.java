package dev.flowir.dedupe;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

/** Marks of this process: a bounded number, of which those that ended are forgotten. */
final class MemoryMarks implements Marks {

    /** When the mark of a key ends. */
    private record End(long atMillis, String key) {}

    private final InstantSource clock;
    private final int maxKeys;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Mark> marks = new HashMap<>();
    private final TreeSet<End> ends =
            new TreeSet<>(Comparator.comparingLong(End::atMillis).thenComparing(End::key));

    MemoryMarks(InstantSource clock, int maxKeys) {
        this.clock = clock;
        this.maxKeys = maxKeys;
    }

    @Override
    public <T> T step(String key, Step<T> step) {
        lock.lock();
        try {
            long now = clock.millis();
            while (!ends.isEmpty() && ends.first().atMillis() <= now) {
                forget(ends.first().key());
            }
            return step.take(new Kept(key, now));
        } finally {
            lock.unlock();
        }
    }

    private void forget(String key) {
        Mark mark = marks.remove(key);
        if (mark != null) {
            ends.remove(new End(mark.endsAtMillis(), key));
        }
    }

    private final class Kept implements Place {

        private final String key;
        private final long nowMillis;

        Kept(String key, long nowMillis) {
            this.key = key;
            this.nowMillis = nowMillis;
        }

        @Override
        public Optional<Mark> current() {
            return Mark.current(Optional.ofNullable(marks.get(key)), nowMillis);
        }

        @Override
        public long nowMillis() {
            return nowMillis;
        }

        @Override
        public void put(Mark mark) {
            forget(key);
            if (marks.size() >= maxKeys) {
                throw new DedupeException(
                        DedupeFault.TOO_MANY_KEYS,
                        maxKeys + " keys are kept; keep them for less time, or raise the bound",
                        Duration.ofMillis(ends.first().atMillis() - nowMillis));
            }
            marks.put(key, mark);
            ends.add(new End(mark.endsAtMillis(), key));
        }

        @Override
        public void remove() {
            forget(key);
        }
    }
}
