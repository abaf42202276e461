package dev.flowir.kernel.host;

import org.jspecify.annotations.Nullable;

/**
 * A stream whose producer does not wait for its consumer. What a host has to know of it beside the
 * items: a consumer that is cut off may be stuck in what it does with the item before.
 */
public interface LiveStream {

    /**
     * Has something done when the consumer is cut off because it did not keep up; at once when it
     * was already. What the stream answers from then on says why.
     *
     * @param then must be quick, and may run on any thread
     */
    void whenCut(Runnable then);

    /**
     * Looks whether the item that {@code next()} gave was replaced since; waits for nothing.
     *
     * @return what took its place; null when nothing did, and where no item takes another's place
     */
    @Nullable Object newest();
}
