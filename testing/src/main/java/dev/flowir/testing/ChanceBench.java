package dev.flowir.testing;

import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Fence;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.time.Chance;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/** A provider of random numbers on the bench. */
@FunctionalInterface
public interface ChanceBench extends Bench {

    /**
     * Whether numbers follow from a seed, and each item has a series of its own.
     *
     * @return false unless overridden
     */
    default boolean isPerItem() {
        return false;
    }

    /**
     * Whether numbers follow from a seed, and each attempt's series from the order of asking.
     *
     * @return false unless overridden
     */
    default boolean isInOrder() {
        return false;
    }

    /**
     * A provider made in the same way, with the same seed, as another process would have it.
     *
     * @return the provider
     */
    default CapabilityProvider again() {
        throw new IllegalStateException("a seeded provider is made again by again()");
    }

    /**
     * A handle for an attempt at an item.
     *
     * @param from the provider
     * @param item what the item's idempotency key is
     * @param attempt number of the attempt
     * @return the handle
     */
    static RandomGenerator numbers(CapabilityProvider from, String item, int attempt) {
        return from.handle(
                Chance.numbers(from.binding()),
                new Scope("flow", "run", "node", attempt, item, Fence.open()));
    }

    /**
     * The first numbers of a series.
     *
     * @param from the generator
     * @return five numbers
     */
    static List<Long> five(RandomGenerator from) {
        return LongStream.generate(from::nextLong).limit(5).boxed().toList();
    }
}
