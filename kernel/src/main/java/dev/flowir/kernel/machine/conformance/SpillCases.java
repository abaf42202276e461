package dev.flowir.kernel.machine.conformance;

import dev.flowir.kernel.machine.Offer;
import java.util.List;

/** Edges that spill. */
final class SpillCases {

    private SpillCases() {}

    /** One item in work, one on the edge, the next one on its way. */
    private static Script spilling(long thresholdBytes) {
        Drawing drawing = Drawing.of("t", "c").spilling("t", "c", thresholdBytes);
        Script script = Script.many(drawing.plan("t", "c"), 8);
        script.input(1).input(2).input(3).input(4);
        script.complete("t", 1).expect("invoke t#1 1", "invoke c#1 1", "invoke t#1 2");
        return script.complete("t", 2);
    }

    static void addTo(List<ConformanceCase> all) {
        all.add(new ConformanceCase("M80", "a full edge spills and keeps order", SpillCases::m80));
        all.add(new ConformanceCase("M81", "below the threshold nothing spills", SpillCases::m81));
        all.add(new ConformanceCase("M82", "a store that fails ends the run", SpillCases::m82));
        all.add(new ConformanceCase("M83", "a load that fails ends the run", SpillCases::m83));
        all.add(new ConformanceCase("M84", "the end deletes what is stored", SpillCases::m84));
        all.add(new ConformanceCase("M85", "a late store is refused", SpillCases::m85));
    }

    private static void m80() {
        Script script = spilling(0).expect("invoke t#1 3");
        script.complete("t", 3).expect("store 3");
        script.stored("r3", 10).expect("invoke t#1 4");
        script.complete("t", 4).stored("r4", 10).expect("store 4");
        Script.same(3, script.machine().depth(0));
        Script.same(1, script.machine().depthInMemory(0));
        script.complete("c", 1).expect("output 1", "invoke c#1 2");
        script.complete("c", 2).expect("output 2", "load r3");
        script.loaded(3).expect("delete r3", "invoke c#1 3");
        script.complete("c", 3)
                .loaded(4)
                .expect("output 3", "load r4", "delete r4", "invoke c#1 4");
    }

    private static void m81() {
        Script script = spilling(512).expect("store 2 from 512 bytes");
        script.kept().expect("invoke t#1 3");
        Script.same(1, script.machine().depthInMemory(0));
        script.complete("t", 3).expect("store 3"); // no room: whatever its size
    }

    private static void m82() {
        Script script = spilling(0).complete("t", 3);
        script.expect("invoke t#1 3", "store 3").storeFailed("disk full");
        script.expect(
                "interrupt c, run failed",
                "failed: spill failed, disk full",
                "ended: spill failed, disk full");
    }

    private static void m83() {
        Script script = spilling(0).complete("t", 3).stored("r3", 10);
        script.complete("c", 1).complete("c", 2);
        script.expect(
                "invoke t#1 3",
                "store 3",
                "invoke t#1 4",
                "output 1",
                "invoke c#1 2",
                "output 2",
                "load r3");
        script.loadFailed("checksum");
        script.expect(
                "delete r3",
                "interrupt t, run failed",
                "failed: spill failed, checksum",
                "ended: spill failed, checksum");
    }

    private static void m84() {
        Script script = spilling(0).complete("t", 3).stored("r3", 10);
        script.expect("invoke t#1 3", "store 3", "invoke t#1 4").cancel("down");
        script.expect(
                "interrupt t, run cancelled",
                "interrupt c, run cancelled",
                "delete r3",
                "ended: cancelled, down");
    }

    private static void m85() {
        Script script = spilling(0).complete("t", 3).cancel("down");
        script.expect(
                "invoke t#1 3", "store 3", "interrupt c, run cancelled", "ended: cancelled, down");
        script.stored("r3", 10).answered(Offer.LATE).expect();
    }
}
