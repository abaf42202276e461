package dev.flowir.limit;

import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.Timeline;
import dev.flowir.store.Store;
import java.util.Set;

/**
 * Token buckets of one rate, bound under one name: the provider of {@link Limits}' tokens. One
 * bucket for each key, all of them full at first. Thread-safe.
 */
public final class RateLimits implements CapabilityProvider {

    /** Buckets that are not full and kept in memory at the same time, unless told. */
    public static final int DEFAULT_MAX_KEYS = 100_000;

    private final String kind;
    private final String binding;
    private final Rate rate;
    private final Buckets buckets;
    private final Timeline timeline;
    private final Descriptor.Durability durability;

    private RateLimits(
            String kind,
            String binding,
            Rate rate,
            Buckets buckets,
            Timeline timeline,
            Descriptor.Durability durability) {
        this.kind = kind;
        this.binding = binding;
        this.rate = rate;
        this.buckets = buckets;
        this.timeline = timeline;
        this.durability = durability;
    }

    /**
     * Buckets of this process, {@link #DEFAULT_MAX_KEYS} at most. Full again when it restarts.
     *
     * @param binding name that tokens ask for
     * @param rate of each bucket
     * @return the provider
     */
    public static RateLimits memory(String binding, Rate rate) {
        return memory(binding, rate, DEFAULT_MAX_KEYS, Timeline.system());
    }

    /**
     * Buckets of this process on another time.
     *
     * @param binding name that tokens ask for
     * @param rate of each bucket
     * @param maxKeys most buckets that are not full at the same time; one more is refused by {@link
     *     LimitFault#TOO_MANY_KEYS}
     * @param timeline what fills them and wakes who waits
     * @return the provider
     */
    public static RateLimits memory(String binding, Rate rate, int maxKeys, Timeline timeline) {
        if (maxKeys < 1) {
            throw new IllegalArgumentException("maxKeys is 1 at least, got " + maxKeys);
        }
        return new RateLimits(
                "rate.memory",
                binding,
                rate,
                new MemoryBuckets(rate, timeline, maxKeys),
                timeline,
                Descriptor.Durability.NONE);
    }

    /**
     * Buckets in an embedded store, filled by its clock: as they were after a restart. Each take is
     * a transaction of its own, on the disk before it is granted.
     *
     * @param binding name that tokens ask for, and name of the buckets
     * @param rate of each bucket
     * @param store where they are kept; stays the caller's to close
     * @return the provider
     */
    public static RateLimits sqlite(String binding, Rate rate, Store store) {
        return sqlite(binding, rate, store, Timeline.system());
    }

    /**
     * Buckets in an embedded store, where who waits is woken on another time.
     *
     * @param binding name that tokens ask for, and name of the buckets
     * @param rate of each bucket
     * @param store where they are kept; stays the caller's to close
     * @param timeline wakes who waits; goes as the store's clock does
     * @return the provider
     */
    public static RateLimits sqlite(String binding, Rate rate, Store store, Timeline timeline) {
        return new RateLimits(
                "rate.sqlite",
                binding,
                rate,
                StoreBuckets.open(store, binding, rate),
                timeline,
                store.isDurable() ? Descriptor.Durability.LOCAL_DISK : Descriptor.Durability.NONE);
    }

    /**
     * Buckets that something else keeps.
     *
     * @param kind for example {@code rate.redis}
     * @param binding name that tokens ask for
     * @param rate of each bucket
     * @param remote who keeps the buckets, for all processes that share them
     * @param durability what a crash of it leaves
     * @param timeline wakes who waits
     * @return the provider
     */
    public static RateLimits remote(
            String kind,
            String binding,
            Rate rate,
            RateRemote remote,
            Descriptor.Durability durability,
            Timeline timeline) {
        return new RateLimits(
                kind, binding, rate, new RemoteBuckets(remote, rate), timeline, durability);
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
        return Set.of(Limits.TAKE_HINT);
    }

    @Override
    public Descriptor descriptor() {
        return new Descriptor(
                Descriptor.Consistency.STRONG,
                durability,
                Descriptor.Ttl.NONE,
                Descriptor.Order.PER_KEY,
                Set.of());
    }

    @Override
    public <H> H handle(Token<H> token, Scope scope) {
        return token.handle().cast(new Taking(buckets, rate, timeline, scope));
    }
}
