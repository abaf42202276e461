package dev.flowir.ir;

/** The handles that a node's body may use: one per token it declared, narrowed to the attempt. */
@FunctionalInterface
public interface Handles {

    /**
     * {@return the handle for a declared token}
     *
     * @param <H> what the body uses
     * @param token one of the node's tokens
     * @throws IllegalArgumentException when the node did not declare {@code token}
     */
    <H> H get(Token<H> token);
}
