package dev.flowir.kernel;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A run in which nothing moves: no step starts or ends, no item is given or taken. What works comes
 * before what waits for it.
 *
 * @param silence for how long nothing has moved
 * @param waits who works and who waits for whom, at most {@value #MOST}; empty when something else
 *     than a node holds the run up: a listener, or a function that chooses a way or a key
 * @param more how many there are beside {@code waits}
 */
public record Standstill(Duration silence, List<Wait> waits, int more) {

    /** Its code. */
    public static final String CODE = "RUN030";

    /** Most that are named, so that the message of a wide flow can be read. */
    public static final int MOST = 20;

    /** Copies the list. */
    public Standstill {
        waits = List.copyOf(waits);
    }

    /**
     * A node that works or waits.
     *
     * @param node alias of the node
     * @param edge the edge that it is about, {@code from -> to}, or {@code capture::<alias>} for
     *     the outputs; empty when it is about none
     * @param waitsFor alias of the node that it waits for; empty when that is none of the flow
     * @param text what it does, for people
     */
    public record Wait(
            String node, Optional<String> edge, Optional<String> waitsFor, String text) {}

    /** {@return what happened, for people, without the code} */
    public String message() {
        StringBuilder message = new StringBuilder("nothing has moved for ");
        message.append(silence.toMillis()).append(" ms");
        if (waits.isEmpty()) {
            return message.append(
                            ": a listener is at work, or a function that chooses a way or a key")
                    .toString();
        }
        char separator = ':';
        for (Wait wait : waits) {
            message.append(separator).append(' ').append(wait.text());
            separator = ';';
        }
        return more == 0
                ? message.toString()
                : message.append("; and ").append(more).append(" more").toString();
    }
}
