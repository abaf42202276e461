package dev.flowir.kernel.machine.conformance;

import dev.flowir.kernel.machine.MachineSettings;
import dev.flowir.kernel.machine.Offer;
import dev.flowir.kernel.machine.TimerKind;
import java.util.List;

/** Streams. */
final class StreamCases {

    private StreamCases() {}

    private static Drawing streaming() {
        return Drawing.of("t", "c").edge("t", "c").streams("c");
    }

    static void addTo(List<ConformanceCase> all) {
        all.add(new ConformanceCase("M70", "items come as they are asked for", StreamCases::m70));
        all.add(new ConformanceCase("M71", "no item without demand", StreamCases::m71));
        all.add(new ConformanceCase("M72", "only the capture may stream", StreamCases::m72));
        all.add(new ConformanceCase("M73", "an error breaks the stream", StreamCases::m73));
        all.add(new ConformanceCase("M74", "leaving cancels the body", StreamCases::m74));
        all.add(new ConformanceCase("M75", "the deadline covers the stream", StreamCases::m75));
        all.add(new ConformanceCase("M76", "a failure beside breaks the stream", StreamCases::m76));
        all.add(new ConformanceCase("M77", "an instance streams per input", StreamCases::m77));
    }

    private static Script opened() {
        return Script.once(streaming().plan("t", "c"))
                .input("x")
                .complete("t", "y")
                .open("c")
                .expect("invoke t#1 x", "invoke c#1 y", "stream");
    }

    private static void m70() {
        opened().demand("c", 2)
                .item("c", 1)
                .item("c", 2)
                .expect("grant 2", "item 1", "item 2")
                .endStream("c")
                .expect("stream over: finished", "ended: finished");
    }

    private static void m71() {
        opened().item("c", 1)
                .answered(Offer.FULL)
                .expect()
                .demand("c", 1)
                .item("c", 1)
                .answered(Offer.ACCEPTED)
                .expect("grant 1", "item 1");
    }

    private static void m72() {
        String failure = "m failed after 1, only the flow's output may stream, and that is 'c'";
        Script.once(Drawing.of("m", "c").edge("m", "c").streams("m").plan("m", "c"))
                .input("x")
                .open("m")
                .answered(Offer.LATE)
                .expect("invoke m#1 x", "failed: " + failure, "ended: " + failure);
    }

    private static void m73() {
        opened().demand("c", 2)
                .item("c", 1)
                .fail("c", "boom")
                .expect(
                        "grant 2",
                        "item 1",
                        "stream over: c failed after 1, boom",
                        "ended: c failed after 1, boom");
    }

    private static void m74() {
        opened().cancel("left")
                .expect(
                        "interrupt c, run cancelled",
                        "stream over: cancelled, left",
                        "ended: cancelled, left");
    }

    private static void m75() {
        Script.of(streaming(), MachineSettings.forOnce().within(50_000_000))
                .input("x")
                .complete("t", "y")
                .open("c")
                .expect("invoke t#1 x", "arm DEADLINE in 50 ms", "invoke c#1 y", "stream")
                .fire(TimerKind.DEADLINE)
                .expect(
                        "interrupt c, deadline exceeded",
                        "stream over: deadline of 50 ms",
                        "ended: deadline of 50 ms");
    }

    private static void m76() {
        Script.once(
                        Drawing.of("t", "c", "side")
                                .edge("t", "c")
                                .edge("t", "side")
                                .streams("c")
                                .plan("t", "c"))
                .input("x")
                .complete("t", "y")
                .open("c")
                .fail("side", "boom")
                .expect(
                        "invoke t#1 x",
                        "invoke c#1 y",
                        "invoke side#1 y",
                        "stream",
                        "interrupt c, run failed",
                        "stream over: side failed after 1, boom",
                        "ended: side failed after 1, boom");
    }

    private static void m77() {
        Script.many(streaming().plan("t", "c"), 8)
                .input(1)
                .input(2)
                .complete("t", 1)
                .complete("t", 2)
                .open("c")
                .endStream("c")
                .expect(
                        "invoke t#1 1",
                        "invoke c#1 1",
                        "invoke t#1 2",
                        "stream",
                        "stream over: finished",
                        "invoke c#1 2");
    }
}
