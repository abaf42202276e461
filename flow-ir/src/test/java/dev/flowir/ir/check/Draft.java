package dev.flowir.ir.check;

import dev.flowir.ir.Buffer;
import dev.flowir.ir.ControlSurface;
import dev.flowir.ir.Delivery;
import dev.flowir.ir.Determinism;
import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.Effects;
import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.HintTable;
import dev.flowir.ir.Idempotency;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.NodeDefinition;
import dev.flowir.ir.NodeKind;
import dev.flowir.ir.Ordering;
import dev.flowir.ir.Policies;
import dev.flowir.ir.Profile;
import dev.flowir.ir.SchemaRef;
import dev.flowir.ir.SurfaceKind;
import dev.flowir.ir.json.FlowJson;
import dev.flowir.ir.json.FlowReading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Flows for tests of the checker, in few words. */
final class Draft {

    private final List<NodeDefinition> nodes = new ArrayList<>();
    private final List<EdgeDefinition> edges = new ArrayList<>();
    private final List<ControlSurface> surfaces = new ArrayList<>();
    private Policies policies = Policies.defaults();

    static Draft of(String... aliases) {
        Draft draft = new Draft();
        for (String alias : aliases) {
            draft.node(alias, NodeKind.INLINE, Effects.PURE, List.of());
        }
        return draft;
    }

    Draft trigger(String alias) {
        return node(alias, NodeKind.TRIGGER, Effects.PURE, List.of());
    }

    Draft node(String alias, NodeKind kind, Effects effects, List<String> effectHints) {
        return node(alias, kind, effects, effectHints, Idempotency.none(), List.of());
    }

    Draft joining(String alias, String... join) {
        return node(
                alias, NodeKind.INLINE, Effects.PURE, List.of(), Idempotency.none(), List.of(join));
    }

    Draft node(
            String alias,
            NodeKind kind,
            Effects effects,
            List<String> effectHints,
            Idempotency idempotency,
            List<String> join) {
        nodes.add(
                new NodeDefinition(
                        "id",
                        alias,
                        alias,
                        alias,
                        kind,
                        Optional.empty(),
                        SchemaRef.opaque(),
                        SchemaRef.opaque(),
                        effects,
                        Determinism.BEST_EFFORT,
                        idempotency,
                        List.of(),
                        effectHints,
                        join));
        return this;
    }

    Draft schemas(String alias, String in, String out) {
        nodes.add(
                new NodeDefinition(
                        "id",
                        alias,
                        alias,
                        alias,
                        NodeKind.INLINE,
                        Optional.empty(),
                        SchemaRef.named(in),
                        SchemaRef.named(out),
                        Effects.PURE,
                        Determinism.STRICT,
                        Idempotency.none(),
                        List.of(),
                        List.of(),
                        List.of()));
        return this;
    }

    /** Edges written {@code a>b}. */
    Draft edges(String... arrows) {
        for (String arrow : arrows) {
            int at = arrow.indexOf('>');
            edges.add(EdgeDefinition.of(arrow.substring(0, at), arrow.substring(at + 1)));
        }
        return this;
    }

    Draft edge(String from, String to, Delivery delivery, Buffer buffer) {
        edges.add(
                new EdgeDefinition(
                        from,
                        to,
                        delivery,
                        Ordering.ORDERED,
                        Optional.empty(),
                        java.util.OptionalLong.empty(),
                        buffer));
        return this;
    }

    /** A surface with a config written as JSON with single quotes. */
    Draft surface(SurfaceKind kind, String config, String... targets) {
        surfaces.add(
                new ControlSurface("s" + surfaces.size(), kind, List.of(targets), json(config)));
        return this;
    }

    Draft manyTriggers() {
        policies = new Policies(false, Optional.of(true));
        return this;
    }

    FlowDefinition flow() {
        return new FlowDefinition(
                "f",
                "f",
                "1.0.0",
                Profile.DEV,
                Optional.empty(),
                nodes,
                edges,
                surfaces,
                List.of(),
                policies,
                List.of(),
                List.of());
    }

    /** Codes of all findings in order, each with the pointer it points at. */
    List<String> findings() {
        return Checker.check(flow(), HintTable.FULL).stream()
                .map(one -> one.code().id() + " " + one.location().pointer())
                .toList();
    }

    /** Codes of the errors in order. */
    List<String> errors() {
        return Checker.check(flow(), HintTable.FULL).stream()
                .filter(one -> one.severity() == Severity.ERROR)
                .map(one -> one.code().id())
                .toList();
    }

    private static JsonValue json(String text) {
        String flow =
                "{'id':'f','name':'f','version':'1.0.0','profile':'dev','control_surfaces':"
                        + "[{'id':'s','kind':'loop','targets':[],'config':"
                        + text
                        + "}]}";
        return switch (FlowJson.read(flow.replace('\'', '"'), "")) {
            case FlowReading.Read read -> read.document().flow().controlSurfaces().get(0).config();
            case FlowReading.Refused refused ->
                    throw new IllegalArgumentException(refused.error().toString());
        };
    }
}
