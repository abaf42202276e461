package dev.flowir.kernel.machine.conformance;

import dev.flowir.ir.FanIn;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Losers;
import java.util.List;
import java.util.Map;

/** Flows that were laid into others. */
final class SubflowCases {

    private static final JsonValue YES = new JsonValue.Obj(Map.of("done", JsonValue.bool(true)));
    private static final JsonValue NO = new JsonValue.Obj(Map.of("done", JsonValue.bool(false)));

    private SubflowCases() {}

    static void addTo(List<ConformanceCase> all) {
        all.add(new ConformanceCase("M220", "a flow in a flow", SubflowCases::m220));
        all.add(new ConformanceCase("M221", "a flow twice in a flow", SubflowCases::m221));
        all.add(new ConformanceCase("M222", "a failure in a flow in a flow", SubflowCases::m222));
        all.add(
                new ConformanceCase(
                        "M223", "ways that meet in a flow in a flow", SubflowCases::m223));
    }

    /** Goes round until done. */
    private static Drawing inner() {
        return Drawing.of("t", "b", "c")
                .edge("t", "b")
                .edge("b", "c")
                .loop("t", "b", "b", 2, "fail");
    }

    private static void m220() {
        Script.once(Drawing.of("s", "e").laid("p", inner(), "s", "e").plan("s", "e"))
                .input("x")
                .complete("s", "y")
                .complete("p.t", "z")
                .complete("p.b", NO)
                .complete("p.b", YES)
                .complete("p.c", "w")
                .complete("e", "end")
                .expect(
                        "invoke s#1 x",
                        "invoke p.t#1 y",
                        "invoke p.b#1 z",
                        "invoke p.b#1 " + NO,
                        "invoke p.c#1 " + YES,
                        "invoke e#1 w",
                        "output end",
                        "ended: finished");
    }

    private static void m221() {
        Drawing twice = Drawing.of("s").laid("p", inner(), "s", "").laid("q", inner(), "p.c", "");
        Script script = Script.once(twice.plan("s", "q.c")).input("x").complete("s", "y");
        script.complete("p.t", "z").complete("p.b", YES).complete("p.c", "w");
        script.complete("q.t", "v").complete("q.b", YES).complete("q.c", "end");
        script.expect(
                "invoke s#1 x",
                "invoke p.t#1 y",
                "invoke p.b#1 z",
                "invoke p.c#1 " + YES,
                "invoke q.t#1 w",
                "invoke q.b#1 v",
                "invoke q.c#1 " + YES,
                "output end",
                "ended: finished");
    }

    private static void m222() {
        String never = "p.b failed after 1, loop 'p.loop:b' is not done after 2 rounds";
        Script.once(Drawing.of("s", "e").laid("p", inner(), "s", "e").plan("s", "e"))
                .input("x")
                .complete("s", "y")
                .complete("p.t", "z")
                .complete("p.b", NO)
                .complete("p.b", NO)
                .expect(
                        "invoke s#1 x",
                        "invoke p.t#1 y",
                        "invoke p.b#1 z",
                        "invoke p.b#1 " + NO,
                        "failed: " + never,
                        "ended: " + never);
    }

    private static void m223() {
        Drawing racing =
                Drawing.of("t", "a", "b")
                        .edge("t", "a")
                        .edge("t", "b")
                        .meet("r", new FanIn.Race(Losers.FINISH), "a", "b");
        Drawing joining =
                Drawing.of("t", "a", "b").edge("t", "a").edge("t", "b").join("j", "a", "b");
        Drawing both = Drawing.of("s").laid("p", racing, "s", "").laid("q", joining, "p.r", "");
        Script.once(both.plan("s", "q.j"))
                .input("x")
                .complete("s", "y")
                .complete("p.t", "z")
                .complete("p.b", "b1")
                .complete("p.r", "r1")
                .complete("q.t", "w")
                .complete("q.b", "b2")
                .complete("q.a", "a2")
                .complete("q.j", "end")
                .complete("p.a", "a1")
                .expect(
                        "invoke s#1 x",
                        "invoke p.t#1 y",
                        "invoke p.a#1 z",
                        "invoke p.b#1 z",
                        "invoke p.r#1 b1",
                        "invoke q.t#1 r1",
                        "invoke q.a#1 w",
                        "invoke q.b#1 w",
                        "invoke q.j#1 [a2, b2]",
                        "output end",
                        "ended: finished");
    }
}
