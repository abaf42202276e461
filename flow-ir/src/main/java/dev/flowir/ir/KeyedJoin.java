package dev.flowir.ir;

import dev.flowir.ir.plan.JsonPointer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Pairs the items of two lists of one input by key: the equi-join of relations. Pairs come in the
 * order of the left list, those of one left item in the order of the right; what the right has
 * alone comes last. An item without a key meets nothing.
 */
final class KeyedJoin {

    private static final List<Integer> NONE = List.of();

    private final String node;
    private final FanIn.Keyed how;
    private final List<Function<Object, Optional<Object>>> keys;

    KeyedJoin(String node, FanIn.Keyed how, List<Function<Object, Optional<Object>>> keys) {
        this.node = node;
        this.how = how;
        this.keys = keys;
    }

    /** {@return the body of a node that came as JSON, which gets its pairs as a list of lists} */
    static NodeBody around(NodeDefinition node, FanIn.Keyed how, NodeBody body) {
        List<Function<Object, Optional<Object>>> keys = new ArrayList<>();
        for (String text : how.keys()) {
            Optional<JsonPointer> pointer = JsonPointer.parse(text);
            keys.add(item -> pointer.flatMap(it -> it.resolve(item)));
        }
        KeyedJoin join = new KeyedJoin(node.alias(), how, keys);
        return switch (body) {
            case NodeBody.Single single ->
                    (NodeBody.Single)
                            (in, handles, context) ->
                                    single.run(join.asJson((List<?>) in), handles, context);
            case NodeBody.Streaming streaming ->
                    (NodeBody.Streaming)
                            (in, out, handles, context) ->
                                    streaming.run(join.asJson((List<?>) in), out, handles, context);
        };
    }

    private JsonValue asJson(List<?> sides) {
        List<JsonValue> pairs = new ArrayList<>();
        pairs(
                sides,
                (left, right) -> pairs.add(new JsonValue.Arr(List.of(json(left), json(right)))));
        return new JsonValue.Arr(pairs);
    }

    private static JsonValue json(Optional<?> item) {
        return item.isPresent() ? (JsonValue) item.get() : new JsonValue.Null();
    }

    /** What is done with a pair. */
    @FunctionalInterface
    interface Pairs<X extends Exception> {
        void pair(Optional<?> left, Optional<?> right) throws X;
    }

    /**
     * Tells every pair of the two lists in {@code sides}.
     *
     * @throws NonRetryableException when a side is no list, or there are more pairs than may be
     */
    <X extends Exception> void pairs(List<?> sides, Pairs<X> to) throws X {
        List<?> left = list(sides, 0);
        List<?> right = list(sides, 1);
        Map<Object, List<Integer>> byKey = new HashMap<>();
        for (int i = 0; i < right.size(); i++) {
            Optional<Object> key = keys.get(1).apply(right.get(i));
            if (key.isPresent()) {
                byKey.computeIfAbsent(key.get(), it -> new ArrayList<>()).add(i);
            }
        }
        boolean[] met = new boolean[right.size()];
        long count = 0;
        for (Object item : left) {
            Optional<Object> key = keys.get(0).apply(item);
            List<Integer> partners = key.map(it -> byKey.getOrDefault(it, NONE)).orElse(NONE);
            if (!partners.isEmpty()) {
                count = counted(count + partners.size());
                for (int partner : partners) {
                    met[partner] = true;
                    to.pair(Optional.of(item), Optional.of(right.get(partner)));
                }
            } else if (how.outer().keepsLeft()) {
                count = counted(count + 1);
                to.pair(Optional.of(item), Optional.empty());
            }
        }
        for (int i = 0; how.outer().keepsRight() && i < right.size(); i++) {
            if (!met[i]) {
                count = counted(count + 1);
                to.pair(Optional.empty(), Optional.of(right.get(i)));
            }
        }
    }

    private long counted(long pairs) {
        if (pairs > how.maxPairs()) {
            throw new NonRetryableException(
                    "keyed join '"
                            + node
                            + "' has more than "
                            + how.maxPairs()
                            + " pairs, as max_pairs allows: a key stands often on both sides");
        }
        return pairs;
    }

    private List<?> list(List<?> sides, int side) {
        Object value = sides.get(side);
        if (value instanceof JsonValue.Arr array) {
            return array.items();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        throw new NonRetryableException(
                "keyed join '" + node + "': what came from side " + (side + 1) + " is no list");
    }
}
