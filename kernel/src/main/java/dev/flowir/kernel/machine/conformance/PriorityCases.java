package dev.flowir.kernel.machine.conformance;

import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Precedence;
import dev.flowir.kernel.machine.RankedPermits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Nodes that say which of what waits for them goes first. */
final class PriorityCases {

    private PriorityCases() {}

    static void addTo(List<ConformanceCase> all) {
        all.add(new ConformanceCase("M270", "the first level goes first", PriorityCases::m270));
        all.add(new ConformanceCase("M271", "who waits longest goes in turn", PriorityCases::m271));
        all.add(new ConformanceCase("M272", "a key has its first's level", PriorityCases::m272));
        all.add(new ConformanceCase("M273", "the last level gives way", PriorityCases::m273));
        all.add(new ConformanceCase("M274", "a line of permits by level", PriorityCases::m274));
        all.add(
                new ConformanceCase(
                        "M275", "who leaves the line has no level", PriorityCases::m275));
    }

    private static Precedence every(int oldest) {
        return new Precedence("/p", Precedence.DEFAULT, oldest);
    }

    /** An item of a level; 0 for one without. */
    private static JsonValue item(int level, String key, int number) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        if (level != 0) {
            members.put("p", JsonValue.number(level));
        }
        members.put("key", JsonValue.text(key));
        members.put("n", JsonValue.number(number));
        return new JsonValue.Obj(members);
    }

    private static JsonValue item(int level, int number) {
        return item(level, "k", number);
    }

    private static void m270() {
        Drawing drawing = Drawing.of("t", "w").edge("t", "w").ordered("w", every(10));
        JsonValue busy = item(5, 0);
        JsonValue low = item(4, 1);
        JsonValue none = item(0, 2); // as 3
        JsonValue middle = item(3, 3);
        JsonValue high = item(1, 4);
        JsonValue beyond = item(-7, 5); // as 1
        JsonValue last = item(99, 6); // as 5
        PartitionCases.order(
                drawing,
                List.of(busy, low, none, last, middle, high, beyond),
                List.of(high, beyond, none, middle, low, last));
    }

    /** After two that went before it, the third is who waits longest. */
    private static void m271() {
        Drawing drawing = Drawing.of("t", "w").edge("t", "w").ordered("w", every(3));
        JsonValue busy = item(1, 0);
        JsonValue low = item(5, 1);
        JsonValue lower = item(4, 2);
        JsonValue first = item(1, 3);
        JsonValue second = item(1, 4);
        JsonValue third = item(1, 5);
        JsonValue fourth = item(1, 6);
        PartitionCases.order(
                drawing,
                List.of(busy, low, lower, first, second, third, fourth),
                List.of(first, second, low, third, fourth, lower));
    }

    /** Items of a key keep their order; the key whose first is most urgent goes. */
    private static void m272() {
        Drawing drawing =
                Drawing.of("t", "w")
                        .edge("t", "w")
                        .ordered("w", every(10))
                        .partition("t", "w", Map.of());
        JsonValue busy = item(1, "z", 0);
        JsonValue first = item(4, "a", 1);
        JsonValue behind = item(1, "a", 2); // urgent, and behind one of its key that is not
        JsonValue other = item(3, "b", 3);
        JsonValue more = item(3, "b", 4);
        JsonValue rare = item(3, "c", 5);
        PartitionCases.order(
                drawing,
                List.of(busy, first, behind, other, more, rare),
                List.of(other, rare, more, first, behind));
    }

    private static Drawing dropping(String policy) {
        return Drawing.of("t", "w").dropping("t", "w", 3, policy).ordered("w", every(10));
    }

    private static void m273() {
        JsonValue busy = item(1, 0);
        JsonValue low = item(4, 1);
        JsonValue high = item(2, 2);
        JsonValue lower = item(4, 3);
        JsonValue comes = item(3, 4); // the first or the last of level 4 gives way
        JsonValue last = item(5, 5); // nobody is behind it: it goes itself
        PartitionCases.order(
                dropping("drop_oldest"),
                List.of(busy, low, high, lower, comes, last),
                List.of(high, comes, lower));
        PartitionCases.order(
                dropping("drop_newest"),
                List.of(busy, low, high, lower, comes, last),
                List.of(high, comes, low));
        JsonValue same = item(4, 6); // of the same level: who waits longest, or who comes
        PartitionCases.order(
                dropping("drop_oldest"),
                List.of(busy, low, high, lower, same),
                List.of(high, lower, same));
        PartitionCases.order(
                dropping("drop_newest"),
                List.of(busy, low, high, lower, same),
                List.of(high, low, lower));
    }

    private static void m274() {
        RankedPermits<String> permits = new RankedPermits<>(1, 3);
        Script.same(true, permits.enter("a", 5));
        Script.same(false, permits.enter("low", 5));
        Script.same(false, permits.enter("middle"));
        Script.same(false, permits.enter("high", 1));
        Script.same(false, permits.enter("higher", 1));
        Script.same("high", String.valueOf(permits.release()));
        Script.same("higher", String.valueOf(permits.release()));
        Script.same("low", String.valueOf(permits.release())); // passed over twice
        Script.same("middle", String.valueOf(permits.release()));
        Script.same("null", String.valueOf(permits.release()));
        Script.same(0, permits.taken());
    }

    private static void m275() {
        RankedPermits<String> permits = new RankedPermits<>(1, 2);
        permits.enter("a", 1);
        permits.enter("b", 1);
        permits.enter("c", 4);
        permits.enter("d", 2);
        Script.same(true, permits.leave("b"));
        Script.same(false, permits.leave("b"));
        Script.same(false, permits.leave("a")); // it has one, and gives it back
        Script.same("d", String.valueOf(permits.release()));
        permits.enter("b", 1); // who comes again is the last that came
        Script.same("c", String.valueOf(permits.release()));
        Script.same("b", String.valueOf(permits.release()));
        Script.same(0, permits.waiting());
        Script.same(1, permits.taken());
    }
}
