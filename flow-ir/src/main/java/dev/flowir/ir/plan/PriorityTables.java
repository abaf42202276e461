package dev.flowir.ir.plan;

import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.NodeDefinition;
import dev.flowir.ir.Precedence;
import dev.flowir.ir.SurfaceCode;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** What priorities of nodes say: which of those who wait go first. */
final class PriorityTables {

    private PriorityTables() {}

    /** The order of a node; empty for who came first. */
    static Optional<Ranking> of(FlowDefinition flow, NodeDefinition node, Surroundings around)
            throws RefusedException {
        return node.priority().isPresent()
                ? Optional.of(ranking(flow, node, node.priority().get(), around))
                : Optional.empty();
    }

    @OnlyWith(PlanFeatures.PRIORITIES)
    private static Ranking ranking(
            FlowDefinition flow, NodeDefinition node, Precedence asked, Surroundings around)
            throws RefusedException {
        String alias = "'" + node.alias() + "'";
        Optional<JsonPointer> pointer = JsonPointer.parse(asked.pointer());
        if (!asked.isInRange() || pointer.isEmpty()) {
            throw refused("CTRL154", alias + " goes by a priority of no known form");
        }
        if (node.concurrency().isEmpty() && !Precedence.ordersEdges(flow, node)) {
            throw refused("CTRL155", "nothing waits by the priority of " + alias);
        }
        Optional<ToIntFunction<Object>> typed =
                around.code().apply(SurfaceCode.priority(node.alias())).flatMap(SurfaceCode::level);
        int otherwise = (int) asked.otherwise();
        ToIntFunction<Object> level =
                typed.orElse(item -> level(pointer.get().resolve(item), otherwise));
        return new Ranking(level, (int) asked.oldestEvery());
    }

    /** Whole numbers are levels, in JSON and as Java has them. */
    private static int level(Optional<Object> value, int otherwise) {
        if (value.isEmpty()) {
            return otherwise;
        }
        return switch (value.get()) {
            case Integer number -> number;
            case Long number -> Math.clamp(number, Precedence.FIRST, Precedence.LAST);
            case JsonValue.Num number -> whole(number.text(), otherwise);
            default -> otherwise;
        };
    }

    private static int whole(String text, int otherwise) {
        int sign = text.startsWith("-") ? 1 : 0;
        for (int i = sign; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return otherwise;
            }
        }
        if (sign > 0) {
            return Precedence.FIRST;
        }
        return text.length() > 1 ? Precedence.LAST : text.charAt(0) - '0';
    }

    /** What waits on an edge into the node: by level, and by key where a partition says so. */
    @OnlyWith(PlanFeatures.PRIORITIES)
    static Sharding sharding(Ranking ranking, Optional<Sharding> partition) {
        Function<Object, Object> key =
                partition.isPresent()
                        ? ranked(ranking, partition.get().key())
                        : item -> new Ranking.Ranked(ranking.of(item), new Ranking.Single());
        return new Sharding(
                partition.map(Sharding::surface).orElse("priority"),
                key,
                partition.map(Sharding::perKey).orElse(Integer.MAX_VALUE),
                Optional.of(ranking));
    }

    private static Function<Object, Object> ranked(Ranking ranking, Function<Object, Object> key) {
        return item -> new Ranking.Ranked(ranking.of(item), key.apply(item));
    }

    private static RefusedException refused(String code, String reason) {
        return new RefusedException(new Refusal.InvalidGraph(code, reason));
    }
}
