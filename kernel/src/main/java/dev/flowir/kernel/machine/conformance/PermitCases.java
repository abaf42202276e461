package dev.flowir.kernel.machine.conformance;

import dev.flowir.kernel.machine.FairPermits;
import java.util.List;

/** Bodies of a node that may run at a time, and the line of those that wait. */
final class PermitCases {

    private PermitCases() {}

    static void addTo(List<ConformanceCase> all) {
        all.add(new ConformanceCase("M210", "a permit goes to who came first", PermitCases::m210));
        all.add(new ConformanceCase("M211", "who leaves the line gets none", PermitCases::m211));
        all.add(new ConformanceCase("M212", "a node with a limit is not fused", PermitCases::m212));
    }

    private static void m210() {
        FairPermits<String> permits = new FairPermits<>(2);
        Script.same(true, permits.enter("a"));
        Script.same(true, permits.enter("b"));
        Script.same(false, permits.enter("c"));
        Script.same(false, permits.enter("d"));
        Script.same("c", String.valueOf(permits.release()));
        Script.same(false, permits.enter("e")); // behind d, though one was just given back
        Script.same("d", String.valueOf(permits.release()));
        Script.same("e", String.valueOf(permits.release()));
        Script.same(2, permits.taken());
        Script.same("null", String.valueOf(permits.release()));
        Script.same("null", String.valueOf(permits.release()));
        Script.same(0, permits.taken());
    }

    private static void m211() {
        FairPermits<String> permits = new FairPermits<>(1);
        permits.enter("a");
        permits.enter("b");
        permits.enter("c");
        Script.same(true, permits.leave("b"));
        Script.same(false, permits.leave("b"));
        Script.same(false, permits.leave("a")); // it has one, and gives it back
        Script.same("c", String.valueOf(permits.release()));
        Script.same(0, permits.waiting());
        Script.same(1, permits.taken());
    }

    private static void m212() {
        Drawing drawing = Drawing.pure("t", "b", "c").edge("t", "b").edge("b", "c");
        Script.same(1, drawing.plan("t", "c").places());
        Script.same(true, drawing.plan("t", "c").inline());
        Drawing limited = drawing.concurrency("b", 2);
        Script.same(3, limited.plan("t", "c").places());
        Script.same(false, limited.plan("t", "c").inline());
        Script script = Script.once(limited.plan("t", "c"));
        script.input("x").complete("t", "1").complete("b", "2").complete("c", "3");
        script.expect(
                "invoke t#1 x", "invoke b#1 1", "invoke c#1 2", "output 3", "ended: finished");
    }
}
