package dev.flowir.kernel.machine.conformance;

import dev.flowir.ir.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Items that go round. */
final class LoopCases {

    private static final String NEVER = "loop 'loop:b' is not done after 2 rounds";

    private LoopCases() {}

    static void addTo(List<ConformanceCase> all) {
        all.add(new ConformanceCase("M110", "an item goes round until done", LoopCases::m110));
        all.add(new ConformanceCase("M111", "rounds are bounded", LoopCases::m111));
        all.add(new ConformanceCase("M112", "what is not done may leave", LoopCases::m112));
        all.add(new ConformanceCase("M113", "a loop of several nodes", LoopCases::m113));
        all.add(new ConformanceCase("M114", "one item is in a loop at a time", LoopCases::m114));
        all.add(new ConformanceCase("M115", "an item that ends leaves the loop", LoopCases::m115));
        all.add(new ConformanceCase("M116", "each round has its own identity", LoopCases::m116));
        all.add(new ConformanceCase("M117", "a repeat is within its round", LoopCases::m117));
        all.add(new ConformanceCase("M118", "a fused loop is the same loop", LoopCases::m118));
        all.add(new ConformanceCase("M119", "a word that is no yes or no", LoopCases::m119));
        all.add(new ConformanceCase("M120", "the end of a loop has a way out", LoopCases::m120));
        all.add(new ConformanceCase("M121", "a loop that is cut short", LoopCases::m121));
    }

    private static JsonValue done(boolean is) {
        return new JsonValue.Obj(Map.of("done", JsonValue.bool(is)));
    }

    private static final JsonValue YES = done(true);
    private static final JsonValue NO = done(false);

    private static Drawing one(int rounds, String atLimit) {
        return Drawing.of("t", "b", "c")
                .edge("t", "b")
                .edge("b", "c")
                .loop("t", "b", "b", rounds, atLimit);
    }

    private static Drawing two(int rounds) {
        return Drawing.of("t", "b", "d", "c")
                .edge("t", "b")
                .edge("b", "d")
                .edge("d", "c")
                .loop("t", "b", "d", rounds, "fail");
    }

    private static void m110() {
        Script.once(one(3, "fail").plan("t", "c"))
                .input("x")
                .complete("t", "y")
                .complete("b", NO)
                .expect("invoke t#1 x", "invoke b#1 y", "invoke b#1 " + NO)
                .complete("b", YES)
                .complete("c", "z")
                .expect("invoke c#1 " + YES, "output z", "ended: finished");
    }

    private static void m111() {
        Script.once(one(2, "fail").plan("t", "c"))
                .input("x")
                .complete("t", "y")
                .complete("b", NO)
                .complete("b", NO)
                .expect(
                        "invoke t#1 x",
                        "invoke b#1 y",
                        "invoke b#1 " + NO,
                        "failed: b failed after 1, " + NEVER,
                        "ended: b failed after 1, " + NEVER);
    }

    private static void m112() {
        Script.once(one(1, "leave").plan("t", "c"))
                .input("x")
                .complete("t", "y")
                .complete("b", NO)
                .complete("c", "z")
                .expect(
                        "invoke t#1 x",
                        "invoke b#1 y",
                        "invoke c#1 " + NO,
                        "output z",
                        "ended: finished");
    }

    private static void m113() {
        Script.once(two(3).plan("t", "c"))
                .input("x")
                .complete("t", "y")
                .complete("b", "1")
                .complete("d", NO)
                .expect("invoke t#1 x", "invoke b#1 y", "invoke d#1 1", "invoke b#1 " + NO)
                .complete("b", "2")
                .complete("d", YES)
                .complete("c", "z")
                .expect("invoke d#1 2", "invoke c#1 " + YES, "output z", "ended: finished");
    }

    private static void m114() {
        Script script = Script.many(two(3).plan("t", "c"), 8);
        script.input("x").complete("t", "1").input("y").complete("t", "2");
        script.complete("b", "1.").complete("d", NO);
        script.expect(
                "invoke t#1 x",
                "invoke b#1 1",
                "invoke t#1 y",
                "invoke d#1 1.",
                "invoke b#1 " + NO);
        script.complete("b", "1..").complete("d", YES);
        script.expect("invoke d#1 1..", "invoke b#1 2", "invoke c#1 " + YES);
    }

