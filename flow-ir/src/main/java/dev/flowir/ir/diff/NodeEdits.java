package dev.flowir.ir.diff;

import dev.flowir.ir.Concurrency;
import dev.flowir.ir.FanIn;
import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.NodeDefinition;
import dev.flowir.ir.Precedence;
import dev.flowir.ir.SchemaRef;
import dev.flowir.ir.SlowConsumer;
import dev.flowir.ir.check.Code;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Nodes that came, went, or are not what they were. */
final class NodeEdits {

    private final Renames renames;
    private final Edits edits;

    private NodeEdits(Renames renames, Edits edits) {
        this.renames = renames;
        this.edits = edits;
    }

    static void find(FlowDefinition old, FlowDefinition next, Renames renames, Edits edits) {
        Map<String, NodeDefinition> was = byAlias(old);
        Map<String, NodeDefinition> is = byAlias(next);
        renames.newByOld()
                .forEach((before, now) ->
                        edits.inNew(
                                DiffCodes.DIFF203,
                                edits.newNode(now),
                                "node '" + before + "' is called '" + now + "' now"));
        was.forEach((alias, node) -> {
            if (!is.containsKey(alias)) {
                String place = edits.oldNode(alias);
                edits.inOld(DiffCodes.DIFF202, place, "node '" + alias + "' is gone");
            }
        });
        NodeEdits both = new NodeEdits(renames, edits);
        is.forEach((alias, node) -> {
            NodeDefinition before = was.get(alias);
            if (before == null) {
                String place = edits.newNode(alias);
                edits.inNew(DiffCodes.DIFF201, place, "node '" + alias + "' is new");
            } else {
                both.compare(before, node);
            }
        });
        order(was, is, edits);
    }

    private static Map<String, NodeDefinition> byAlias(FlowDefinition flow) {
        Map<String, NodeDefinition> all = new LinkedHashMap<>();
        flow.nodes().forEach(node -> all.put(node.alias(), node));
        return all;
    }

    private void compare(NodeDefinition was, NodeDefinition is) {
        String alias = is.alias();
        if (!renames.isNewName(alias)) {
            differs(DiffCodes.DIFF204, alias, "handler", was.identifier(), is.identifier());
        }
        differs(DiffCodes.DIFF205, alias, "kind", was.kind().wire(), is.kind().wire());
        differs(DiffCodes.DIFF206, alias, "input", told(was.inSchema()), told(is.inSchema()));
        differs(DiffCodes.DIFF206, alias, "output", told(was.outSchema()), told(is.outSchema()));
        differs(DiffCodes.DIFF207, alias, "effects", was.effects().wire(), is.effects().wire());
        differs(
                DiffCodes.DIFF207,
                alias,
                "determinism",
                was.determinism().wire(),
                is.determinism().wire());
        differs(DiffCodes.DIFF207, alias, "effect hints", was.effectHints(), is.effectHints());
        differs(
                DiffCodes.DIFF207,
                alias,
                "determinism hints",
                was.determinismHints(),
                is.determinismHints());
        differs(DiffCodes.DIFF208, alias, "idempotency", was.idempotency(), is.idempotency());
        differs(
                DiffCodes.DIFF207,
                alias,
                "concurrency",
                told(was.concurrency(), "free"),
                told(is.concurrency(), "free"));
        differs(
                DiffCodes.DIFF105,
                alias,
                "priority",
                was.priority().map(Precedence::toString).orElse("none"),
                is.priority().map(Precedence::toString).orElse("none"));
        differs(DiffCodes.DIFF209, alias, "join", was.join(), is.join());
        differs(DiffCodes.DIFF209, alias, "fan-in", told(was.fanIn()), told(is.fanIn()));
        differs(
                DiffCodes.DIFF104,
                alias,
                "slow consumer",
                was.slowConsumer().map(SlowConsumer::toString).orElse("waited for"),
                is.slowConsumer().map(SlowConsumer::toString).orElse("waited for"));
    }

    private void differs(Code code, String alias, String what, Object was, Object is) {
        if (!was.equals(is)) {
            String place = edits.newNode(alias);
            edits.inNew(
                    code, place, "node '" + alias + "': " + what + " was " + was + " and is " + is);
        }
    }

    private static String told(Optional<Concurrency> concurrency, String none) {
        return concurrency.map(it -> String.valueOf(it.limit())).orElse(none);
    }

    private static String told(Optional<FanIn> fanIn) {
        return fanIn.map(FanIn::toString).orElse("by input");
    }

    private static String told(SchemaRef schema) {
        return schema instanceof SchemaRef.Named named ? named.name() : "opaque";
    }

    private static void order(
            Map<String, NodeDefinition> was, Map<String, NodeDefinition> is, Edits edits) {
        List<String> before = new ArrayList<>(was.keySet());
        List<String> now = new ArrayList<>(is.keySet());
        before.retainAll(is.keySet());
        now.retainAll(was.keySet());
        for (int i = 0; i < now.size(); i++) {
            if (!now.get(i).equals(before.get(i))) {
                edits.inNew(
                        DiffCodes.DIFF210,
                        edits.newNode(now.get(i)),
                        "node '" + now.get(i) + "' stands where '" + before.get(i) + "' stood");
                return;
            }
        }
    }
}
