package dev.flowir.kv;

import dev.flowir.kernel.cap.Fence;
import dev.flowir.kernel.cap.Utf8Key;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Entries in memory, in byte order. The reference: small enough to be read at once. */
final class MemoryTable implements Table {

    /** Entries whose time is over that one write may clear away. */
    private static final int PURGED_PER_WRITE = 16;

    private record Due(long atMillis, Utf8Key key) {}

    private final InstantSource clock;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final TreeMap<Utf8Key, Row> rows = new TreeMap<>();
    private final TreeSet<Due> dues =
            new TreeSet<>(Comparator.comparingLong(Due::atMillis).thenComparing(Due::key));

    MemoryTable(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Optional<Row> read(Utf8Key key) {
        return readAll(List.of(key)).get(0);
    }

    @Override
    public List<Optional<Row>> readAll(List<Utf8Key> keys) {
        lock.readLock().lock();
        try {
            long now = clock.millis();
            return keys.stream().map(key -> live(key, now)).toList();
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public List<KvKey> list(Range range) {
        lock.readLock().lock();
        try {
            long now = clock.millis();
            NavigableMap<Utf8Key, Row> from =
                    range.after().isPresent()
                            ? rows.tailMap(range.after().get(), false)
                            : rows.tailMap(range.from(), true);
            List<KvKey> found = new ArrayList<>();
            for (Row row : from.values()) {
                boolean behind =
                        range.to().isPresent() && row.key().compareTo(range.to().get()) >= 0;
                if (behind || found.size() == range.limit()) {
                    break;
                }
                if (row.isLive(now)) {
                    found.add(
                            new KvKey(
                                    row.key().toString(),
                                    row.metadata(),
                                    row.expiresAtMillis().map(Instant::ofEpochMilli)));
                }
            }
            return found;
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public boolean write(
            Fence fence,
            Utf8Key key,
            Predicate<Supplier<Optional<KvValue>>> condition,
            LongFunction<Row> row) {
        lock.writeLock().lock();
        try {
            fence.ensureCurrent();
            long now = clock.millis();
            if (!condition.test(() -> live(key, now).map(Row::value))) {
                return false;
            }
            Row next = row.apply(now);
            forget(rows.put(key, next));
            next.expiresAtMillis().ifPresent(at -> dues.add(new Due(at, key)));
            purgeUntil(now, PURGED_PER_WRITE);
            return true;
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public void remove(Fence fence, Utf8Key key) {
        lock.writeLock().lock();
        try {
            fence.ensureCurrent();
            forget(rows.remove(key));
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public int purge(int most) {
        lock.writeLock().lock();
        try {
            return purgeUntil(clock.millis(), most);
        } finally {
            lock.writeLock().unlock();
        }
    }

    private Optional<Row> live(Utf8Key key, long nowMillis) {
        return Optional.ofNullable(rows.get(key)).filter(row -> row.isLive(nowMillis));
    }

    private void forget(@Nullable Row row) {
        if (row != null && row.expiresAtMillis().isPresent()) {
            dues.remove(new Due(row.expiresAtMillis().get(), row.key()));
        }
    }

    private int purgeUntil(long nowMillis, int most) {
        int purged = 0;
        Iterator<Due> due = dues.iterator();
        while (purged < most && due.hasNext()) {
            Due next = due.next();
            if (next.atMillis() > nowMillis) {
                break;
            }
            due.remove();
            rows.remove(next.key());
            purged++;
        }
        return purged;
    }
}
