package dev.flowir.kernel.journal;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A node that waits.
 *
 * @param ticket its attempt
 * @param node alias of the node
 * @param signal the signal that it waits for, as {@code name} or {@code name:key}
 * @param answers the answers that it waits for; empty when for none
 * @param dueNanos when it is over at the latest, on the run's clock; empty when another run ends it
 */
public record Awaited(
        long ticket,
        String node,
        Optional<String> signal,
        List<String> answers,
        OptionalLong dueNanos) {

    /** Copies the list. */
    public Awaited {
        answers = List.copyOf(answers);
    }
}
