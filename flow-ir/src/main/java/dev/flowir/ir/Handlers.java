package dev.flowir.ir;

import java.util.Optional;

/** Finds what runs a node of a flow that came as JSON, by the node's identifier. */
@FunctionalInterface
public interface Handlers {

    /**
     * {@return the body registered for {@code identifier}; empty when there is none}
     *
     * @param identifier {@link NodeDefinition#identifier} of a node
     */
    Optional<NodeBody> find(String identifier);
}
