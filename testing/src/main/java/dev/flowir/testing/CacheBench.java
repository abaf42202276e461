package dev.flowir.testing;

import dev.flowir.cache.Cache;
import dev.flowir.cache.CacheBounds;
import dev.flowir.cache.Caches;
import dev.flowir.kernel.cap.Fence;
import dev.flowir.kernel.cap.Scope;
import java.time.Duration;

/** A provider of a cache on the bench, opened with {@link #BOUNDS} on the rule's clock. */
@FunctionalInterface
public interface CacheBench extends Bench {

    /** A hundred answers, each for a minute. */
    CacheBounds BOUNDS = CacheBounds.of(100, Duration.ofMinutes(1));

    /** {@return a handle, outside of any run} */
    default Cache cache() {
        return cache(Fence.open());
    }

    /**
     * A handle for an attempt.
     *
     * @param fence whether it still counts
     * @return the handle
     */
    default Cache cache(Fence fence) {
        return provider()
                .handle(
                        Caches.in(provider().binding()),
                        new Scope("flow", "run", "node", 1, "key", fence));
    }
}
