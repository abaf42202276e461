package dev.flowir.kernel.machine.conformance;

import dev.flowir.kernel.machine.TimerKind;
import java.util.List;

/** Timeouts with a policy, and where items go that no attempt is left for. */
final class LetterCases {

    private LetterCases() {}

    /**
     * From {@code t} through {@code a} to {@code c}; what fails at {@code a} can go to {@code d}.
     */
    private static Drawing ways() {
        return Drawing.of("t", "a", "c", "d").edge("t", "a").edge("a", "d").edge("a", "c");
    }

    static void addTo(List<ConformanceCase> all) {
        all.add(new ConformanceCase("M90", "what failed goes another way", LetterCases::m90));
        all.add(new ConformanceCase("M91", "what worked does not", LetterCases::m91));
        all.add(new ConformanceCase("M92", "repeats come first", LetterCases::m92));
        all.add(new ConformanceCase("M93", "a way out that leads on", LetterCases::m93));
        all.add(new ConformanceCase("M94", "too late goes another way", LetterCases::m94));
        all.add(new ConformanceCase("M95", "cancel ends what retries", LetterCases::m95));
        all.add(new ConformanceCase("M96", "only what is late is repeated", LetterCases::m96));
        all.add(new ConformanceCase("M97", "two ways out of one node", LetterCases::m97));
        all.add(new ConformanceCase("M98", "a full way out holds up", LetterCases::m98));
        all.add(new ConformanceCase("M99", "what was lost goes another way", LetterCases::m99));
    }

    private static void m90() {
        String why = "'a' failed and its item went to 'd': " + new IllegalStateException("boom");
        Script.once(ways().letters("a", "continue", 0, 0, "d").plan("t", "c"))
                .input("x")
                .complete("t", "y")
                .fail("a", "boom")
                .expect("invoke t#1 x", "invoke a#1 y", "invoke d#1 y", "failed: missing, " + why)
                .complete("d", "kept")
                .expect("ended: finished");
    }

    private static void m91() {
        Script.once(ways().letters("a", "continue", 0, 0, "d").plan("t", "c"))
                .input("x")
                .complete("t", "y")
                .complete("a", "z")
                .complete("c", "w")
                .expect(
                        "invoke t#1 x",
                        "invoke a#1 y",
                        "invoke c#1 z",
                        "output w",
                        "ended: finished");
    }

    private static void m92() {
        Script.once(ways().edge("d", "c").letters("a", "retry", 1, 30, "d").plan("t", "c"))
                .input("x")
                .complete("t", "y")
                .fail("a", "once")
                .expect("invoke t#1 x", "invoke a#1 y", "arm BACKOFF in 30 ms")
                .fire(TimerKind.BACKOFF)
                .expect("invoke a#2 y")
                .fail("a", "twice")
                .expect("invoke d#1 y");
    }

    private static void m93() {
        Script.once(ways().edge("d", "c").letters("a", "continue", 0, 0, "d").plan("t", "c"))
                .input("x")
                .complete("t", "y")
                .fail("a", "boom")
                .complete("d", "instead")
                .complete("c", "w")
                .expect(
                        "invoke t#1 x",
                        "invoke a#1 y",
                        "invoke d#1 y",
                        "invoke c#1 instead",
                        "output w",
                        "ended: finished");
    }

    private static void m94() {
        Script script =
                Script.once(
                        ways().edge("d", "c")
                                .timeout("a", 20, "dead_letter", 0, "d")
                                .plan("t", "c"));
        script.input("x").complete("t", "y").start("a").fire(TimerKind.ATTEMPT);
        script.expect(
                "invoke t#1 x",
                "invoke a#1 y within 20 ms",
                "arm ATTEMPT in 20 ms",
                "interrupt a, timed out",
                "invoke d#1 y");
        script.complete("d", "late").complete("c", "w");
        script.expect("invoke c#1 late", "output w", "ended: finished");
    }

    private static void m95() {
        String over = "a timed out in attempt 1 after 20 ms over t -> a";
        Script.once(
                        ways().onError("a", "retry", 5, 0)
                                .timeout("a", 20, "cancel", 0, "")
                                .plan("t", "c"))
                .input("x")
                .complete("t", "y")
                .start("a")
                .fire(TimerKind.ATTEMPT)
                .expect(
                        "invoke t#1 x",
                        "invoke a#1 y within 20 ms",
                        "arm ATTEMPT in 20 ms",
                        "interrupt a, timed out",
                        "failed: " + over,
                        "ended: " + over);
    }

    private static void m96() {
        Script script = Script.once(ways().timeout("a", 20, "retry", 1, "").plan("t", "c"));
        script.input("x").complete("t", "y").start("a").fire(TimerKind.ATTEMPT);
        script.expect(
                "invoke t#1 x",
                "invoke a#1 y within 20 ms",
                "arm ATTEMPT in 20 ms",
                "interrupt a, timed out",
                "invoke a#2 y within 20 ms");
        script.fail("a", "boom");
        script.expect("failed: a failed after 2, boom", "ended: a failed after 2, boom");
    }

    private static Script twoWays() {
        return Script.once(
                Drawing.of("t", "a", "c", "d", "e")
                        .edge("t", "a")
                        .edge("a", "d")
                        .edge("a", "e")
                        .edge("a", "c")
                        .edge("d", "c")
                        .edge("e", "c")
                        .letters("a", "continue", 0, 0, "d")
                        .timeout("a", 20, "dead_letter", 0, "e")
                        .plan("t", "c"));
    }

    private static void m97() {
        Script script = twoWays();
        script.input("x").complete("t", "y").start("a").fire(TimerKind.ATTEMPT);
        script.expect(
                "invoke t#1 x",
                "invoke a#1 y within 20 ms",
                "arm ATTEMPT in 20 ms",
                "interrupt a, timed out",
                "invoke e#1 y");
        script = twoWays();
        script.input("x").complete("t", "y").fail("a", "boom");
        script.expect("invoke t#1 x", "invoke a#1 y within 20 ms", "invoke d#1 y");
    }

    private static void m98() {
        Script script =
                Script.many(
                        Drawing.of("t", "a", "d")
                                .edge("t", "a")
                                .bounded("a", "d", 1)
                                .letters("a", "continue", 0, 0, "d")
                                .plan("t", "d"),
                        8);
        for (int i = 1; i <= 4; i++) {
            script.input(i).complete("t", i);
        }
        script.fail("a", "1").fail("a", "2").fail("a", "3");
        script.expect(
                "invoke t#1 1",
                "invoke a#1 1",
                "invoke t#1 2",
                "invoke t#1 3",
                "invoke t#1 4",
                "invoke d#1 1",
                "invoke a#1 2",
                "invoke a#1 3");
        script.complete("d", "one").expect("output one", "invoke d#1 2", "invoke a#1 4");
    }

    private static void m99() {
        Script.once(ways().edge("d", "c").letters("a", "continue", 0, 0, "d").plan("t", "c"))
                .input("x")
                .complete("t", "y")
                .lose("a", 0)
                .expect("invoke t#1 x", "invoke a#1 y", "invoke d#1 y");
    }
}
