package dev.flowir.kernel.machine.conformance;

import dev.flowir.kernel.machine.Event;
import dev.flowir.kernel.machine.Machine;
import dev.flowir.kernel.machine.Offer;
import java.util.List;

/** Edges, merges, joins, lists, segments. */
final class FlowCases {

    private FlowCases() {}

    static void addTo(List<ConformanceCase> all) {
        all.add(new ConformanceCase("M30", "an edge keeps its order", FlowCases::m30));
        all.add(new ConformanceCase("M31", "a full edge holds up its source", FlowCases::m31));
        all.add(new ConformanceCase("M32", "without a join inbound items merge", FlowCases::m32));
        all.add(new ConformanceCase("M33", "a join waits for all, in its order", FlowCases::m33));
        all.add(new ConformanceCase("M34", "a join pairs by input", FlowCases::m34));
        all.add(new ConformanceCase("M35", "a starved join is a dead end", FlowCases::m35));
        all.add(new ConformanceCase("M36", "joins never hold each other up", FlowCases::m36));
        all.add(new ConformanceCase("M37", "a list is worked on up to its width", FlowCases::m37));
        all.add(new ConformanceCase("M38", "an empty list is gathered at once", FlowCases::m38));
        all.add(new ConformanceCase("M39", "what is no list fails its node", FlowCases::m39));
        all.add(new ConformanceCase("M40", "items without output are left out", FlowCases::m40));
        all.add(new ConformanceCase("M41", "drop_oldest keeps the newest", FlowCases::m41));
        all.add(new ConformanceCase("M42", "drop_newest keeps the oldest", FlowCases::m42));
        all.add(new ConformanceCase("M43", "pure chains run in one step", FlowCases::m43));
        all.add(new ConformanceCase("M44", "a failure inside names its node", FlowCases::m44));
        all.add(new ConformanceCase("M45", "fusing keeps identities", FlowCases::m45));
        all.add(new ConformanceCase("M46", "every edge gets its copy in order", FlowCases::m46));
        all.add(new ConformanceCase("M47", "a result that waits is not replaced", FlowCases::m47));
    }

    private static void m30() {
        Script.many(Drawing.of("t", "c").edge("t", "c").plan("t", "c"), 8)
                .input(1)
                .input(2)
                .input(3)
                .complete("t", 1)
                .complete("t", 2)
                .complete("t", 3)
                .complete("c", 1)
                .complete("c", 2)
                .expect(
                        "invoke t#1 1",
                        "invoke c#1 1",
                        "invoke t#1 2",
                        "invoke t#1 3",
                        "output 1",
                        "invoke c#1 2",
                        "output 2",
                        "invoke c#1 3");
    }

    private static void m31() {
        Script script = Script.many(Drawing.of("t", "c").bounded("t", "c", 1).plan("t", "c"), 8);
        script.input(1).input(2).input(3).input(4);
        script.complete("t", 1).complete("t", 2).complete("t", 3);
        script.expect("invoke t#1 1", "invoke c#1 1", "invoke t#1 2", "invoke t#1 3");
        Script.same(1, script.machine().depth(0));
        script.complete("c", 1).expect("output 1", "invoke c#1 2", "invoke t#1 4");
        Script.same(1, script.machine().depth(0));
    }

    private static Drawing diamond() {
        return Drawing.of("t", "a", "b").edge("t", "a").edge("t", "b");
    }

    private static void m32() {
        Script.many(
                        Drawing.of("t", "a", "b", "j")
                                .edge("t", "a")
                                .edge("t", "b")
                                .edge("a", "j")
                                .edge("b", "j")
                                .plan("t", "j"),
                        8)
                .input(1)
                .complete("t", 1)
                .complete("b", "b")
                .complete("a", "a")
                .complete("j", 1)
                .complete("j", 2)
                .expect(
                        "invoke t#1 1",
                        "invoke a#1 1",
                        "invoke b#1 1",
                        "invoke j#1 b",
                        "output 1",
                        "invoke j#1 a",
                        "output 2");
    }

    private static void m33() {
        Script.once(diamond().join("j", "b", "a").plan("t", "j"))
                .input(1)
                .complete("t", 1)
                .complete("a", "A")
                .expect("invoke t#1 1", "invoke a#1 1", "invoke b#1 1")
                .complete("b", "B")
                .expect("invoke j#1 [B, A]")
                .complete("j", "z")
                .expect("output z", "ended: finished");
    }

    private static void m34() {
        Script script = Script.many(diamond().join("j", "a", "b").plan("t", "j"), 8);
        script.input(1).complete("t", 1).input(2).complete("t", 2);
        script.complete("a", "A1").complete("a", "A2");
        script.expect(
                "invoke t#1 1", "invoke a#1 1", "invoke b#1 1", "invoke t#1 2", "invoke a#1 2");
        script.empty("b").expect("invoke b#1 2"); // input 1 has no B: its A is given up
        script.complete("b", "B2").expect("invoke j#1 [A2, B2]");
    }

    private static void m35() {
        Script.once(diamond().join("j", "a", "b").plan("t", "j"))
                .input(1)
                .complete("t", 1)
                .empty("b")
                .expect(
                        "invoke t#1 1",
                        "invoke a#1 1",
                        "invoke b#1 1",
                        "failed: missing, 'b' gave no output for 'j'")
                .complete("a", "A")
                .expect("ended: finished");
    }

