package dev.flowir.kernel.machine.conformance;

import dev.flowir.kernel.machine.Command;
import dev.flowir.kernel.machine.Event;
import dev.flowir.kernel.machine.Machine;
import dev.flowir.kernel.machine.MachineSettings;
import dev.flowir.kernel.machine.Offer;
import dev.flowir.kernel.machine.TimerKind;
import java.util.ArrayList;
import java.util.List;

/** Inputs, outputs, ends. */
final class LifeCases {

    private LifeCases() {}

    private static final long MILLI = 1_000_000;

    private static Drawing chain() {
        return Drawing.of("t", "c").edge("t", "c");
    }

    static void addTo(List<ConformanceCase> all) {
        all.add(new ConformanceCase("M01", "an input is worked on node by node", LifeCases::m01));
        all.add(new ConformanceCase("M02", "a run of one input takes one", LifeCases::m02));
        all.add(new ConformanceCase("M03", "permits are the capture capacity", LifeCases::m03));
        all.add(new ConformanceCase("M04", "a permit waits for the whole input", LifeCases::m04));
        all.add(new ConformanceCase("M05", "closing finishes what was begun", LifeCases::m05));
        all.add(new ConformanceCase("M06", "cancelling ends at once", LifeCases::m06));
        all.add(new ConformanceCase("M07", "the deadline ends the run", LifeCases::m07));
        all.add(new ConformanceCase("M08", "a deadline of zero runs nothing", LifeCases::m08));
        all.add(new ConformanceCase("M09", "the deadline is disarmed at the end", LifeCases::m09));
        all.add(new ConformanceCase("M10", "a full capture holds up its node", LifeCases::m10));
        all.add(
                new ConformanceCase(
                        "M11", "a full capture never holds up the end", LifeCases::m11));
        all.add(new ConformanceCase("M12", "the trigger's queue holds eight", LifeCases::m12));
        all.add(new ConformanceCase("M13", "draining keeps order and limit", LifeCases::m13));
        all.add(new ConformanceCase("M14", "the same events, the same commands", LifeCases::m14));
        all.add(new ConformanceCase("M15", "no path to the capture runs nothing", LifeCases::m15));
        all.add(
                new ConformanceCase(
                        "M16", "further outputs of one input end here", LifeCases::m16));
    }

    private static void m01() {
        Script.once(chain().plan("t", "c"))
                .input("x")
                .expect("invoke t#1 x")
                .complete("t", "y")
                .expect("invoke c#1 y")
                .complete("c", "z")
                .expect("output z", "ended: finished");
    }

    private static void m02() {
        Script.once(chain().plan("t", "c"))
                .input("x")
                .input("again")
                .answered(Offer.CLOSED)
                .expect("invoke t#1 x");
    }

    private static void m03() {
        Script script = Script.many(Drawing.of("t").plan("t", "t"), 2);
        script.input(1).answered(Offer.ACCEPTED).input(2).answered(Offer.ACCEPTED);
        Script.same(0, script.machine().permits());
        script.input(3).answered(Offer.FULL).expect("invoke t#1 1");
        script.complete("t", "a").expect("output a", "invoke t#1 2");
        script.input(3).answered(Offer.FULL); // an output that waits keeps its permit
        script.take().answered(Offer.ACCEPTED).input(3).answered(Offer.ACCEPTED);
        script.take().answered(Offer.CLOSED);
    }

    private static void m04() {
        Script script =
                Script.many(
                        Drawing.of("t", "c", "side")
                                .edge("t", "c")
                                .edge("t", "side")
                                .plan("t", "c"),
                        1);
        script.input(1).complete("t", 1).complete("c", 1).take();
        script.input(2).answered(Offer.FULL).complete("side", 1);
        script.input(2).answered(Offer.ACCEPTED);
    }

    private static void m05() {
        Script.many(chain().plan("t", "c"), 4)
                .input(1)
                .close()
                .input(2)
                .answered(Offer.CLOSED)
                .complete("t", 1)
                .complete("c", 1)
                .expect("invoke t#1 1", "invoke c#1 1", "output 1")
                .take()
                .expect("ended: finished")
                .close()
                .answered(Offer.CLOSED);
    }

