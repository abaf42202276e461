package dev.flowir.cache;

import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.Codecs;
import dev.flowir.ir.Retriable;
import dev.flowir.kernel.cap.Scope;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/** Answers that something else keeps; here is only who works on one now. */
final class Elsewhere implements Shelf {

    private final CacheRemote remote;
    private final CacheBounds bounds;
    private final Codecs codecs;
    private final ConcurrentMap<CacheKey<?>, CompletableFuture<Object>> flights =
            new ConcurrentHashMap<>();
    private final LongAdder unkept = new LongAdder();
    private final LongAdder evicted = new LongAdder();

    Elsewhere(CacheRemote remote, CacheBounds bounds, Codecs codecs) {
        this.remote = remote;
        this.bounds = bounds;
        this.codecs = codecs;
    }

    @Override
    public ConcurrentMap<CacheKey<?>, CompletableFuture<Object>> flights() {
        return flights;
    }

    /** Empty also when it is written in a way that this release does not read: it is made anew. */
    @Override
    public <T> Optional<T> find(CacheKey<T> key, Scope scope) {
        Codec<T> codec = codecs.of(key.type());
        try {
            Optional<byte[]> kept = remote.find(key.digest(scope));
            return kept.isEmpty() ? Optional.empty() : Optional.of(codec.decode(kept.get()));
        } catch (CodecException unreadable) {
            return Optional.empty();
        } catch (RuntimeException e) {
            ensureItPasses(e);
            return Optional.empty();
        }
    }

    /** Not the answer of an attempt that was given up: another may have worked out one since. */
    @Override
    public <T> void keep(CacheKey<T> key, T answer, Scope scope) {
        if (!scope.fence().isCurrent()) {
            return;
        }
        byte[] bytes = encoded(key, answer);
        try {
            evicted.add(remote.keep(key.digest(scope), bytes, bounds));
        } catch (RuntimeException e) {
            ensureItPasses(e);
            unkept.increment();
        }
    }

    private <T> byte[] encoded(CacheKey<T> key, T answer) {
        try {
            return codecs.of(key.type()).encode(answer);
        } catch (CodecException e) {
            CacheException refusal =
                    new CacheException(
                            CacheFault.NOT_WRITABLE,
                            "an answer of type "
                                    + key.type()
                                    + " cannot be written, which a cache that processes share"
                                    + " needs: "
                                    + e.getMessage());
            refusal.initCause(e);
            throw refusal;
        }
    }

    /** A cache that cannot be asked costs work, no answer; who was interrupted does no more. */
    private static void ensureItPasses(RuntimeException e) {
        boolean passes = e instanceof Retriable fault && fault.isRetriable();
        if (!passes || Thread.currentThread().isInterrupted()) {
            throw e;
        }
    }

    @Override
    public void landed(CacheKey<?> key, Flight flight) {
        flights.remove(key, flight);
    }

    @Override
    public void clear() {
        remote.clear();
    }

    @Override
    public long unkept() {
        return unkept.sum();
    }

    @Override
    public long evicted() {
        return evicted.sum();
    }

    @Override
    public long entries() {
        return remote.entries();
    }
}
