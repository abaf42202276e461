package dev.flowir.ir.diff;

import dev.flowir.ir.Concurrency;
import dev.flowir.ir.Determinism;
import dev.flowir.ir.Effects;
import dev.flowir.ir.Idempotency;
import dev.flowir.ir.NodeDefinition;
import dev.flowir.ir.NodeKind;
import dev.flowir.ir.Precedence;
import dev.flowir.ir.SchemaRef;
import dev.flowir.ir.SlowConsumer;
import dev.flowir.ir.Subflow;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A node while one of its fields is changed. */
final class NodeFields {

    String id;
    String handler;
    String name;
    NodeKind kind;
    Optional<String> summary;
    SchemaRef in;
    SchemaRef out;
    Effects effects;
    Determinism determinism;
    Idempotency idempotency;
    List<String> hints;
    Optional<String> since;
    List<Subflow> partOf;
    Optional<SlowConsumer> slow;
    Optional<Concurrency> concurrency;
    Optional<Precedence> priority;

    private NodeFields(NodeDefinition it) {
        id = it.id();
        handler = it.identifier();
        name = it.name();
        kind = it.kind();
        summary = it.summary();
        in = it.inSchema();
        out = it.outSchema();
        effects = it.effects();
        determinism = it.determinism();
        idempotency = it.idempotency();
        hints = it.effectHints();
        since = it.since();
        partOf = it.partOf();
        slow = it.slowConsumer();
        concurrency = it.concurrency();
        priority = it.priority();
    }

    static NodeDefinition of(NodeDefinition it, Consumer<NodeFields> change) {
        NodeFields fields = new NodeFields(it);
        change.accept(fields);
        return new NodeDefinition(
                fields.id,
                it.alias(),
                fields.handler,
                fields.name,
                fields.kind,
                fields.summary,
                fields.in,
                fields.out,
                fields.effects,
                fields.determinism,
                fields.idempotency,
                it.determinismHints(),
                fields.hints,
                it.join(),
                fields.since,
                it.fanIn(),
                fields.partOf,
                fields.slow,
                fields.concurrency,
                fields.priority);
    }
}
