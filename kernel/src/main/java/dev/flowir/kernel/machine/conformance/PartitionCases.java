package dev.flowir.kernel.machine.conformance;

import dev.flowir.ir.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Edges on which keys take turns. */
final class PartitionCases {

    private static final Map<String, JsonValue> PLAIN = Map.of();

    private PartitionCases() {}

    static void addTo(List<ConformanceCase> all) {
        all.add(new ConformanceCase("M200", "keys take turns", PartitionCases::m200));
        all.add(new ConformanceCase("M201", "what has no key shares a turn", PartitionCases::m201));
        all.add(new ConformanceCase("M202", "a key's own bound holds up", PartitionCases::m202));
        all.add(new ConformanceCase("M203", "the longest gives way", PartitionCases::m203));
        all.add(new ConformanceCase("M204", "the last of the longest goes", PartitionCases::m204));
        all.add(new ConformanceCase("M205", "a full key drops its own", PartitionCases::m205));
    }

    private static JsonValue item(String key, int number) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        if (!key.isEmpty()) {
            members.put("key", JsonValue.text(key));
        }
        members.put("n", JsonValue.number(number));
        return new JsonValue.Obj(members);
    }

    private static void put(Script script, JsonValue item) {
        script.input(item).complete("t", item);
    }

    private static String at(String node, JsonValue item) {
        return "invoke " + node + "#1 " + item;
    }

    /** Sends items, the first of which is worked on, and tells in which order the others are. */
    static void order(Drawing drawing, List<JsonValue> sent, List<JsonValue> taken) {
        Script script = Script.many(drawing.plan("t", "w"), 8);
        for (JsonValue each : sent) {
            put(script, each);
            script.expect(
                    each.equals(sent.get(0))
                            ? new String[] {at("t", each), at("w", each)}
                            : new String[] {at("t", each)});
        }
        for (JsonValue each : taken) {
            script.complete("w", 0).take().expect("output 0", at("w", each));
        }
        script.complete("w", 0).take().close().expect("output 0", "ended: finished");
    }

    private static void m200() {
        Drawing drawing = Drawing.of("t", "w").edge("t", "w").partition("t", "w", PLAIN);
        JsonValue first = item("a", 0);
        JsonValue second = item("a", 1);
        JsonValue third = item("a", 2);
        JsonValue other = item("b", 3);
        JsonValue last = item("b", 4);
        JsonValue rare = item("c", 5);
        order(
                drawing,
                List.of(first, second, third, other, last, rare),
                List.of(second, other, rare, third, last));
    }

    private static void m201() {
        Drawing drawing = Drawing.of("t", "w").edge("t", "w").partition("t", "w", PLAIN);
        JsonValue first = item("", 0);
        JsonValue second = item("", 1);
        JsonValue third = item("", 2);
        JsonValue other = item("b", 3);
        order(drawing, List.of(first, second, third, other), List.of(second, other, third));
    }

    private static void m202() {
        Map<String, JsonValue> one = Map.of("max_waiting_per_key", JsonValue.number(1));
        Drawing drawing = Drawing.of("t", "w").edge("t", "w").partition("t", "w", one);
        Script script = Script.many(drawing.plan("t", "w"), 8);
        put(script, item("a", 0));
        put(script, item("a", 1));
        put(script, item("b", 2));
        put(script, item("a", 3)); // its key has no room: it waits where it is, and so do others
        script.input(item("b", 4));
        script.expect(
                at("t", item("a", 0)),
                at("w", item("a", 0)),
                at("t", item("a", 1)),
                at("t", item("b", 2)),
                at("t", item("a", 3)));
        script.complete("w", 0)
                .take()
                .expect("output 0", at("w", item("a", 1)), at("t", item("b", 4)));
    }

    private static Drawing dropping(String policy, Map<String, JsonValue> more) {
        return Drawing.of("t", "w").dropping("t", "w", 3, policy).partition("t", "w", more);
    }

    private static void m203() {
        JsonValue first = item("a", 0);
        JsonValue given = item("a", 1);
        JsonValue kept = item("a", 2);
        JsonValue other = item("b", 3);
        JsonValue rare = item("c", 4);
        order(
                dropping("drop_oldest", PLAIN),
                List.of(first, given, kept, other, rare),
                List.of(kept, other, rare));
    }

    private static void m204() {
        JsonValue first = item("a", 0);
        JsonValue kept = item("a", 1);
        JsonValue given = item("a", 2);
        JsonValue other = item("b", 3);
        JsonValue rare = item("c", 4);
        JsonValue more = item("a", 5); // no key has more waiting than it: it goes itself
        order(
                dropping("drop_newest", PLAIN),
                List.of(first, kept, given, other, rare, more),
                List.of(kept, other, rare));
    }

    private static void m205() {
        Map<String, JsonValue> one = Map.of("max_waiting_per_key", JsonValue.number(1));
        JsonValue first = item("a", 0);
        JsonValue given = item("a", 1);
        JsonValue kept = item("a", 2);
        JsonValue other = item("b", 3);
        order(
                dropping("drop_oldest", one),
                List.of(first, given, kept, other),
                List.of(kept, other));
        order(
                dropping("drop_newest", one),
                List.of(first, given, kept, other),
                List.of(given, other));
    }
}
