package dev.flowir.testing;

import dev.flowir.ir.Guarantee;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kv.Kv;
import dev.flowir.kv.KvAtomicWriter;
import dev.flowir.kv.KvReader;
import dev.flowir.kv.KvWriter;

/** A provider of key-value on the bench, empty, with Cloudflare's limits but for its rates. */
public interface KvBench extends Bench {

    /**
     * A bench for a provider that needs nothing else.
     *
     * @param provider the provider, empty
     * @return the bench
     */
    static KvBench of(CapabilityProvider provider) {
        return () -> provider;
    }

    /**
     * A handle that writes, outside of any run.
     *
     * @return a new one
     */
    default KvWriter writer() {
        return handle(Kv.writer(provider().binding()));
    }

    /**
     * A handle that writes, for an attempt.
     *
     * @param scope the attempt
     * @return a new one
     */
    default KvWriter writer(Scope scope) {
        return provider().handle(Kv.writer(provider().binding()), scope);
    }

    /**
     * A handle that only reads, outside of any run.
     *
     * @return a new one
     */
    default KvReader reader() {
        return handle(Kv.reader(provider().binding()));
    }

    /**
     * A handle that compares and sets, outside of any run.
     *
     * @return a new one
     */
    default KvAtomicWriter atomicWriter() {
        return handle(Kv.atomicWriter(provider().binding()));
    }

    /**
     * Whether {@link #atomicWriter()} can be called.
     *
     * @return what the provider's descriptor promises, unless overridden
     */
    default boolean supportsCompareAndSet() {
        return provider().descriptor().guarantees().contains(Guarantee.COMPARE_AND_SET);
    }

    /**
     * Whether calls are held to the limits of Cloudflare KV.
     *
     * @return true unless overridden
     */
    default boolean supportsCloudflareLimits() {
        return true;
    }

    /**
     * Whether an acknowledged write is seen by the next read.
     *
     * @return what the provider's descriptor promises, unless overridden
     */
    default boolean supportsReadYourWrites() {
        return provider().descriptor().guarantees().contains(Guarantee.STRONG_CONSISTENCY);
    }

    /**
     * Whether {@link #rated()} can be called.
     *
     * @return false unless overridden
     */
    default boolean supportsRates() {
        return false;
    }

    /**
     * The same entries, held to Cloudflare's rates, too: of writes to a key, and of calls in an
     * attempt.
     *
     * @return a provider under the same binding
     */
    default CapabilityProvider rated() {
        throw new IllegalStateException("supportsRates() is true but rated() is not there");
    }

    /**
     * Whether {@link #site} can be called: true for a provider that is read in several places.
     *
     * @return false unless overridden
     */
    default boolean supportsSites() {
        return false;
    }

    /**
     * The same entries as a place of the world sees them.
     *
     * @param name of the place
     * @param writes what it sees of its own writes
     * @return a provider under the same binding
     */
    default CapabilityProvider site(String name, OwnWrites writes) {
        throw new IllegalStateException("supportsSites() is true but site(...) is not there");
    }

    /** What a place sees of its own writes. */
    enum OwnWrites {
        /** At once, which is usual. */
        AT_ONCE,
        /** As late as those of others, which nothing rules out. */
        LATE
    }
}
