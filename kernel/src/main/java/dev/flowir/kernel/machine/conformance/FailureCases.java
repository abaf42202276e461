package dev.flowir.kernel.machine.conformance;

import dev.flowir.kernel.machine.Offer;
import dev.flowir.kernel.machine.TimerKind;
import java.util.List;

/** Failures, repeats, limits, fences. */
final class FailureCases {

    private FailureCases() {}

    private static Drawing chain() {
        return Drawing.of("t", "c").edge("t", "c");
    }

    static void addTo(List<ConformanceCase> all) {
        all.add(new ConformanceCase("M50", "a failure ends the run", FailureCases::m50));
        all.add(new ConformanceCase("M51", "a repeat waits for its backoff", FailureCases::m51));
        all.add(new ConformanceCase("M52", "repeats run out", FailureCases::m52));
        all.add(new ConformanceCase("M53", "continue goes on without", FailureCases::m53));
        all.add(new ConformanceCase("M54", "at most once is not repeated", FailureCases::m54));
        all.add(new ConformanceCase("M55", "a limit counts from the start", FailureCases::m55));
        all.add(new ConformanceCase("M56", "a timed out attempt is fenced", FailureCases::m56));
        all.add(new ConformanceCase("M57", "a timely end disarms the limit", FailureCases::m57));
        all.add(new ConformanceCase("M58", "a side fails after the value", FailureCases::m58));
        all.add(new ConformanceCase("M59", "a side fails before the value", FailureCases::m59));
        all.add(new ConformanceCase("M60", "repeats keep order and identity", FailureCases::m60));
        all.add(new ConformanceCase("M61", "cancelling forgets a backoff", FailureCases::m61));
        all.add(new ConformanceCase("M62", "joined edges: the shortest limit", FailureCases::m62));
        all.add(new ConformanceCase("M63", "a result counts once", FailureCases::m63));
        all.add(new ConformanceCase("M64", "items of a list fail together", FailureCases::m64));
        all.add(new ConformanceCase("M65", "a lost attempt is repeated", FailureCases::m65));
        all.add(new ConformanceCase("M66", "a lost one at most once is not", FailureCases::m66));
        all.add(new ConformanceCase("M67", "no repeat where none can help", FailureCases::m67));
    }

    private static void m65() {
        Script.once(chain().plan("t", "c"))
                .input("x")
                .complete("t", "y")
                .lose("c", 2)
                .lose("c", 2)
                .expect("invoke t#1 x", "invoke c#1 y", "invoke c#2 y", "invoke c#3 y")
                .complete("c", "z")
                .expect("output z", "ended: finished");
    }

    private static void m66() {
        String why = "the process ended during the attempt; its edge is at_most_once, so it is not";
        Script.once(Drawing.of("t", "c").atMostOnce("t", "c").plan("t", "c"))
                .input("x")
                .complete("t", "y")
                .lose("c", 2)
                .expect(
                        "invoke t#1 x",
                        "invoke c#1 y",
                        "failed: c failed after 1, " + why + " repeated",
                        "ended: c failed after 1, " + why + " repeated");
    }

    private static void m67() {
        Script.once(chain().onError("c", "retry", 5, 0).plan("t", "c"))
                .input("x")
                .complete("t", "y")
                .failForGood("c", "declined")
                .expect(
                        "invoke t#1 x",
                        "invoke c#1 y",
                        "failed: c failed after 1, declined",
                        "ended: c failed after 1, declined");
    }

    private static void m50() {
        Script.once(Drawing.of("t", "a", "c").edge("t", "a").edge("t", "c").plan("t", "c"))
                .input("x")
                .complete("t", "y")
                .fail("a", "boom")
                .expect(
                        "invoke t#1 x",
                        "invoke a#1 y",
                        "invoke c#1 y",
                        "interrupt c, run failed",
                        "failed: a failed after 1, boom",
                        "ended: a failed after 1, boom");
    }

    private static void m51() {
        Script.once(chain().onError("c", "retry", 1, 30).plan("t", "c"))
                .input("x")
                .complete("t", "y")
                .fail("c", "once")
                .expect("invoke t#1 x", "invoke c#1 y", "arm BACKOFF in 30 ms")
                .fire(TimerKind.BACKOFF)
                .expect("invoke c#2 y")
                .complete("c", "z")
                .expect("output z", "ended: finished");
    }

    private static void m52() {
        Script.once(chain().onError("c", "retry", 2, 0).plan("t", "c"))
                .input("x")
                .complete("t", "y")
                .fail("c", "1")
                .fail("c", "2")
                .expect("invoke t#1 x", "invoke c#1 y", "invoke c#2 y", "invoke c#3 y")
                .fail("c", "3")
                .expect("failed: c failed after 3, 3", "ended: c failed after 3, 3");
    }

    private static void m53() {
        String why =
                "'c' failed and its error handler continues without the item: "
                        + new IllegalStateException("boom");
        Script.once(chain().onError("c", "continue", 0, 0).plan("t", "c"))
                .input("x")
                .complete("t", "y")
                .fail("c", "boom")
                .expect(
                        "invoke t#1 x",
                        "invoke c#1 y",
                        "failed: missing, " + why,
                        "ended: finished");
    }

    private static void m54() {
        Script.once(
                        Drawing.of("t", "c")
                                .atMostOnce("t", "c")
                                .onError("c", "retry", 5, 0)
                                .plan("t", "c"))
                .input("x")
                .complete("t", "y")
                .fail("c", "boom")
                .expect(
                        "invoke t#1 x",
                        "invoke c#1 y",
                        "failed: c failed after 1, boom",
                        "ended: c failed after 1, boom");
    }

