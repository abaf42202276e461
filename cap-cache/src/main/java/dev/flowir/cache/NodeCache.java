package dev.flowir.cache;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Answers kept in the memory of this process, bound under one name: the provider of {@link Caches}'
 * tokens. Caffeine chooses what goes (W-TinyLFU). Thread-safe.
 */
public final class NodeCache implements CapabilityProvider {

    private final String binding;
    private final AsyncCache<CacheKey<?>, Object> answers;
    private final LongAdder worked = new LongAdder();
    private final LongAdder found = new LongAdder();

    private NodeCache(String binding, AsyncCache<CacheKey<?>, Object> answers) {
        this.binding = binding;
        this.answers = answers;
    }

    /**
     * An empty cache.
     *
     * @param binding name that tokens ask for
     * @param bounds how much is kept, and how long
     * @return the provider
     */
    public static NodeCache memory(String binding, CacheBounds bounds) {
        return memory(binding, bounds, InstantSource.system());
    }

    /**
     * An empty cache whose answers grow old by a clock.
     *
     * @param binding name that tokens ask for
     * @param bounds how much is kept, and how long
     * @param clock the clock
     * @return the provider
     */
    public static NodeCache memory(String binding, CacheBounds bounds, InstantSource clock) {
        return new NodeCache(
                binding,
                Caffeine.newBuilder()
                        .maximumSize(bounds.maxEntries())
                        .expireAfterWrite(bounds.kept())
                        .ticker(() -> nanos(clock.instant()))
                        .executor(Runnable::run) // what is done for order costs its caller little
                        .recordStats()
                        .buildAsync());
    }

    private static long nanos(Instant now) {
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    /** Forgets all answers. Who works one out now keeps it nowhere, and who waits still gets it. */
    public void clear() {
        answers.synchronous().invalidateAll();
    }

    /** {@return what became of questions until now} */
    public CacheCounts counts() {
        answers.synchronous().cleanUp();
        CacheStats stats = answers.synchronous().stats();
        return new CacheCounts(
                found.sum(),
                worked.sum(),
                stats.evictionCount(),
                answers.synchronous().estimatedSize());
    }

    @Override
    public String kind() {
        return "cache.memory";
    }

    @Override
    public String binding() {
        return binding;
    }

    @Override
    public Set<String> hints() {
        return Set.of(Caches.READ_HINT);
    }

    @Override
    public Descriptor descriptor() {
        return new Descriptor(
                Descriptor.Consistency.EVENTUAL,
                Descriptor.Durability.NONE,
                Descriptor.Ttl.NATIVE,
                Descriptor.Order.NONE,
                Set.of());
    }

    @Override
    public <H> H handle(Token<H> token, Scope scope) {
        return token.handle().cast(new Asking(answers, found, worked, scope));
    }
}
