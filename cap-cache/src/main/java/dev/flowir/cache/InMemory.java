package dev.flowir.cache;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.flowir.kernel.cap.Scope;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/** Answers stay where they were worked out. */
final class InMemory implements Shelf {

    private final AsyncCache<CacheKey<?>, Object> answers;

    InMemory(CacheBounds bounds, InstantSource clock) {
        this.answers =
                Caffeine.newBuilder()
                        .maximumSize(bounds.maxEntries())
                        .expireAfterWrite(bounds.kept())
                        .ticker(() -> nanos(clock.instant()))
                        .executor(Runnable::run) // what is done for order costs its caller little
                        .recordStats()
                        .buildAsync();
    }

    private static long nanos(Instant now) {
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    @Override
    public ConcurrentMap<CacheKey<?>, CompletableFuture<Object>> flights() {
        return answers.asMap();
    }

    @Override
    public <T> Optional<T> find(CacheKey<T> key, Scope scope) {
        return Optional.empty(); // what is kept is a flight that has landed
    }

    @Override
    public <T> void keep(CacheKey<T> key, T answer, Scope scope) {
        // its flight is kept
    }

    @Override
    public void landed(CacheKey<?> key, Flight flight) {
        // it stays
    }

    @Override
    public void clear() {
        answers.synchronous().invalidateAll();
    }

    @Override
    public long unkept() {
        return 0;
    }

    @Override
    public long evicted() {
        return answers.synchronous().stats().evictionCount();
    }

    @Override
    public long entries() {
        answers.synchronous().cleanUp();
        return answers.synchronous().estimatedSize();
    }
}
