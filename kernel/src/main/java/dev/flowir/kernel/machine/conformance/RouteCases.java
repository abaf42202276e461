package dev.flowir.kernel.machine.conformance;

import dev.flowir.ir.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Routes and dead ends. */
final class RouteCases {

    private RouteCases() {}

    private static JsonValue type(String type) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("type", JsonValue.text(type));
        return new JsonValue.Obj(members);
    }

    private static Drawing branches() {
        Map<String, String> cases = new LinkedHashMap<>();
        cases.put("a", "a");
        cases.put("b", "b");
        return Drawing.of("t", "a", "b", "c")
                .edge("t", "a")
                .edge("t", "b")
                .edge("a", "c")
                .edge("b", "c")
                .switches("t", cases, "");
    }

    static void addTo(List<ConformanceCase> all) {
        all.add(new ConformanceCase("M20", "only the selected branch runs", RouteCases::m20));
        all.add(new ConformanceCase("M21", "no match takes the default", RouteCases::m21));
        all.add(new ConformanceCase("M22", "no match, no default: missing", RouteCases::m22));
        all.add(new ConformanceCase("M23", "edges outside are free", RouteCases::m23));
        all.add(new ConformanceCase("M24", "an unusable output fails its node", RouteCases::m24));
        all.add(new ConformanceCase("M25", "the capture gives before it routes", RouteCases::m25));
        all.add(new ConformanceCase("M26", "a lost capture is told at once", RouteCases::m26));
        all.add(new ConformanceCase("M27", "no output: missing", RouteCases::m27));
        all.add(
                new ConformanceCase(
                        "M28", "an instance goes on after a dead end", RouteCases::m28));
    }

    private static void m20() {
        JsonValue item = type("b");
        Script.once(branches().plan("t", "c"))
                .input("x")
                .complete("t", item)
                .expect("invoke t#1 x", "invoke b#1 " + item)
                .complete("b", "y")
                .complete("c", "z")
                .expect("invoke c#1 y", "output z", "ended: finished");
    }

    private static void m21() {
        JsonValue item = type("?");
        Map<String, String> cases = new LinkedHashMap<>();
        cases.put("a", "a");
        Script.once(
                        Drawing.of("t", "a", "c")
                                .edge("t", "a")
                                .edge("a", "c")
                                .switches("t", cases, "a")
                                .plan("t", "c"))
                .input("x")
                .complete("t", item)
                .expect("invoke t#1 x", "invoke a#1 " + item);
    }

    private static void m22() {
        String missing = "missing, 't' has no case for '?' and no default, so nothing reaches 'c'";
        Script.once(branches().plan("t", "c"))
                .input("x")
                .complete("t", type("?"))
                .expect("invoke t#1 x", "failed: " + missing, "ended: finished");
    }

    private static void m23() {
        JsonValue item = type("a");
        Drawing drawing = branches().edge("t", "c");
        Script.once(drawing.plan("t", "c"))
                .input("x")
                .complete("t", item)
                .expect("invoke t#1 x", "invoke a#1 " + item, "invoke c#1 " + item);
    }

    private static void m24() {
        String failure = "t failed after 1, switch 'switch:t': nothing at '/type' in a String";
        Script.once(branches().plan("t", "c"))
                .input("x")
                .complete("t", "no object")
                .expect("invoke t#1 x", "failed: " + failure, "ended: " + failure);
    }

    private static void m25() {
        JsonValue item = type("?");
        Script.once(branches().plan("t", "t"))
                .input("x")
                .complete("t", item)
                .expect("invoke t#1 x", "output " + item, "ended: finished");
    }

    private static void m26() {
        Map<String, String> cases = new LinkedHashMap<>();
        cases.put("a", "c");
        cases.put("b", "slow");
        Script.once(
                        Drawing.of("t", "c", "slow")
                                .edge("t", "c")
                                .edge("t", "slow")
                                .switches("t", cases, "")
                                .plan("t", "c"))
                .input("x")
                .complete("t", type("b"))
                .expect(
                        "invoke t#1 x",
                        "invoke slow#1 " + type("b"),
                        "failed: missing, 't' took the branch 'b', which does not lead to 'c'")
                .complete("slow", "done")
                .expect("ended: finished");
    }

    private static void m27() {
        Script.once(Drawing.of("t", "c").edge("t", "c").plan("t", "c"))
                .input("x")
                .empty("t")
                .expect(
                        "invoke t#1 x",
                        "failed: missing, 't' gave no output for 'c'",
                        "ended: finished");
    }

    private static void m28() {
        Script script = Script.many(branches().plan("t", "c"), 1);
        script.input(1).complete("t", type("?")).expect("invoke t#1 1");
        Script.same(1, script.machine().permits());
        script.input(2).complete("t", type("a"));
        script.expect("invoke t#1 2", "invoke a#1 " + type("a"));
    }
}
