package dev.flowir.cache;

import dev.flowir.ir.Codecs;
import dev.flowir.ir.Token;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * Answers bound under one name: the provider of {@link Caches}' tokens. They are kept in the memory
 * of this process, where Caffeine chooses what goes (W-TinyLFU), or elsewhere for several
 * processes, where the oldest go. Thread-safe.
 */
public final class NodeCache implements CapabilityProvider {

    private final String kind;
    private final String binding;
    private final Shelf shelf;
    private final LongAdder worked = new LongAdder();
    private final LongAdder found = new LongAdder();

    private NodeCache(String kind, String binding, Shelf shelf) {
        this.kind = kind;
        this.binding = binding;
        this.shelf = shelf;
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
        return new NodeCache("cache.memory", binding, new InMemory(bounds, clock));
    }

    /**
     * Answers that something else keeps, written as JSON.
     *
     * @param kind for example {@code cache.redis}
     * @param binding name that tokens ask for
     * @param bounds how much is kept, and how long
     * @param remote who keeps the answers, for all processes that share them
     * @return the provider
     */
    public static NodeCache remote(
            String kind, String binding, CacheBounds bounds, CacheRemote remote) {
        return remote(kind, binding, bounds, remote, JsonCodecs.strict());
    }

    /**
     * Answers that something else keeps.
     *
     * @param kind for example {@code cache.redis}
     * @param binding name that tokens ask for
     * @param bounds how much is kept, and how long
     * @param remote who keeps the answers, for all processes that share them
     * @param codecs how answers are written; one that they cannot read is worked out anew
     * @return the provider
     */
    public static NodeCache remote(
            String kind, String binding, CacheBounds bounds, CacheRemote remote, Codecs codecs) {
        return new NodeCache(kind, binding, new Elsewhere(remote, bounds, codecs));
    }

    /** Forgets all answers. Who works one out now keeps it nowhere, and who waits still gets it. */
    public void clear() {
        shelf.clear();
    }

    /** {@return what became of questions until now} */
    public CacheCounts counts() {
        long entries = shelf.entries();
        return new CacheCounts(found.sum(), worked.sum(), shelf.evicted(), entries, shelf.unkept());
    }

    @Override
    public String kind() {
        return kind;
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
        return token.handle().cast(new Asking(shelf, found, worked, scope));
    }
}
