package dev.flowir.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Which due messages make a batch now.
 *
 * @param take indexes of them; empty when it is not time yet
 * @param waitUntilMillis when the first message will have waited long enough
 */
record Readiness(List<Integer> take, OptionalLong waitUntilMillis) {

    Readiness {
        take = List.copyOf(take);
    }

    /**
     * Decides.
     *
     * @param heads due messages, first ones first, as many as a batch holds if there are
     */
    static Readiness of(List<Rows.Head> heads, QueueSettings.Batching batching, long nowMillis) {
        if (heads.isEmpty()) {
            return new Readiness(List.of(), OptionalLong.empty());
        }
        if (heads.get(0).alone()) {
            return new Readiness(List.of(0), OptionalLong.empty());
        }
        List<Integer> together = new ArrayList<>();
        int alone = -1;
        for (int i = 0; i < heads.size(); i++) {
            if (!heads.get(i).alone()) {
                together.add(i);
            } else if (alone < 0) {
                alone = i;
            }
        }
        long until = heads.get(0).visibleAtMillis() + batching.timeout().toMillis();
        // With a message in between that goes alone, the batch cannot become full.
        if (heads.size() >= batching.maxSize() || until <= nowMillis) {
            return new Readiness(together, OptionalLong.empty());
        }
        return alone >= 0
                ? new Readiness(List.of(alone), OptionalLong.empty())
                : new Readiness(List.of(), OptionalLong.of(until));
    }
}