    private static void m115() {
        Script script = Script.many(two(3).onError("d", "continue", 0, 0).plan("t", "c"), 8);
        script.input("x").complete("t", "1").input("y").complete("t", "2").input("z");
        script.complete("t", "3").complete("b", "1.").fail("d", "boom");
        script.expect(
                "invoke t#1 x",
                "invoke b#1 1",
                "invoke t#1 y",
                "invoke t#1 z",
                "invoke d#1 1.",
                "invoke b#1 2");
        script.complete("b", "2.").empty("d").expect("invoke d#1 2.", "invoke b#1 3");
        script.empty("b").input("w").expect("invoke t#1 w");
    }

    private static void m116() {
        Script script = Script.once(one(3, "fail").plan("t", "c"));
        script.input("x").complete("t", "y").complete("b", NO).complete("b", NO);
        List<Long> items = script.items();
        Script.same(4, items.size());
        Script.same(4, new TreeSet<>(items).size());
        Script again = Script.once(one(3, "fail").plan("t", "c"));
        again.input("x").complete("t", "y").complete("b", NO).complete("b", NO);
        Script.same(items, again.items());
    }

    private static void m117() {
        Script script = Script.once(one(2, "fail").onError("b", "retry", 1, 0).plan("t", "c"));
        script.input("x").complete("t", "y").fail("b", "no").complete("b", NO).fail("b", "no");
        script.expect(
                "invoke t#1 x",
                "invoke b#1 y",
                "invoke b#2 y",
                "invoke b#1 " + NO,
                "invoke b#2 " + NO);
        Script.same(script.items().get(3), script.items().get(4));
    }

    private static void m118() {
        Drawing drawing =
                Drawing.pure("t", "b", "d", "c")
                        .edge("t", "b")
                        .edge("b", "d")
                        .edge("d", "c")
                        .loop("t", "b", "d", 3, "fail");
        Script fused = Script.once(drawing.plan("t", "c"));
        fused.input("x").complete("t", "y").completeSegment("b", "d", NO);
        fused.completeSegment("b", "d", YES).complete("c", "z");
        fused.expect(
                "invoke t#1 x",
                "invoke b#1 y",
                "invoke b#1 " + NO,
                "invoke c#1 " + YES,
                "output z",
                "ended: finished");
        Script apart = Script.once(drawing.unfused("t", "c"));
        apart.input("x").complete("t", "y").complete("b", 1).complete("d", NO);
        apart.complete("b", 2).complete("d", YES).complete("c", "z");
        List<Long> some = apart.items();
        Script.same(fused.items(), List.of(some.get(0), some.get(1), some.get(3), some.get(5)));
    }

    private static void m119() {
        Script script = Script.once(one(2, "fail").plan("t", "c"));
        script.input("x").complete("t", "y").complete("b", JsonValue.text("done"));
        Script.same(true, script.machine().isEnded());
    }

    private static void m120() {
        Drawing drawing =
                Drawing.of("t", "b", "d", "c", "e")
                        .edge("t", "b")
                        .edge("b", "d")
                        .edge("d", "c")
                        .edge("d", "e")
                        .loop("t", "b", "d", 1, "fail")
                        .letters("d", "continue", 0, 0, "e");
        Script script = Script.many(drawing.plan("t", "c"), 8);
        script.input("x").complete("t", "1").input("y").complete("t", "2");
        script.complete("b", "1.").complete("d", NO);
        script.expect(
                "invoke t#1 x",
                "invoke b#1 1",
                "invoke t#1 y",
                "invoke d#1 1.",
                "invoke e#1 1.",
                "invoke b#1 2");
    }

    private static void m121() {
        Script.once(two(3).plan("t", "c"))
                .input("x")
                .complete("t", "y")
                .complete("b", "1")
                .cancel("enough")
                .expect(
                        "invoke t#1 x",
                        "invoke b#1 y",
                        "invoke d#1 1",
                        "interrupt d, run cancelled",
                        "failed: cancelled, enough",
                        "ended: cancelled, enough");
    }
}