    private static void m06() {
        Script script = Script.once(chain().plan("t", "c"));
        script.input("x").expect("invoke t#1 x");
        script.cancel("enough");
        script.expect(
                "interrupt t, run cancelled",
                "failed: cancelled, enough",
                "ended: cancelled, enough");
        script.completeLate("t", "y").answered(Offer.LATE).expect();
        Script.same(1L, script.machine().lateResults());
        script.cancel("again").answered(Offer.CLOSED).expect();
    }

    private static void m07() {
        Script.of(chain(), MachineSettings.forOnce().within(50 * MILLI))
                .input("x")
                .expect("invoke t#1 x", "arm DEADLINE in 50 ms")
                .fire(TimerKind.DEADLINE)
                .expect(
                        "interrupt t, deadline exceeded",
                        "failed: deadline of 50 ms",
                        "ended: deadline of 50 ms");
    }

    private static void m08() {
        Script.of(chain(), MachineSettings.forOnce().within(0))
                .input("x")
                .expect("failed: deadline of 0 ms", "ended: deadline of 0 ms");
    }

    private static void m09() {
        Script.of(chain(), MachineSettings.forOnce().within(50 * MILLI))
                .input("x")
                .complete("t", "y")
                .complete("c", "z")
                .expect(
                        "invoke t#1 x",
                        "arm DEADLINE in 50 ms",
                        "invoke c#1 y",
                        "output z",
                        "disarm DEADLINE",
                        "ended: finished");
    }

    private static void m10() {
        Script script =
                Script.many(Drawing.of("t", "c").edge("t", "c").edge("t", "c").plan("t", "c"), 1);
        script.input(1).complete("t", 1).complete("c", "a");
        script.expect("invoke t#1 1", "invoke c#1 1", "output a", "invoke c#1 1");
        script.complete("c", "b").expect();
        script.take().expect("output b");
        script.take().input(2).answered(Offer.ACCEPTED);
    }

    private static void m11() {
        Script script =
                Script.many(Drawing.of("t", "c").edge("t", "c").edge("t", "c").plan("t", "c"), 1);
        script.input(1).complete("t", 1).complete("c", "a").complete("c", "b");
        script.expect("invoke t#1 1", "invoke c#1 1", "output a", "invoke c#1 1");
        script.cancel("down").expect("ended: cancelled, down");
    }

    private static void m12() {
        Script script = Script.many(Drawing.of("t").plan("t", "t"), 100);
        for (int i = 0; i < 1 + MachineSettings.ROOT_CAPACITY; i++) {
            script.input(i).answered(Offer.ACCEPTED);
        }
        script.input("more").answered(Offer.FULL);
        script.complete("t", 0).input("more").answered(Offer.ACCEPTED);
    }

    private static void m13() {
        Machine machine = new Machine(chain().plan("t", "c"), MachineSettings.forOnce());
        machine.offer(new Event.InputSent(1, "x"));
        machine.offer(new Event.Cancel(2, "enough"));
        List<Command> drained = new ArrayList<>();
        int count = machine.drain(Command.recorder(drained::add), 1);
        Script.same(1, count);
        Script.same(true, drained.get(0) instanceof Command.Invoke);
        count = machine.drain(Command.recorder(drained::add), 100);
        Script.same(3, count);
        Script.same(true, drained.get(3) instanceof Command.Ended);
        Script.same(false, machine.hasCommands());
    }

    private static void m14() {
        List<List<Long>> items = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            Script script = Script.many(chain().plan("t", "c"), 3);
            script.input(1).input(2).complete("t", 1).complete("t", 2).complete("c", 1);
            script.expect(
                    "invoke t#1 1", "invoke c#1 1", "invoke t#1 2", "output 1", "invoke c#1 2");
            items.add(script.items());
        }
        Script.same(items.get(0), items.get(1));
    }

    private static void m15() {
        Script.once(Drawing.of("t", "a", "c").edge("t", "a").plan("t", "c"))
                .input("x")
                .expect(
                        "failed: missing, no path leads from 't' to 'c'",
                        "ended: missing, no path leads from 't' to 'c'");
    }

    private static void m16() {
        Script.once(Drawing.of("t", "c").edge("t", "c").edge("t", "c").plan("t", "c"))
                .input("x")
                .complete("t", "y")
                .complete("c", "first")
                .complete("c", "second")
                .expect(
                        "invoke t#1 x",
                        "invoke c#1 y",
                        "output first",
                        "invoke c#1 y",
                        "ended: finished");
    }
}
