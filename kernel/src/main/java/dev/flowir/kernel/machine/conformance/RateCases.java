package dev.flowir.kernel.machine.conformance;

import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.machine.TimerKind;
import java.util.List;

/** Attempts that wait until a rate allows them. */
final class RateCases {

    private RateCases() {}

    static void addTo(List<ConformanceCase> all) {
        all.add(
                new ConformanceCase(
                        "M160", "a burst goes through, the rest waits", RateCases::m160));
        all.add(new ConformanceCase("M161", "tokens come back with time", RateCases::m161));
        all.add(new ConformanceCase("M162", "a burst may be spread", RateCases::m162));
        all.add(new ConformanceCase("M163", "a repeat takes a token too", RateCases::m163));
        all.add(new ConformanceCase("M164", "a wait for a rate is cut short", RateCases::m164));
        all.add(new ConformanceCase("M165", "a fused node keeps its rate", RateCases::m165));
    }

    private static JsonValue four() {
        return new JsonValue.Arr(
                List.of(
                        JsonValue.text("a"),
                        JsonValue.text("b"),
                        JsonValue.text("c"),
                        JsonValue.text("d")));
    }

    /** Four items of a list at a node with a rate. */
    private static Script listed(int perSecond, int burst, int smoothingMillis) {
        Drawing drawing =
                Drawing.of("t", "e")
                        .edge("t", "e")
                        .each("t", "e", 4)
                        .rate("e", perSecond, burst, smoothingMillis);
        Script script = Script.once(drawing.plan("t", "e"));
        return script.input("x").expect("invoke t#1 x").complete("t", four());
    }

    private static String invoked(String item) {
        return "invoke e#1 " + JsonValue.text(item);
    }

    private static void m160() {
        Script script = listed(10, 2, 0);
        script.expect(invoked("a"), invoked("b"), "arm PACE in 100 ms", "arm PACE in 200 ms");
        script.fire(TimerKind.PACE).expect(invoked("c"));
        script.fire(TimerKind.PACE).expect(invoked("d"));
    }

    private static void m161() {
        Drawing drawing = Drawing.of("t", "c").edge("t", "c").rate("t", 10, 2, 0);
        Script script = Script.many(drawing.plan("t", "c"), 8);
        script.input("1").empty("t").input("2").empty("t").input("3");
        script.expect("invoke t#1 1", "invoke t#1 2", "arm PACE in 100 ms");
        script.fire(TimerKind.PACE).empty("t").later(150).input("4").empty("t").input("5");
        script.expect("invoke t#1 3", "invoke t#1 4", "arm PACE in 50 ms");
        script.fire(TimerKind.PACE).empty("t").later(10_000);
        script.input("6").empty("t").input("7").empty("t").input("8");
        script.expect("invoke t#1 5", "invoke t#1 6", "invoke t#1 7", "arm PACE in 100 ms");
    }

    private static void m162() {
        Script script = listed(10, 2, 60);
        script.expect(
                invoked("a"), "arm PACE in 30 ms", "arm PACE in 100 ms", "arm PACE in 200 ms");
    }

    private static void m163() {
        Drawing drawing =
                Drawing.of("t", "c").edge("t", "c").rate("c", 10, 1, 0).onError("c", "retry", 1, 0);
        Script script = Script.once(drawing.plan("t", "c"));
        script.input("x").complete("t", "y").fail("c", "no");
        script.expect("invoke t#1 x", "invoke c#1 y", "arm PACE in 100 ms");
        script.fire(TimerKind.PACE).complete("c", "z");
        script.expect("invoke c#2 y", "output z", "ended: finished");
    }

    private static void m164() {
        Script script = listed(10, 3, 0);
        script.expect(invoked("a"), invoked("b"), invoked("c"), "arm PACE in 100 ms");
        script.cancel("enough")
                .expect(
                        "interrupt e, run cancelled",
                        "interrupt e, run cancelled",
                        "interrupt e, run cancelled",
                        "disarm PACE",
                        "failed: cancelled, enough",
                        "ended: cancelled, enough");
    }

    private static void m165() {
        Drawing drawing =
                Drawing.pure("t", "b", "c").edge("t", "b").edge("b", "c").rate("b", 10, 1, 0);
        Script script = Script.many(drawing.plan("t", "c"), 8);
        script.input("x").complete("t", "1").completeSegment("b", "c", "2");
        script.input("y").complete("t", "3");
        script.expect(
                "invoke t#1 x", "invoke b#1 1", "output 2", "invoke t#1 y", "arm PACE in 100 ms");
    }
}
