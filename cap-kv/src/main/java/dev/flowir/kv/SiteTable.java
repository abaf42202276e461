package dev.flowir.kv;

import dev.flowir.kernel.cap.Fence;
import dev.flowir.kernel.cap.Utf8Key;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** A table as one site sees it: through a cache of answers, also of those that nothing is there. */
final class SiteTable implements Table {

    /**
     * Answers that a site keeps at most; an older one that goes is read anew, which is right too.
     */
    private static final int KEPT_ANSWERS = 10_000;

    /** How long an answer is kept unless the reader says so. */
    static final Duration CACHE_TTL = Duration.ofSeconds(60);

    private record Answer(Optional<Row> row, long untilMillis) {}

    private final Table origin;
    private final InstantSource clock;
    private final KvSites.Writes writes;
    private final ToLongFunction<Duration> lifeMillis;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<Utf8Key, Answer> answers = new LinkedHashMap<>(); // oldest first

    /**
     * A site that has seen nothing.
     *
     * @param lifeMillis how long an answer is kept that may be as old as given
     */
    SiteTable(
            Table origin,
            InstantSource clock,
            KvSites.Writes writes,
            ToLongFunction<Duration> lifeMillis) {
        this.origin = origin;
        this.clock = clock;
        this.writes = writes;
        this.lifeMillis = lifeMillis;
    }

    @Override
    public Optional<Row> read(Utf8Key key) {
        return read(key, CACHE_TTL);
    }

    @Override
    public Optional<Row> read(Utf8Key key, Duration cacheTtl) {
        long now = clock.millis();
        Optional<Answer> kept = kept(key, now);
        Optional<Row> row = kept.isPresent() ? kept.get().row() : asked(key, cacheTtl);
        return row.filter(entry -> entry.isLive(now));
    }

    private Optional<Answer> kept(Utf8Key key, long nowMillis) {
        lock.lock();
        try {
            return Optional.ofNullable(answers.get(key))
                    .filter(answer -> answer.untilMillis() > nowMillis);
        } finally {
            lock.unlock();
        }
    }

    private Optional<Row> asked(Utf8Key key, Duration cacheTtl) {
        Optional<Row> row = origin.read(key);
        keep(key, row, cacheTtl);
        return row;
    }

    @Override
    public List<Optional<Row>> readAll(List<Utf8Key> keys) {
        return keys.stream().map(this::read).toList();
    }

    @Override
    public List<KvKey> list(Range range) {
        return origin.list(range);
    }

    @Override
    public boolean write(
            Fence fence,
            Utf8Key key,
            Predicate<Supplier<Optional<KvValue>>> condition,
            LongFunction<Row> row) {
        Optional<Row> before = before(key);
        Row[] written = new Row[1];
        boolean done =
                origin.write(
                        fence,
                        key,
                        condition,
                        now -> {
                            written[0] = row.apply(now);
                            return written[0];
                        });
        if (done) {
            remember(key, before, Optional.of(written[0]));
        }
        return done;
    }

    @Override
    public void remove(Fence fence, Utf8Key key) {
        Optional<Row> before = before(key);
        origin.remove(fence, key);
        remember(key, before, Optional.empty());
    }

    private Optional<Row> before(Utf8Key key) {
        return writes == KvSites.Writes.SEEN_LATE ? read(key) : Optional.empty();
    }

    private void remember(Utf8Key key, Optional<Row> before, Optional<Row> now) {
        keep(key, writes == KvSites.Writes.SEEN_LATE ? before : now, CACHE_TTL);
    }

    private void keep(Utf8Key key, Optional<Row> row, Duration cacheTtl) {
        Answer answer = new Answer(row, clock.millis() + lifeMillis.applyAsLong(cacheTtl));
        lock.lock();
        try {
            answers.remove(key); // to be put at the end
            answers.put(key, answer);
            if (answers.size() > KEPT_ANSWERS) {
                Map.Entry<Utf8Key, Answer> oldest = answers.entrySet().iterator().next();
                answers.remove(oldest.getKey());
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int purge(int most) {
        return origin.purge(most);
    }
}
