package dev.flowir.ir;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A connection from one node to another.
 *
 * @param from alias of the node that produces
 * @param to alias of the node that consumes
 * @param delivery how often an item may cross
 * @param ordering whether items keep their order
 * @param partitionKey name of the key that order is kept within
 * @param timeoutMillis time in milliseconds that the target's body may take for one item of this
 *     edge, an unsigned 64-bit number
 * @param buffer the queue behind the edge
 */
public record EdgeDefinition(
        String from,
        String to,
        Delivery delivery,
        Ordering ordering,
        Optional<String> partitionKey,
        OptionalLong timeoutMillis,
        Buffer buffer) {

    /**
     * {@return an edge with the defaults that builders use: at least once, ordered, default buffer}
     *
     * @param from alias of the node that gives
     * @param to alias of the node that takes
     */
    public static EdgeDefinition of(String from, String to) {
        return new EdgeDefinition(
                from,
                to,
                Delivery.AT_LEAST_ONCE,
                Ordering.ORDERED,
                Optional.empty(),
                OptionalLong.empty(),
                Buffer.defaults());
    }

    /**
     * {@return the same edge between other nodes}
     *
     * @param newFrom alias of the node that gives
     * @param newTo alias of the node that takes
     */
    public EdgeDefinition between(String newFrom, String newTo) {
        return new EdgeDefinition(
                newFrom, newTo, delivery, ordering, partitionKey, timeoutMillis, buffer);
    }
}
