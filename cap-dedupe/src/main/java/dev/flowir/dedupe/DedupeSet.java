package dev.flowir.dedupe;

import dev.flowir.ir.Guarantee;
import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.store.Store;
import java.time.InstantSource;
import java.util.Set;

/** Keys under one name: the provider of {@link Dedupe}'s tokens. Thread-safe. */
public final class DedupeSet implements CapabilityProvider {

    /** Keys that are kept in memory, unless told. */
    public static final int DEFAULT_MAX_KEYS = 100_000;

    private final String kind;
    private final String binding;
    private final DedupeTimes times;
    private final Marks marks;
    private final Descriptor descriptor;

    private DedupeSet(
            String kind, String binding, DedupeTimes times, Marks marks, Descriptor descriptor) {
        this.kind = kind;
        this.binding = binding;
        this.times = times;
        this.marks = marks;
        this.descriptor = descriptor;
    }

    /**
     * Keys of this process, {@link #DEFAULT_MAX_KEYS} at most. None when it restarts.
     *
     * @param binding name that tokens ask for
     * @param times how long keys are kept
     * @return the provider
     */
    public static DedupeSet memory(String binding, DedupeTimes times) {
        return memory(binding, times, DEFAULT_MAX_KEYS, InstantSource.system());
    }

    /**
     * Keys of this process on another clock.
     *
     * @param binding name that tokens ask for
     * @param times how long keys are kept
     * @param maxKeys most keys that are kept; one more is refused by {@link
     *     DedupeFault#TOO_MANY_KEYS}
     * @param clock what keys end by
     * @return the provider
     */
    public static DedupeSet memory(
            String binding, DedupeTimes times, int maxKeys, InstantSource clock) {
        if (maxKeys < 1) {
            throw new IllegalArgumentException("maxKeys is 1 at least, got " + maxKeys);
        }
        return new DedupeSet(
                "dedupe.memory",
                binding,
                times,
                new MemoryMarks(clock, maxKeys),
                described(Descriptor.Durability.NONE, Set.of()));
    }

    /**
     * Keys in an embedded store, by its clock: as they were after a restart. Inside a transaction
     * of the store, keys are part of it.
     *
     * @param binding name that tokens ask for, and name of the keys
     * @param times how long keys are kept
     * @param store where they are kept; stays the caller's to close
     * @return the provider
     */
    public static DedupeSet sqlite(String binding, DedupeTimes times, Store store) {
        return new DedupeSet(
                "dedupe.sqlite",
                binding,
                times,
                StoreMarks.open(store, binding),
                described(
                        store.isDurable()
                                ? Descriptor.Durability.LOCAL_DISK
                                : Descriptor.Durability.NONE,
                        Set.of(Guarantee.SHARED_TRANSACTION)));
    }

    /**
     * Keys that something else keeps, by its clock, for several processes.
     *
     * @param kind for example {@code dedupe.redis}
     * @param binding name that tokens ask for
     * @param times how long keys are kept
     * @param remote where they are kept
     * @param durability what a crash there leaves of them
     * @return the provider
     */
    public static DedupeSet remote(
            String kind,
            String binding,
            DedupeTimes times,
            DedupeRemote remote,
            Descriptor.Durability durability) {
        return new DedupeSet(
                kind, binding, times, new RemoteMarks(remote), described(durability, Set.of()));
    }

    private static Descriptor described(Descriptor.Durability durability, Set<Guarantee> extras) {
        return new Descriptor(
                Descriptor.Consistency.STRONG,
                durability,
                Descriptor.Ttl.NATIVE,
                Descriptor.Order.NONE,
                extras);
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
        return Set.of(Dedupe.WRITE_HINT);
    }

    @Override
    public Descriptor descriptor() {
        return descriptor;
    }

    @Override
    public boolean commitsWith(AutoCloseable store) {
        return marks instanceof StoreMarks kept && kept.isIn(store);
    }

    @Override
    public <H> H handle(Token<H> token, Scope scope) {
        return token.handle().cast(new Marking(marks, times, scope));
    }
}
