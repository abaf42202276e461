package dev.flowir.kernel.machine.conformance;

import dev.flowir.ir.FanIn;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.plan.Plan;
import dev.flowir.kernel.machine.TimerKind;
import dev.flowir.kernel.machine.Wait;
import java.util.ArrayList;
import java.util.List;

/** Who waits for whom, as a machine tells it. */
final class WaitCases {

    private WaitCases() {}

    static void addTo(List<ConformanceCase> all) {
        all.add(new ConformanceCase("M240", "who works, and what waits for it", WaitCases::m240));
        all.add(new ConformanceCase("M241", "who lacks an input", WaitCases::m241));
        all.add(new ConformanceCase("M242", "who waits for the consumer", WaitCases::m242));
        all.add(new ConformanceCase("M243", "what only waits for the clock", WaitCases::m243));
        all.add(new ConformanceCase("M244", "what the spill store has", WaitCases::m244));
    }

    private static void waits(Script script, Plan plan, String... expected) {
        List<String> lines = new ArrayList<>();
        for (Wait wait : script.machine().waits()) {
            String line = wait.kind() + " " + plan.node(wait.node()).alias();
            line += wait.edge() < 0 ? "" : " at " + plan.edgeName(wait.edge());
            line += wait.on() < 0 ? "" : " for " + plan.node(wait.on()).alias();
            boolean counts = wait.kind() == Wait.Kind.TURN || wait.kind() == Wait.Kind.TAKER;
            lines.add(counts ? line + " " + wait.number() : line);
        }
        Script.same(List.of(expected), lines);
    }

    private static void m240() {
        Plan plan = Drawing.of("t", "a", "b").edge("t", "a").bounded("a", "b", 1).plan("t", "b");
        Script script = Script.many(plan, 8);
        waits(script, plan);
        script.input("1").complete("t", "1").complete("a", "1");
        waits(script, plan, "BODY b at a -> b");
        script.input("2").complete("t", "2").complete("a", "2");
        waits(script, plan, "BODY b at a -> b", "TURN a at a -> b for b 1");
        script.input("3").complete("t", "3").complete("a", "3");
        script.input("4").complete("t", "4");
        waits(
                script,
                plan,
                "BODY b at a -> b",
                "ROOM a at a -> b for b",
                "TURN t at t -> a for a 1",
                "TURN a at a -> b for b 1");
        script.cancel("enough");
        waits(script, plan);
    }

    private static void m241() {
        Plan plan =
                Drawing.of("t", "a", "b")
                        .edge("t", "a")
                        .edge("t", "b")
                        .meet("z", new FanIn.Zip(), "a", "b")
                        .plan("t", "z");
        Script script = Script.many(plan, 8);
        script.input("x").complete("t", "x1").complete("a", "a1");
        waits(script, plan, "BODY b at t -> b", "PARTNER z at b -> z for b");
        script.empty("b");
        waits(script, plan, "PARTNER z at b -> z for b");
        script.input("y").complete("t", "y1").complete("b", "b2").complete("z", "1");
        waits(script, plan, "BODY a at t -> a", "TAKER z 1");
        script.empty("a").take();
        waits(script, plan);
    }

    private static void m242() {
        Plan plan = Drawing.of("t", "s").edge("t", "s").plan("t", "s");
        Script script = Script.once(plan);
        script.input("x").complete("t", "y").open("s");
        waits(script, plan, "CONSUMER s at t -> s");
        script.demand("s", 1);
        waits(script, plan, "PRODUCER s at t -> s");
        script.item("s", "1");
        waits(script, plan, "CONSUMER s at t -> s");
        script.endStream("s");
        waits(script, plan);
    }

    private static void m243() {
        JsonValue list = new JsonValue.Arr(List.of(JsonValue.text("a"), JsonValue.text("b")));
        Plan plan =
                Drawing.of("t", "e")
                        .edge("t", "e")
                        .each("t", "e", 2)
                        .rate("e", 10, 1, 0)
                        .plan("t", "e");
        Script script = Script.once(plan);
        script.input("x").complete("t", list);
        waits(script, plan, "BODY e at t -> e", "CLOCK e at t -> e");
        script.complete("e", "1");
        waits(script, plan, "CLOCK e at t -> e");
        script.fire(TimerKind.PACE);
        waits(script, plan, "BODY e at t -> e");
    }

    private static void m244() {
        Plan plan = Drawing.of("t", "c").spilling("t", "c", 0).plan("t", "c");
        Script script = Script.many(plan, 8);
        script.input(1).input(2).input(3).complete("t", 1).complete("t", 2).complete("t", 3);
        waits(script, plan, "STORE t at t -> c", "BODY c at t -> c", "TURN t at t -> c for c 1");
        script.stored("r3", 10).complete("c", 1).complete("c", 2);
        waits(script, plan, "STORE c at t -> c", "TAKER c 2");
    }
}