    private static void m36() {
        Script script = Script.many(diamond().joinBounded("j", 1, "a", "b").plan("t", "j"), 8);
        for (int i = 1; i <= 4; i++) {
            script.input(i).complete("t", i).complete("a", "A" + i);
        }
        Script.same(4, script.machine().depth(2)); // more than its bound, no more than inputs
        for (int i = 1; i <= 4; i++) {
            script.complete("b", "B" + i);
        }
        script.complete("j", 1).complete("j", 2).complete("j", 3).complete("j", 4);
        Script.same(4, script.machine().outputsWaiting());
    }

    private static Drawing lists(int width) {
        return Drawing.of("t", "b", "c").edge("t", "b").edge("b", "c").each("t", "b", width);
    }

    private static void m37() {
        Script.once(lists(2).plan("t", "c"))
                .input("x")
                .complete("t", List.of(1, 2, 3))
                .expect("invoke t#1 x", "invoke b#1 1", "invoke b#1 2")
                .complete("b", "one")
                .expect("invoke b#1 3")
                .complete("b", "two")
                .complete("b", "three")
                .expect("invoke c#1 [one, two, three]");
    }

    private static void m38() {
        Script.once(lists(2).plan("t", "c"))
                .input("x")
                .complete("t", List.of())
                .expect("invoke t#1 x", "invoke c#1 []");
    }

    private static void m39() {
        String failure = "b failed after 1, for_each 'for_each:t' at '': there is no list";
        Script.once(lists(2).plan("t", "c"))
                .input("x")
                .complete("t", 7)
                .expect("invoke t#1 x", "failed: " + failure, "ended: " + failure);
    }

    private static void m40() {
        Script.once(lists(3).onError("b", "continue", 0, 0).plan("t", "c"))
                .input("x")
                .complete("t", List.of(1, 2, 3))
                .empty("b")
                .complete("b", "two")
                .fail("b", "three")
                .expect(
                        "invoke t#1 x",
                        "invoke b#1 1",
                        "invoke b#1 2",
                        "invoke b#1 3",
                        "invoke c#1 [two]");
    }

    private static void drops(String policy, String... expected) {
        Script script =
                Script.many(Drawing.of("t", "c").dropping("t", "c", policy).plan("t", "c"), 8);
        script.input(1).input(2).input(3).input(4);
        script.complete("t", 1).complete("t", 2).complete("t", 3).complete("t", 4);
        script.expect(
                "invoke t#1 1", "invoke c#1 1", "invoke t#1 2", "invoke t#1 3", "invoke t#1 4");
        script.complete("c", 1).expect(expected);
        script.complete("c", 0).take().take();
        Script.same(8, script.machine().permits());
    }

    private static void m41() {
        drops("drop_oldest", "output 1", "invoke c#1 4");
    }

    private static void m42() {
        drops("drop_newest", "output 1", "invoke c#1 2");
    }

    private static Drawing pureChain() {
        return Drawing.pure("t", "m", "c").edge("t", "m").edge("m", "c");
    }

    private static void m43() {
        Script.once(pureChain().plan("t", "c"))
                .input("x")
                .expect("invoke t#1 x")
                .completeSegment("t", "c", "z")
                .expect("output z", "ended: finished");
    }

    private static void m44() {
        Script.once(pureChain().plan("t", "c"))
                .input("x")
                .failSegment("t", "m", "boom")
                .expect(
                        "invoke t#1 x",
                        "failed: m failed after 1, boom",
                        "ended: m failed after 1, boom");
    }

    private static void m45() {
        Drawing drawing = pureChain().join("j", "c");
        Script fused = Script.once(drawing.plan("t", "j"));
        fused.input("x").completeSegment("t", "c", "z");
        Script single = Script.once(drawing.unfused("t", "j"));
        single.input("x").complete("t", "x").complete("m", "x").complete("c", "z");
        Script.same(single.items().get(0), fused.items().get(0));
        Script.same(single.items().get(3), fused.items().get(1));
        long inside = Machine.itemAfter(fused.items().get(0), 0);
        Script.same(single.items().get(1), inside);
    }

    private static void m46() {
        Script script = Script.once(diamond().edge("t", "b").plan("t", "b"));
        script.input("x").complete("t", "y");
        script.expect("invoke t#1 x", "invoke a#1 y", "invoke b#1 y");
        script.complete("b", 1).expect("output 1", "invoke b#1 y");
        Offer none = script.machine().offer(new Event.OutputTaken(0));
        Script.same(Offer.CLOSED, none);
    }

    private static void m47() {
        Script script = Script.many(Drawing.of("t", "c").bounded("t", "c", 1).plan("t", "c"), 8);
        script.input(1).input(2).input(3).complete("t", 1).complete("t", 2).complete("t", 3);
        script.expect("invoke t#1 1", "invoke c#1 1", "invoke t#1 2", "invoke t#1 3");
        script.completeLate("t", 99).answered(Offer.LATE).expect();
        script.complete("c", 1).expect("output 1", "invoke c#1 2");
        script.complete("c", 2).expect("output 2", "invoke c#1 3");
    }
}
