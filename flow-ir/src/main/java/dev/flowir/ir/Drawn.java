package dev.flowir.ir;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A node of a drawing. */
final class Drawn {

    /**
     * What an effectful node is identified by unless it says otherwise: one piece of work in one
     * run.
     */
    static final String DEFAULT_KEY = "{run}/{node}/{item}";

    final String alias;
    final Type<?> input;
    Type<?> output;
    List<String> join = List.of();
    Optional<FanIn> fanIn = Optional.empty();
    boolean perItem;
    private final String identifier;
    private final NodeKind kind;
    private final Optional<Node<?, ?>> node;
    private final Optional<NodeDefinition> laid;

    private Drawn(
            String alias,
            String identifier,
            NodeKind kind,
            Type<?> input,
            Type<?> output,
            Optional<Node<?, ?>> node,
            Optional<NodeDefinition> laid) {
        this.alias = alias;
        this.identifier = identifier;
        this.kind = kind;
        this.input = input;
        this.output = output;
        this.node = node;
        this.laid = laid;
    }

    /** A node that only computes, and is called as its alias. */
    Drawn(String alias, NodeKind kind, Type<?> input, Type<?> output) {
        this(alias, alias, kind, input, output, Optional.empty(), Optional.empty());
    }

    Drawn(String alias, Node<?, ?> node) {
        this(
                alias,
                node.name(),
                NodeKind.INLINE,
                node.input(),
                node.output(),
                Optional.of(node),
                Optional.empty());
    }

    /** A node that was laid in with its flow. */
    Drawn(NodeDefinition laid, Type<?> input, Type<?> output) {
        this(
                laid.alias(),
                laid.identifier(),
                laid.kind(),
                input,
                output,
                Optional.empty(),
                Optional.of(laid));
    }

    /** The schema of what it gives. */
    SchemaRef outSchema() {
        return laid.map(NodeDefinition::outSchema).orElse(SchemaRef.named(output.name()));
    }

    /** The schema of what it takes, unless what arrives is something else. */
    SchemaRef inSchema() {
        return laid.map(NodeDefinition::inSchema).orElse(SchemaRef.named(input.name()));
    }

    boolean isLaid() {
        return laid.isPresent();
    }

    /** As the wire format has it, in flow {@code flowId}, called {@code flow}. */
    NodeDefinition definition(String flowId, String flow, SchemaRef inSchema) {
        String id = FlowIds.nodeId(flowId, alias);
        if (laid.isPresent()) {
            return laid.get().placed(id, inSchema);
        }
        return new NodeDefinition(
                id,
                alias,
                flow + "::" + identifier,
                alias,
                kind,
                Optional.empty(),
                inSchema,
                outSchema(),
                node.map(Node::effects).orElse(Effects.PURE),
                node.map(Node::determinism).orElse(Determinism.STRICT),
                node.map(Drawn::idempotencyOf).orElse(Idempotency.none()),
                node.map(Node::determinismHints).orElse(List.of()),
                node.map(Node::effectHints).orElse(List.of()),
                join,
                node.flatMap(it -> it.option(NodeOption.Since.class))
                        .map(NodeOption.Since::version),
                fanIn,
                List.of(),
                node.flatMap(it -> it.option(NodeOption.Slow.class)).map(NodeOption.Slow::then),
                node.flatMap(it -> it.option(NodeOption.Concurrent.class))
                        .map(it -> new Concurrency(it.limit())),
                node.flatMap(it -> it.option(NodeOption.Ranked.class))
                        .map(it -> it.by().precedence()));
    }

    private static Idempotency idempotencyOf(Node<?, ?> node) {
        Optional<NodeOption.Idempotent> asked = node.option(NodeOption.Idempotent.class);
        if (asked.isPresent()) {
            return new Idempotency(
                    Optional.of(asked.get().key()),
                    Optional.of(IdempotencyScope.NODE),
                    OptionalLong.of(asked.get().ttl().toMillis()));
        }
        return node.effects() == Effects.EFFECTFUL
                ? Idempotency.key(DEFAULT_KEY)
                : Idempotency.none();
    }
}
