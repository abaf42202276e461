package dev.flowir.ir;

import java.util.List;
import java.util.Optional;

/**
 * A node as the wire format has it.
 *
 * @param id {@code <flow id>::<alias>}; read as it stands, never checked
 * @param alias name within the flow; edges and surfaces refer to it
 * @param identifier key of the handler that runs the node
 * @param name name for people
 * @param kind role
 * @param summary one line for people
 * @param inSchema schema of the input
 * @param outSchema schema of the output
 * @param effects declared effects
 * @param determinism declared determinism
 * @param idempotency how repeats are recognised
 * @param determinismHints hints that lower determinism
 * @param effectHints hints that raise effects and name the capabilities needed
 * @param join names of the inbound nodes whose items are joined into one input, in order; empty
 *     means that inbound items merge. An addition to the reference's format: left out when empty
 */
public record NodeDefinition(
        String id,
        String alias,
        String identifier,
        String name,
        NodeKind kind,
        Optional<String> summary,
        SchemaRef inSchema,
        SchemaRef outSchema,
        Effects effects,
        Determinism determinism,
        Idempotency idempotency,
        List<String> determinismHints,
        List<String> effectHints,
        List<String> join) {

    /** Copies the lists. */
    public NodeDefinition {
        determinismHints = List.copyOf(determinismHints);
        effectHints = List.copyOf(effectHints);
        join = List.copyOf(join);
    }
}
