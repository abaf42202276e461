package dev.flowir.kernel.machine.conformance;

import dev.flowir.ir.JsonValue;
import java.util.List;

/** Lists of which a body gets several items at a time. */
final class BatchCases {

    private BatchCases() {}

    static void addTo(List<ConformanceCase> all) {
        all.add(new ConformanceCase("M230", "a list is worked on in batches", BatchCases::m230));
        all.add(new ConformanceCase("M231", "an empty list has no batch", BatchCases::m231));
        all.add(new ConformanceCase("M232", "a batch is repeated as a whole", BatchCases::m232));
        all.add(new ConformanceCase("M233", "a batch is given up as a whole", BatchCases::m233));
        all.add(new ConformanceCase("M234", "batches of JSON are JSON", BatchCases::m234));
    }

    private static Drawing batches(int most, int inFlight) {
        return Drawing.of("t", "b", "c")
                .edge("t", "b")
                .edge("b", "c")
                .batches("t", "b", most, inFlight);
    }

    private static void m230() {
        Script.once(batches(2, 2).plan("t", "c"))
                .input("x")
                .complete("t", List.of(1, 2, 3, 4, 5))
                .expect("invoke t#1 x", "invoke b#1 [1, 2]", "invoke b#1 [3, 4]")
                .complete("b", List.of("one", "two"))
                .expect("invoke b#1 [5]")
                .complete("b", List.of("three", "four"))
                .complete("b", List.of("five"))
                .expect("invoke c#1 [one, two, three, four, five]");
    }

    private static void m231() {
        Script.once(batches(2, 1).plan("t", "c"))
                .input("x")
                .complete("t", List.of())
                .expect("invoke t#1 x", "invoke c#1 []");
    }

    private static void m232() {
        Script.once(batches(2, 1).onError("b", "retry", 1, 0).plan("t", "c"))
                .input("x")
                .complete("t", List.of(1, 2, 3))
                .fail("b", "one")
                .expect("invoke t#1 x", "invoke b#1 [1, 2]", "invoke b#2 [1, 2]")
                .complete("b", List.of("one", "two"))
                .expect("invoke b#1 [3]")
                .complete("b", List.of("three"))
                .expect("invoke c#1 [one, two, three]");
    }

    private static void m233() {
        Script.once(batches(2, 2).onError("b", "continue", 0, 0).plan("t", "c"))
                .input("x")
                .complete("t", List.of(1, 2, 3))
                .fail("b", "one")
                .complete("b", List.of("three"))
                .expect(
                        "invoke t#1 x",
                        "invoke b#1 [1, 2]",
                        "invoke b#1 [3]",
                        "invoke c#1 [three]");
    }

    private static void m234() {
        JsonValue.Arr three =
                new JsonValue.Arr(
                        List.of(JsonValue.number(1), JsonValue.number(2), JsonValue.number(3)));
        JsonValue.Arr two = new JsonValue.Arr(three.items().subList(0, 2));
        JsonValue.Arr one = new JsonValue.Arr(three.items().subList(2, 3));
        Script.once(batches(2, 2).plan("t", "c"))
                .input("x")
                .complete("t", three)
                .expect("invoke t#1 x", "invoke b#1 " + two, "invoke b#1 " + one)
                .complete("b", two)
                .complete("b", one)
                .expect("invoke c#1 " + three);
    }
}
