package dev.flowir.kernel.machine.conformance;

import dev.flowir.ir.FanIn;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Losers;
import dev.flowir.kernel.machine.TimerKind;
import java.util.List;
import java.util.Map;

/** Items that run for one goal. */
final class RaceCases {

    private static final FanIn CANCEL = new FanIn.Race(Losers.CANCEL);
    private static final FanIn FINISH = new FanIn.Race(Losers.FINISH);

    private RaceCases() {}

    static void addTo(List<ConformanceCase> all) {
        all.add(new ConformanceCase("M130", "the first item wins", RaceCases::m130));
        all.add(new ConformanceCase("M131", "what fails is out of the race", RaceCases::m131));
        all.add(new ConformanceCase("M132", "when all fail the race has failed", RaceCases::m132));
        all.add(new ConformanceCase("M133", "losers may finish", RaceCases::m133));
        all.add(new ConformanceCase("M134", "each input has its own race", RaceCases::m134));
        all.add(new ConformanceCase("M135", "a race within another", RaceCases::m135));
        all.add(new ConformanceCase("M136", "what leads elsewhere too goes on", RaceCases::m136));
        all.add(new ConformanceCase("M137", "a list that loses", RaceCases::m137));
        all.add(new ConformanceCase("M138", "a loop that loses is free again", RaceCases::m138));
        all.add(new ConformanceCase("M139", "a wait for a repeat that loses", RaceCases::m139));
        all.add(new ConformanceCase("M140", "a way that gives nothing", RaceCases::m140));
        all.add(new ConformanceCase("M141", "losers that finish begin nothing", RaceCases::m141));
        all.add(new ConformanceCase("M142", "a loser's failure is aside", RaceCases::m142));
    }

    private static Drawing two(FanIn how) {
        return Drawing.of("t", "a", "b", "c")
                .edge("t", "a")
                .edge("t", "b")
                .meet("r", how, "a", "b")
                .edge("r", "c");
    }

    private static Script begun(FanIn how) {
        Script script = Script.once(two(how).plan("t", "c"));
        script.input("x").complete("t", "y");
        return script.expect("invoke t#1 x", "invoke a#1 y", "invoke b#1 y");
    }

    private static void m130() {
        begun(CANCEL)
                .complete("b", "1")
                .expect("invoke r#1 1", "interrupt a, lost the race")
                .complete("r", "2")
                .complete("c", "3")
                .expect("invoke c#1 2", "output 3", "ended: finished");
    }

    private static void m131() {
        begun(CANCEL)
                .fail("a", "no")
                .expect()
                .complete("b", "1")
                .complete("r", "2")
                .complete("c", "3")
                .expect("invoke r#1 1", "invoke c#1 2", "output 3", "ended: finished");
    }

    private static void m132() {
        String lost = "race r lost: b failed after 1, no; a failed after 1, nor I";
        begun(CANCEL)
                .fail("b", "no")
                .fail("a", "nor I")
                .expect("failed: " + lost, "ended: " + lost);
    }

    private static void m133() {
        begun(FINISH)
                .complete("b", "1")
                .complete("r", "2")
                .complete("c", "3")
                .expect("invoke r#1 1", "invoke c#1 2", "output 3")
                .complete("a", "late")
                .expect("ended: finished");
    }

    private static void m134() {
        Script script = Script.many(two(CANCEL).plan("t", "c"), 8);
        script.input("x").complete("t", "1").input("y").complete("t", "2");
        script.complete("b", "b1");
        script.expect(
                "invoke t#1 x",
                "invoke a#1 1",
                "invoke b#1 1",
                "invoke t#1 y",
                "invoke r#1 b1",
                "interrupt a, lost the race",
                "invoke b#1 2",
                "invoke a#1 2");
        script.complete("a", "a2").complete("r", "r1").complete("r", "r2");
        script.expect("interrupt b, lost the race", "invoke c#1 r1", "invoke r#1 a2");
        script.complete("c", "c1").complete("c", "c2").take().take().close();
        script.expect("output c1", "invoke c#1 r2", "output c2", "ended: finished");
    }

    private static void m135() {
        Drawing drawing =
                Drawing.of("t", "a", "b", "d", "c")
                        .edge("t", "a")
                        .edge("t", "b")
                        .edge("t", "d")
                        .meet("in", CANCEL, "a", "b")
                        .meet("out", CANCEL, "in", "d")
                        .edge("out", "c");
        Script script = Script.once(drawing.plan("t", "c"));
        script.input("x").complete("t", "y");
        script.expect("invoke t#1 x", "invoke a#1 y", "invoke b#1 y", "invoke d#1 y");
        script.fail("a", "one").fail("b", "two").expect();
        String inner = "race in lost: a failed after 1, one; b failed after 1, two";
        String lost = "race out lost: " + inner + "; d failed after 1, three";
        script.fail("d", "three").expect("failed: " + lost, "ended: " + lost);
        Script again = Script.once(drawing.plan("t", "c"));
        again.input("x").complete("t", "y").complete("d", "1");
        again.expect(
                "invoke t#1 x",
                "invoke a#1 y",
                "invoke b#1 y",
                "invoke d#1 y",
                "invoke out#1 1",
                "interrupt a, lost the race",
                "interrupt b, lost the race");
    }

