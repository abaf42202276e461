package dev.flowir.ir;

/** The handles that a node's body may use: one per token it declared, narrowed to the attempt. */
@FunctionalInterface
public interface Handles {

    /**
     * The handle for a declared token.
     *
     * @throws IllegalArgumentException when the node did not declare {@code token}
     */
    <H> H get(Token<H> token);
}
