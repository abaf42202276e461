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
 * @param since the flow's version from which on there is this node: runs of earlier versions pass
 *     it over, see {@link FlowDefinition#asOf}. An addition to the reference's format
 * @param fanIn how the items meet that {@code join} names the sources of; empty means that one of
 *     each meet, all of one input. An addition to the reference's format
 * @param partOf the flows that the node was laid in with, the outermost first; empty for a node of
 *     the flow itself. Runs do not read it. An addition to the reference's format: left out when
 *     empty
 * @param slowConsumer what becomes of a consumer that does not keep up with the stream that the
 *     node gives; empty means that the node waits for it. An addition to the reference's format
 * @param concurrency how many of its bodies may run at a time; empty for as many as there is work.
 *     An addition to the reference's format
 * @param priority which of its items go first when several wait; empty for those that came first.
 *     An addition to the reference's format
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
        List<String> join,
        Optional<String> since,
        Optional<FanIn> fanIn,
        List<Subflow> partOf,
        Optional<SlowConsumer> slowConsumer,
        Optional<Concurrency> concurrency,
        Optional<Precedence> priority) {

    /** Copies the lists. */
    public NodeDefinition {
        determinismHints = List.copyOf(determinismHints);
        effectHints = List.copyOf(effectHints);
        join = List.copyOf(join);
        partOf = List.copyOf(partOf);
    }

    /**
     * A node that was always there and joins, if it does, by input.
     *
     * @param id {@code <flow id>::<alias>}
     * @param alias name within the flow
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
     * @param effectHints hints that raise effects
     * @param join names of the inbound nodes whose items are joined
     */
    public NodeDefinition(
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
        this(
                id,
                alias,
                identifier,
                name,
                kind,
                summary,
                inSchema,
                outSchema,
                effects,
                determinism,
                idempotency,
                determinismHints,
                effectHints,
                join,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same node in another flow, where {@code schema} arrives. */
    NodeDefinition placed(String newId, SchemaRef schema) {
        return new NodeDefinition(
                newId,
                alias,
                identifier,
                name,
                kind,
                summary,
                schema,
                outSchema,
                effects,
                determinism,
                idempotency,
                determinismHints,
                effectHints,
                join,
                since,
                fanIn,
                partOf,
                slowConsumer,
                concurrency,
                priority);
    }

    /**
     * {@return the same node with a bound on its bodies that run at a time}
     *
     * @param limit bodies at a time, 1 to {@link Concurrency#MAX}
     */
    public NodeDefinition limited(long limit) {
        return waiting(Optional.of(new Concurrency(limit)), priority);
    }

    /**
     * {@return the same node with an order for what waits for it}
     *
     * @param order which of its items go first
     */
    public NodeDefinition ordered(Precedence order) {
        return waiting(concurrency, Optional.of(order));
    }

    private NodeDefinition waiting(Optional<Concurrency> limit, Optional<Precedence> order) {
        return new NodeDefinition(
                id,
                alias,
                identifier,
                name,
                kind,
                summary,
                inSchema,
                outSchema,
                effects,
                determinism,
                idempotency,
                determinismHints,
                effectHints,
                join,
                since,
                fanIn,
                partOf,
                slowConsumer,
                limit,
                order);
    }

    /**
     * {@return the same node under another alias}
     *
     * @param newAlias name within the flow
     * @param newJoin names of the inbound nodes that it joins
     */
    public NodeDefinition called(String newAlias, List<String> newJoin) {
        return new NodeDefinition(
                id,
                newAlias,
                identifier,
                name,
                kind,
                summary,
                inSchema,
                outSchema,
                effects,
                determinism,
                idempotency,
                determinismHints,
                effectHints,
                newJoin,
                since,
                fanIn,
                partOf,
                slowConsumer,
                concurrency,
                priority);
    }
}
