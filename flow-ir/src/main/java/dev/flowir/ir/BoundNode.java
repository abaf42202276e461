package dev.flowir.ir;

import java.util.List;
import java.util.Optional;

/**
 * What runs behind an alias.
 *
 * @param body the work
 * @param tokens what the body uses
 * @param site where the node was defined, when it was defined in Java
 */
public record BoundNode(NodeBody body, List<Token<?>> tokens, Optional<Site> site) {

    /** Copies the list. */
    public BoundNode {
        tokens = List.copyOf(tokens);
    }
}
