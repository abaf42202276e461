package dev.flowir.testing;

import dev.flowir.blob.BlobEvents;
import dev.flowir.blob.BlobReader;
import dev.flowir.blob.BlobStore;
import dev.flowir.blob.BlobWriter;
import dev.flowir.blob.Blobs;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Scope;
import java.time.Duration;

/** A provider of blobs on the bench, empty, with Cloudflare's limits. */
public interface BlobBench extends Bench {

    /**
     * A bench for a provider that cannot tell of changes.
     *
     * @param provider the provider, empty
     * @return the bench
     */
    static BlobBench of(CapabilityProvider provider) {
        return () -> provider;
    }

    /**
     * A bench for one of our buckets.
     *
     * @param store the bucket, empty; closed with the bench
     * @return the bench
     */
    static BlobBench of(BlobStore store) {
        return new BlobBench() {
            @Override
            public CapabilityProvider provider() {
                return store;
            }

            @Override
            public boolean supportsEvents() {
                return true;
            }

            @Override
            public BlobEvents events() {
                return store.events();
            }

            @Override
            public void expire(String prefix, Duration age) {
                store.expire(prefix, age);
            }

            @Override
            public void close() {
                store.close();
            }
        };
    }

    /**
     * A handle that writes, outside of any run.
     *
     * @return a new one
     */
    default BlobWriter writer() {
        return handle(Blobs.writer(provider().binding()));
    }

    /**
     * A handle that writes, for an attempt.
     *
     * @param scope the attempt
     * @return a new one
     */
    default BlobWriter writer(Scope scope) {
        return provider().handle(Blobs.writer(provider().binding()), scope);
    }

    /**
     * A handle that only reads, outside of any run.
     *
     * @return a new one
     */
    default BlobReader reader() {
        return handle(Blobs.reader(provider().binding()));
    }

    /**
     * Whether calls are held to the limits of R2.
     *
     * @return true unless overridden
     */
    default boolean supportsCloudflareLimits() {
        return true;
    }

    /**
     * Whether {@link #events()} and {@link #expire} can be called.
     *
     * @return false unless overridden
     */
    default boolean supportsEvents() {
        return false;
    }

    /**
     * Whether changes that are noted outlive a restart.
     *
     * @return whether both are supported, unless overridden
     */
    default boolean supportsEventsAcrossRestarts() {
        return supportsEvents() && supportsRestart();
    }

    /**
     * Rules and deliveries of changes.
     *
     * @return those of the provider
     */
    default BlobEvents events() {
        throw new IllegalStateException("supportsEvents() is true but events() is not there");
    }

    /**
     * Deletes objects by their age, as a lifecycle rule does.
     *
     * @param prefix what their keys start with
     * @param age how old they are at least
     */
    default void expire(String prefix, Duration age) {
        throw new IllegalStateException("supportsEvents() is true but expire() is not there");
    }
}
