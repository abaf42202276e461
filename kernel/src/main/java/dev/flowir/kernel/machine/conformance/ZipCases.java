package dev.flowir.kernel.machine.conformance;

import dev.flowir.ir.FanIn;
import java.util.List;

/** Items that meet by position. */
final class ZipCases {

    private ZipCases() {}

    static void addTo(List<ConformanceCase> all) {
        all.add(new ConformanceCase("M150", "items meet by position", ZipCases::m150));
        all.add(new ConformanceCase("M151", "a zip ends with the shorter", ZipCases::m151));
        all.add(new ConformanceCase("M152", "a zip that is stalled", ZipCases::m152));
        all.add(new ConformanceCase("M153", "a zip is bounded as its edges are", ZipCases::m153));
        all.add(new ConformanceCase("M154", "a zip of one input", ZipCases::m154));
    }

    private static Drawing zip() {
        return Drawing.of("t", "a", "b")
                .edge("t", "a")
                .edge("t", "b")
                .meet("z", new FanIn.Zip(), "a", "b");
    }

    private static Script begun(int capacity) {
        Script script = Script.many(zip().plan("t", "z"), capacity);
        script.input("x").complete("t", "x1").complete("a", "a1").empty("b");
        return script.expect("invoke t#1 x", "invoke a#1 x1", "invoke b#1 x1");
    }

    private static void m150() {
        Script script = begun(8);
        script.input("y").complete("t", "y1").complete("a", "a2").complete("b", "b2");
        script.expect("invoke t#1 y", "invoke a#1 y1", "invoke b#1 y1", "invoke z#1 [a1, b2]");
        script.complete("z", "1").take().close();
        script.expect("output 1", "ended: finished");
    }

    private static void m151() {
        Script script = begun(8);
        script.close().expect("ended: finished");
        Script still = begun(8);
        still.input("y").complete("t", "y1").close();
        still.expect("invoke t#1 y", "invoke a#1 y1", "invoke b#1 y1");
        still.complete("b", "b2").expect("invoke z#1 [a1, b2]");
        still.complete("z", "1").take().complete("a", "a2").expect("output 1", "ended: finished");
    }

    private static void m152() {
        String stalled = "stalled, a -> z waits for b";
        Script script = begun(2);
        script.input("y").complete("t", "y1").complete("a", "a2").empty("b");
        script.expect(
                "invoke t#1 y",
                "invoke a#1 y1",
                "invoke b#1 y1",
                "failed: " + stalled,
                "ended: " + stalled);
    }

    private static void m153() {
        Drawing drawing =
                Drawing.of("t", "a", "b", "c")
                        .edge("t", "a")
                        .edge("t", "b")
                        .meetBounded("z", new FanIn.Zip(), 1, "a", "b")
                        .edge("z", "c");
        Script script = Script.many(drawing.plan("t", "c"), 8);
        for (int n = 1; n <= 3; n++) {
            script.input("x").complete("t", n).complete("a", "a" + n).empty("b");
            script.expect("invoke t#1 x", "invoke a#1 " + n, "invoke b#1 " + n);
            if (n == 2) {
                break; // its output has no room and waits where it is
            }
        }
        script.input("x").complete("t", 3).complete("b", "b3");
        script.expect("invoke t#1 x", "invoke b#1 3", "invoke z#1 [a1, b3]", "invoke a#1 3");
    }

    private static void m154() {
        String missing = "missing, join 'z' waits for 'b', which gives nothing any more";
        Script script = Script.once(zip().plan("t", "z"));
        script.input("x").complete("t", "y").complete("a", "1").empty("b");
        script.expect(
                "invoke t#1 x",
                "invoke a#1 y",
                "invoke b#1 y",
                "failed: " + missing,
                "ended: finished");
        Script both = Script.once(zip().plan("t", "z"));
        both.input("x").complete("t", "y").complete("b", "2").complete("a", "1").complete("z", "3");
        both.expect(
                "invoke t#1 x",
                "invoke a#1 y",
                "invoke b#1 y",
                "invoke z#1 [1, 2]",
                "output 3",
                "ended: finished");
    }
}
