package dev.flowir.ir.json;

import dev.flowir.ir.Concurrency;
import dev.flowir.ir.Determinism;
import dev.flowir.ir.Effects;
import dev.flowir.ir.FanIn;
import dev.flowir.ir.Idempotency;
import dev.flowir.ir.IdempotencyScope;
import dev.flowir.ir.NodeDefinition;
import dev.flowir.ir.NodeKind;
import dev.flowir.ir.Precedence;
import dev.flowir.ir.SchemaRef;
import dev.flowir.ir.SlowConsumer;
import dev.flowir.ir.Subflow;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The fields of a node. */
final class NodeShape {

    private static final Shape<List<String>> TEXTS = Shapes.list(Shapes.TEXT);

    private static final Field<Idempotency, Optional<String>> KEY =
            Field.optional("key", Shapes.TEXT, Idempotency::key);
    private static final Field<Idempotency, Optional<IdempotencyScope>> SCOPE =
            Field.optional(
                    "scope",
                    Shapes.word(
                            IdempotencyScope.values(),
                            IdempotencyScope::wire,
                            IdempotencyScope::ofWire),
                    Idempotency::scope);
    private static final Field<Idempotency, OptionalLong> TTL =
            Field.leftOut(
                    "ttlMs", Shapes.OPTIONAL_U64, OptionalLong.empty(), Idempotency::ttlMillis);

    private static final RecordShape<Idempotency> IDEMPOTENCY =
            new RecordShape<>(
                    "Idempotency",
                    List.of(KEY, SCOPE, TTL),
                    in -> new Idempotency(in.get(KEY), in.get(SCOPE), in.get(TTL)));

    private static final Field<NodeDefinition, String> ID =
            Field.required("id", Shapes.TEXT, NodeDefinition::id);
    private static final Field<NodeDefinition, String> ALIAS =
            Field.required("alias", Shapes.TEXT, NodeDefinition::alias);
    private static final Field<NodeDefinition, String> IDENTIFIER =
            Field.required("identifier", Shapes.TEXT, NodeDefinition::identifier);
    private static final Field<NodeDefinition, String> NAME =
            Field.required("name", Shapes.TEXT, NodeDefinition::name);
    private static final Field<NodeDefinition, NodeKind> KIND =
            Field.required(
                    "kind",
                    Shapes.word(NodeKind.values(), NodeKind::wire, NodeKind::ofWire),
                    NodeDefinition::kind);
    private static final Field<NodeDefinition, Optional<String>> SUMMARY =
            Field.optional("summary", Shapes.TEXT, NodeDefinition::summary);
    private static final Field<NodeDefinition, SchemaRef> IN_SCHEMA =
            Field.required("in_schema", new SchemaRefShape(), NodeDefinition::inSchema);
    private static final Field<NodeDefinition, SchemaRef> OUT_SCHEMA =
            Field.required("out_schema", new SchemaRefShape(), NodeDefinition::outSchema);
    private static final Field<NodeDefinition, Effects> EFFECTS =
            Field.required(
                    "effects",
                    Shapes.word(Effects.values(), Effects::wire, Effects::ofWire),
                    NodeDefinition::effects);
    private static final Field<NodeDefinition, Determinism> DETERMINISM =
            Field.required(
                    "determinism",
                    Shapes.word(Determinism.values(), Determinism::wire, Determinism::ofWire),
                    NodeDefinition::determinism);
    private static final Field<NodeDefinition, Idempotency> REPEATS =
            Field.defaulted(
                    "idempotency", IDEMPOTENCY, Idempotency.none(), NodeDefinition::idempotency);
    private static final Field<NodeDefinition, List<String>> DETERMINISM_HINTS =
            Field.defaulted("determinismHints", TEXTS, List.of(), NodeDefinition::determinismHints);
    private static final Field<NodeDefinition, List<String>> EFFECT_HINTS =
            Field.defaulted("effectHints", TEXTS, List.of(), NodeDefinition::effectHints);
    private static final Field<NodeDefinition, List<String>> JOIN =
            Field.leftOut("join", new JoinShape(), List.of(), NodeDefinition::join);
    private static final Field<NodeDefinition, Optional<String>> SINCE =
            Field.leftOut("since", new SinceShape(), Optional.empty(), NodeDefinition::since);
    private static final Field<NodeDefinition, Optional<FanIn>> FAN_IN =
            Field.leftOut("fan_in", new FanInShape(), Optional.empty(), NodeDefinition::fanIn);
    private static final Field<NodeDefinition, List<Subflow>> PART_OF =
            Field.leftOut("part_of", new PartOfShape(), List.of(), NodeDefinition::partOf);

    private static final Field<NodeDefinition, Optional<SlowConsumer>> SLOW_CONSUMER =
            Field.leftOut(
                    "slow_consumer",
                    new SlowConsumerShape(),
                    Optional.empty(),
                    NodeDefinition::slowConsumer);
    private static final Field<NodeDefinition, Optional<Concurrency>> CONCURRENCY =
            Field.leftOut(
                    "concurrency",
                    new ConcurrencyShape(),
                    Optional.empty(),
                    NodeDefinition::concurrency);
    private static final Field<NodeDefinition, Optional<Precedence>> PRIORITY =
            Field.leftOut(
                    "priority", new PrecedenceShape(), Optional.empty(), NodeDefinition::priority);

    static final RecordShape<NodeDefinition> NODE =
            new RecordShape<>(
                    "Node",
                    List.of(
                            ID,
                            ALIAS,
                            IDENTIFIER,
                            NAME,
                            KIND,
                            SUMMARY,
                            IN_SCHEMA,
                            OUT_SCHEMA,
                            EFFECTS,
                            DETERMINISM,
                            REPEATS,
                            DETERMINISM_HINTS,
                            EFFECT_HINTS,
                            JOIN,
                            SINCE,
                            FAN_IN,
                            PART_OF,
                            SLOW_CONSUMER,
                            CONCURRENCY,
                            PRIORITY),
                    Set.of(
                            "join",
                            "since",
                            "fan_in",
                            "part_of",
                            "slow_consumer",
                            "concurrency",
                            "priority"),
                    in ->
                            new NodeDefinition(
                                    in.get(ID),
                                    in.get(ALIAS),
                                    in.get(IDENTIFIER),
                                    in.get(NAME),
                                    in.get(KIND),
                                    in.get(SUMMARY),
                                    in.get(IN_SCHEMA),
                                    in.get(OUT_SCHEMA),
                                    in.get(EFFECTS),
                                    in.get(DETERMINISM),
                                    in.get(REPEATS),
                                    in.get(DETERMINISM_HINTS),
                                    in.get(EFFECT_HINTS),
                                    in.get(JOIN),
                                    in.get(SINCE),
                                    in.get(FAN_IN),
                                    in.get(PART_OF),
                                    in.get(SLOW_CONSUMER),
                                    in.get(CONCURRENCY),
                                    in.get(PRIORITY)));

    private NodeShape() {}
}