    private static void m55() {
        String over = "c timed out in attempt 1 after 20 ms over t -> c";
        Script.once(Drawing.of("t", "c").limited("t", "c", 20).plan("t", "c"))
                .input("x")
                .complete("t", "y")
                .expect("invoke t#1 x", "invoke c#1 y within 20 ms")
                .later(100)
                .start("c")
                .expect("arm ATTEMPT in 20 ms")
                .fire(TimerKind.ATTEMPT)
                .expect("interrupt c, timed out", "failed: " + over, "ended: " + over);
    }

    private static void m56() {
        Script script =
                Script.once(
                        Drawing.of("t", "c")
                                .limited("t", "c", 20)
                                .onError("c", "retry", 1, 5)
                                .plan("t", "c"));
        script.input("x").complete("t", "y").start("c").fire(TimerKind.ATTEMPT);
        script.expect(
                "invoke t#1 x",
                "invoke c#1 y within 20 ms",
                "arm ATTEMPT in 20 ms",
                "interrupt c, timed out",
                "arm BACKOFF in 5 ms");
        script.completeLate("c", "old").answered(Offer.LATE).expect();
        Script.same(1L, script.machine().lateResults());
        script.fire(TimerKind.BACKOFF).expect("invoke c#2 y within 20 ms");
        script.complete("c", "new").expect("output new", "ended: finished");
    }

    private static void m57() {
        Script.once(Drawing.of("t", "c").limited("t", "c", 20).plan("t", "c"))
                .input("x")
                .complete("t", "y")
                .start("c")
                .complete("c", "z")
                .expect(
                        "invoke t#1 x",
                        "invoke c#1 y within 20 ms",
                        "arm ATTEMPT in 20 ms",
                        "disarm ATTEMPT",
                        "output z",
                        "ended: finished");
    }

    private static Drawing side() {
        return Drawing.of("t", "c", "side").edge("t", "c").edge("t", "side");
    }

    private static void m58() {
        Script.once(side().plan("t", "c"))
                .input("x")
                .complete("t", "y")
                .complete("c", "z")
                .expect("invoke t#1 x", "invoke c#1 y", "invoke side#1 y", "output z")
                .fail("side", "boom")
                .expect("aside: side failed after 1, boom", "ended: finished");
    }

    private static void m59() {
        Script.once(side().plan("t", "c"))
                .input("x")
                .complete("t", "y")
                .fail("side", "boom")
                .expect(
                        "invoke t#1 x",
                        "invoke c#1 y",
                        "invoke side#1 y",
                        "interrupt c, run failed",
                        "failed: side failed after 1, boom",
                        "ended: side failed after 1, boom");
    }

    private static void m60() {
        Script script = Script.many(chain().onError("c", "retry", 1, 0).plan("t", "c"), 8);
        script.input(1).complete("t", 1).input(2).complete("t", 2).fail("c", "again");
        script.expect("invoke t#1 1", "invoke c#1 1", "invoke t#1 2", "invoke c#2 1");
        Script.same(script.items().get(1), script.items().get(3));
        script.complete("c", 1).expect("output 1", "invoke c#1 2");
    }

    private static void m61() {
        Script.once(chain().onError("t", "retry", 1, 30).plan("t", "c"))
                .input("x")
                .fail("t", "once")
                .cancel("enough")
                .expect(
                        "invoke t#1 x",
                        "arm BACKOFF in 30 ms",
                        "disarm BACKOFF",
                        "failed: cancelled, enough",
                        "ended: cancelled, enough");
    }

    private static void m62() {
        Drawing drawing =
                Drawing.of("t", "a", "b")
                        .edge("t", "a")
                        .edge("t", "b")
                        .joinLimited("j", "a", 40, "b", 30);
        String over = "j timed out in attempt 1 after 30 ms over joined edges";
        Script.once(drawing.plan("t", "j"))
                .input("x")
                .complete("t", "y")
                .complete("a", 1)
                .complete("b", 2)
                .expect(
                        "invoke t#1 x",
                        "invoke a#1 y",
                        "invoke b#1 y",
                        "invoke j#1 [1, 2] within 30 ms")
                .start("j")
                .fire(TimerKind.ATTEMPT)
                .expect(
                        "arm ATTEMPT in 30 ms",
                        "interrupt j, timed out",
                        "failed: " + over,
                        "ended: " + over);
    }

    private static void m63() {
        Script script = Script.many(chain().plan("t", "c"), 8);
        script.input(1).complete("t", 1).expect("invoke t#1 1", "invoke c#1 1");
        script.complete("c", "z").expect("output z");
        script.completeLate("c", "z").answered(Offer.LATE).expect();
        Script.same(1, script.machine().outputsWaiting());
    }

    private static void m64() {
        Script.once(
                        Drawing.of("t", "b", "c")
                                .edge("t", "b")
                                .edge("b", "c")
                                .each("t", "b", 2)
                                .plan("t", "c"))
                .input("x")
                .complete("t", List.of(1, 2, 3))
                .fail("b", "boom")
                .expect(
                        "invoke t#1 x",
                        "invoke b#1 1",
                        "invoke b#1 2",
                        "interrupt b, run failed",
                        "failed: b failed after 1, boom",
                        "ended: b failed after 1, boom");
    }
}
