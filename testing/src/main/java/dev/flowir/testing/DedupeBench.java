package dev.flowir.testing;

import dev.flowir.dedupe.Dedupe;
import dev.flowir.dedupe.DedupeKeys;
import dev.flowir.dedupe.DedupeTimes;
import dev.flowir.kernel.cap.Fence;
import dev.flowir.kernel.cap.Scope;
import java.time.Duration;

/** A provider of dedupe on the bench, opened with {@link #TIMES} on the rule's clock. */
@FunctionalInterface
public interface DedupeBench extends Bench {

    /** A lease of ten seconds; kept for ten minutes. */
    DedupeTimes TIMES = new DedupeTimes(Duration.ofSeconds(10), Duration.ofMinutes(10));

    /** Keys that are kept at the same time, where {@link #boundsKeys()}. */
    int KEYS = 20;

    /**
     * Whether the provider keeps {@link #KEYS} keys at most.
     *
     * @return false unless overridden
     */
    default boolean boundsKeys() {
        return false;
    }

    /**
     * A handle for the first attempt at some work.
     *
     * @param work names it
     * @return the handle
     */
    default DedupeKeys keys(String work) {
        return keys(work, 1, Fence.open());
    }

    /**
     * A handle for an attempt at some work.
     *
     * @param work names it
     * @param attempt its number
     * @param fence whether it still counts
     * @return the handle
     */
    default DedupeKeys keys(String work, int attempt, Fence fence) {
        return provider()
                .handle(
                        Dedupe.keys(provider().binding()),
                        new Scope("flow", "run", "node", attempt, work, fence));
    }
}
