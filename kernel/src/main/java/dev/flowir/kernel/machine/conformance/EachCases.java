package dev.flowir.kernel.machine.conformance;

import dev.flowir.ir.ItemFailures;
import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.machine.TimerKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What becomes of the items of a list: those that fail, and the order of the others. */
final class EachCases {

    private EachCases() {}

    static void addTo(List<ConformanceCase> all) {
        all.add(new ConformanceCase("M260", "a failed item is left out", EachCases::m260));
        all.add(new ConformanceCase("M261", "it is repeated before", EachCases::m261));
        all.add(new ConformanceCase("M262", "none may be left", EachCases::m262));
        all.add(new ConformanceCase("M263", "one that takes too long, too", EachCases::m263));
        all.add(new ConformanceCase("M264", "a cancel is no failed item", EachCases::m264));
        all.add(new ConformanceCase("M265", "outputs as they come", EachCases::m265));
        all.add(new ConformanceCase("M266", "both, and in batches", EachCases::m266));
    }

    private static final Map<String, JsonValue> LEFT_OUT =
            Map.of(ItemFailures.KEY, JsonValue.text(ItemFailures.LEAVE_OUT.wire()));
    private static final Map<String, JsonValue> AS_THEY_COME =
            Map.of("ordered", JsonValue.bool(false));

    private static Drawing list(int inFlight, Map<String, JsonValue> more) {
        return Drawing.of("t", "b", "c")
                .edge("t", "b")
                .edge("b", "c")
                .each("t", "b", inFlight, more);
    }

    private static void m260() {
        Script.once(list(2, LEFT_OUT).plan("t", "c"))
                .input("x")
                .complete("t", List.of(1, 2, 3))
                .expect("invoke t#1 x", "invoke b#1 1", "invoke b#1 2")
                .fail("b", "not this one")
                .expect("invoke b#1 3")
                .complete("b", "two")
                .complete("b", "three")
                .expect("invoke c#1 [two, three]");
    }

    private static void m261() {
        Script.once(list(1, LEFT_OUT).onError("b", "retry", 1, 0).plan("t", "c"))
                .input("x")
                .complete("t", List.of(1, 2))
                .fail("b", "once")
                .expect("invoke t#1 x", "invoke b#1 1", "invoke b#2 1")
                .fail("b", "twice")
                .expect("invoke b#1 2")
                .complete("b", "two")
                .expect("invoke c#1 [two]");
    }

    private static void m262() {
        Script.once(list(1, LEFT_OUT).plan("t", "c"))
                .input("x")
                .complete("t", List.of(1))
                .fail("b", "none")
                .expect("invoke t#1 x", "invoke b#1 1", "invoke c#1 []");
    }

    private static void m263() {
        Script.once(list(1, LEFT_OUT).timeout("b", 20, "retry", 0, "").plan("t", "c"))
                .input("x")
                .complete("t", List.of(1, 2))
                .start("b")
                .fire(TimerKind.ATTEMPT)
                .expect(
                        "invoke t#1 x",
                        "invoke b#1 1 within 20 ms",
                        "arm ATTEMPT in 20 ms",
                        "interrupt b, timed out",
                        "invoke b#1 2 within 20 ms")
                .completeLate("b", "two")
                .expect("invoke c#1 [two]");
    }

    private static void m264() {
        String over = "b timed out in attempt 1 after 20 ms over t -> b";
        Script.once(list(1, LEFT_OUT).timeout("b", 20, "cancel", 0, "").plan("t", "c"))
                .input("x")
                .complete("t", List.of(1, 2))
                .start("b")
                .fire(TimerKind.ATTEMPT)
                .expect(
                        "invoke t#1 x",
                        "invoke b#1 1 within 20 ms",
                        "arm ATTEMPT in 20 ms",
                        "interrupt b, timed out",
                        "failed: " + over,
                        "ended: " + over);
    }

    private static void m265() {
        Script.once(list(2, AS_THEY_COME).onError("b", "retry", 1, 0).plan("t", "c"))
                .input("x")
                .complete("t", List.of(1, 2, 3))
                .fail("b", "not at once")
                .complete("b", "two")
                .complete("b", "one")
                .complete("b", "three")
                .expect(
                        "invoke t#1 x",
                        "invoke b#1 1",
                        "invoke b#1 2",
                        "invoke b#2 1",
                        "invoke b#1 3",
                        "invoke c#1 [two, one, three]");
    }

    private static void m266() {
        Map<String, JsonValue> both = new LinkedHashMap<>(LEFT_OUT);
        both.putAll(AS_THEY_COME);
        both.put("batch", new JsonValue.Obj(Map.of("max_items", JsonValue.number(2))));
        Script.once(list(3, both).onError("b", "retry", 1, 0).plan("t", "c"))
                .input("x")
                .complete("t", List.of(1, 2, 3, 4, 5))
                .fail("b", "not at once")
                .failForGood("b", "never")
                .complete("b", List.of("five"))
                .complete("b", List.of("one", "two"))
                .expect(
                        "invoke t#1 x",
                        "invoke b#1 [1, 2]",
                        "invoke b#1 [3, 4]",
                        "invoke b#1 [5]",
                        "invoke b#2 [1, 2]",
                        "invoke c#1 [five, one, two]");
    }
}