    private static void m136() {
        Drawing drawing = two(CANCEL).also("log").edge("a", "log");
        Script script = Script.once(drawing.plan("t", "c"));
        script.input("x").complete("t", "y").complete("b", "1");
        script.expect("invoke t#1 x", "invoke a#1 y", "invoke b#1 y", "invoke r#1 1");
        script.complete("a", "2").expect("invoke log#1 2");
        script.complete("log", "3").complete("r", "4").complete("c", "5");
        script.expect("invoke c#1 4", "output 5", "ended: finished");
    }

    private static JsonValue list(int... numbers) {
        List<JsonValue> items = new java.util.ArrayList<>();
        for (int number : numbers) {
            items.add(JsonValue.number(number));
        }
        return new JsonValue.Arr(items);
    }

    private static Script listed(FanIn how) {
        Drawing drawing =
                Drawing.of("t", "l", "e", "b", "c")
                        .edge("t", "l")
                        .edge("t", "b")
                        .edge("l", "e")
                        .each("l", "e", 2)
                        .meet("r", how, "e", "b")
                        .edge("r", "c");
        Script script = Script.once(drawing.plan("t", "c"));
        script.input("x").complete("t", "y").complete("l", list(1, 2, 3));
        return script.expect(
                "invoke t#1 x",
                "invoke l#1 y",
                "invoke b#1 y",
                "invoke e#1 " + JsonValue.number(1),
                "invoke e#1 " + JsonValue.number(2));
    }

    private static void m137() {
        listed(CANCEL)
                .complete("b", "1")
                .expect("invoke r#1 1", "interrupt e, lost the race", "interrupt e, lost the race")
                .complete("r", "2")
                .complete("c", "3")
                .expect("invoke c#1 2", "output 3", "ended: finished");
        listed(FINISH)
                .complete("b", "1")
                .complete("e", "e1")
                .complete("r", "2")
                .complete("c", "3")
                .expect("invoke r#1 1", "invoke c#1 2", "output 3")
                .complete("e", "e2")
                .expect("ended: finished");
    }

    private static void m138() {
        Drawing drawing =
                Drawing.of("t", "l", "m", "b", "c")
                        .edge("t", "l")
                        .edge("l", "m")
                        .edge("t", "b")
                        .loop("t", "l", "m", 5, "fail")
                        .meet("r", CANCEL, "m", "b")
                        .edge("r", "c");
        Script script = Script.many(drawing.plan("t", "c"), 8);
        script.input("x").complete("t", "1").complete("l", "1.");
        script.expect("invoke t#1 x", "invoke l#1 1", "invoke b#1 1", "invoke m#1 1.");
        script.complete("b", "2").expect("invoke r#1 2", "interrupt m, lost the race");
        script.input("y").complete("t", "3").expect("invoke t#1 y", "invoke l#1 3", "invoke b#1 3");
        script.complete("l", "3.")
                .complete("m", new JsonValue.Obj(Map.of("done", JsonValue.bool(true))));
        script.expect("invoke m#1 3.", "interrupt b, lost the race");
    }

    private static void m139() {
        Drawing drawing = two(CANCEL).onError("a", "retry", 2, 10);
        Script.once(drawing.plan("t", "c"))
                .input("x")
                .complete("t", "y")
                .fail("a", "no")
                .complete("b", "1")
                .expect(
                        "invoke t#1 x",
                        "invoke a#1 y",
                        "invoke b#1 y",
                        "arm " + TimerKind.BACKOFF + " in 10 ms",
                        "invoke r#1 1",
                        "disarm " + TimerKind.BACKOFF)
                .complete("r", "2")
                .complete("c", "3")
                .expect("invoke c#1 2", "output 3", "ended: finished");
    }

    private static void m140() {
        String missing = "missing, 'b' gave no output for 'c'";
        begun(CANCEL)
                .empty("a")
                .expect()
                .empty("b")
                .expect("failed: " + missing, "ended: finished");
        String lost = "race r lost: b failed after 1, no";
        begun(CANCEL).empty("a").fail("b", "no").expect("failed: " + lost, "ended: " + lost);
    }

    private static void m141() {
        Drawing drawing =
                Drawing.of("t", "a", "d", "b", "c")
                        .edge("t", "a")
                        .edge("a", "d")
                        .edge("t", "b")
                        .onError("a", "retry", 2, 10)
                        .meet("r", FINISH, "d", "b")
                        .edge("r", "c");
        Script script = Script.once(drawing.plan("t", "c"));
        script.input("x").complete("t", "y").complete("b", "1").complete("a", "2");
        script.expect("invoke t#1 x", "invoke a#1 y", "invoke b#1 y", "invoke r#1 1");
        script.complete("r", "3").complete("c", "4");
        script.expect("invoke c#1 3", "output 4", "ended: finished");
        Script failing = Script.once(drawing.plan("t", "c"));
        failing.input("x").complete("t", "y").complete("b", "1").fail("a", "no");
        failing.expect(
                "invoke t#1 x",
                "invoke a#1 y",
                "invoke b#1 y",
                "invoke r#1 1",
                "aside: a failed after 1, no");
    }

    private static void m142() {
        begun(FINISH)
                .complete("a", "1")
                .complete("r", "2")
                .complete("c", "3")
                .fail("b", "no")
                .expect(
                        "invoke r#1 1",
                        "invoke c#1 2",
                        "output 3",
                        "aside: b failed after 1, no",
                        "ended: finished");
    }
}
