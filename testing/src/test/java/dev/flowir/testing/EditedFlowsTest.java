package dev.flowir.testing;

import static dev.flowir.ir.NodeOption.idempotent;
import static dev.flowir.ir.NodeOption.retry;
import static dev.flowir.ir.NodeOption.since;
import static dev.flowir.ir.NodeOption.timeout;
import static dev.flowir.testing.Outside.step;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.durable.RunView;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Port;
import dev.flowir.ir.Waits;
import dev.flowir.ir.diff.Edit;
import dev.flowir.ir.diff.FlowDiff;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the comparison of two versions promises is what happens: for every kind of edit, and from
 * every place where a run can be stopped.
 */
class EditedFlowsTest {

    /** An edit of {@link #OLD}, and whether runs in flight are said to go on with it. */
    record Edited(String what, Flow<Integer, ?> next, boolean goesOn) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Node<Integer, Integer> pure(String name) {
        return Node.pure(name, Integer.class, Integer.class, n -> n + 1);
    }

    private static Node<Integer, Integer> nap() {
        return Waits.sleep("nap", Integer.class, ofDays(1));
    }

    private static Node<Integer, Integer> ask() {
        return Waits.signal("ask", Integer.class, Integer.class, "answer", ofDays(9));
    }

    private static Node<Integer, Integer> second() {
        return step("second").with(retry(2, ofHours(1)));
    }

    @SafeVarargs
    private static Flow<Integer, Integer> line(String version, Node<Integer, Integer>... nodes) {
        return named("order", version, nodes);
    }

    @SafeVarargs
    private static Flow<Integer, Integer> named(
            String name, String version, Node<Integer, Integer>... nodes) {
        return Flow.define(
                name,
                version,
                Integer.class,
                (g, in) -> {
                    Port<Integer> at = in;
                    for (Node<Integer, Integer> node : nodes) {
                        at = g.then(at, node);
                    }
                    return at;
                });
    }

    private static final Flow<Integer, Integer> OLD =
            line("1.0.0", step("first"), pure("plus"), nap(), second(), ask(), step("last"));

    private static Flow<Integer, Integer> branching() {
        return Flow.define(
                "order",
                "2.0.0",
                Integer.class,
                (g, in) -> {
                    Port<Integer> plus = g.then(g.then(in, step("first")), pure("plus"));
                    Port<Integer> slept = g.then(plus, nap());
                    Port<Integer> way =
                            g.when(
                                    slept,
                                    n -> n > 0,
                                    second(),
                                    step("other"),
                                    "met",
                                    Integer.class);
                    return g.then(g.then(way, ask()), step("last"));
                });
    }

    private static Flow<Integer, Integer> edgeAdded() {
        return Flow.define(
                "order",
                "2.0.0",
                Integer.class,
                (g, in) -> {
                    Port<Integer> plus = g.then(g.then(in, step("first")), pure("plus"));
                    Port<Integer> asked = g.then(g.then(g.then(plus, nap()), second()), ask());
                    return g.then(g.merge("both", Integer.class, asked, plus), step("last"));
                });
    }

    private static Flow<Integer, Long> anotherType() {
        Node<Integer, Long> last =
                Node.effect(
                        "last",
                        Integer.class,
                        Long.class,
                        Outside.TOKEN,
                        (outside, n, context) -> (long) outside.call(context, n));
        return Flow.define(
                "order",
                "2.0.0",
                Integer.class,
                (g, in) -> {
                    Port<Integer> plus = g.then(g.then(in, step("first")), pure("plus"));
                    return g.then(g.then(g.then(g.then(plus, nap()), second()), ask()), last);
                });
    }

    static Stream<Edited> edits() {
        Node<Integer, Integer> first = step("first");
        Node<Integer, Integer> plus = pure("plus");
        Node<Integer, Integer> last = step("last");
        Node<Integer, Integer> audit = step("audit");
        return Stream.of(
                new Edited(
                        "other code under the same version",
                        line(
                                "1.0.0",
                                first,
                                Node.pure("plus", Integer.class, Integer.class, n -> 1 + n),
                                nap(),
                                second(),
                                ask(),
                                last),
                        true),
                new Edited(
                        "a marked step",
                        line(
                                "2.0.0",
                                first,
                                plus,
                                audit.with(since("2.0.0"), retry(1, ofSeconds(1))),
                                nap(),
                                second(),
                                ask(),
                                last),
                        true),
                new Edited(
                        "marked steps of two versions, the last of them the output",
                        line(
                                "3.0.0",
                                pure("before").with(since("2.0.0")),
                                first,
                                plus,
                                nap(),
                                second(),
                                ask(),
                                last,
                                audit.with(since("3.0.0"))),
                        true),
                new Edited(
                        "a marked wait",
                        line(
                                "2.0.0",
                                first,
                                plus,
                                nap(),
                                Waits.sleep("rest", Integer.class, ofDays(2)).with(since("2.0.0")),
                                second(),
                                ask(),
                                last),
                        true),
                new Edited(
                        "a step added",
                        line("2.0.0", first, plus, nap(), second(), ask(), audit, last),
                        false),
                new Edited("a step removed", line("2.0.0", first, plus, nap(), ask(), last), false),
                new Edited(
                        "a step renamed",
                        line("2.0.0", first, plus, nap(), second(), ask(), step("final")),
                        false),
                new Edited("another type", anotherType(), false),
                new Edited(
                        "a computation that became a step",
                        line("2.0.0", first, step("plus"), nap(), second(), ask(), last),
                        false),
                new Edited(
                        "other retries",
                        line(
                                "2.0.0",
                                first,
                                plus,
                                nap(),
                                step("second").with(retry(5, ofHours(1))),
                                ask(),
                                last),
                        false),
                new Edited(
                        "a time limit",
                        line(
                                "2.0.0",
                                first,
                                plus,
                                nap(),
                                second(),
                                ask(),
                                last.with(timeout(ofSeconds(9)))),
                        false),
                new Edited(
                        "another key",
                        line(
                                "2.0.0",
                                first,
                                plus,
                                nap(),
                                second().with(idempotent("{run}", ofDays(1))),
                                ask(),
                                last),
                        false),
                new Edited("an edge", edgeAdded(), false),
                new Edited("a branch", branching(), false),
                new Edited(
                        "waits in another order",
                        line("2.0.0", first, plus, ask(), second(), nap(), last),
                        false),
                new Edited(
                        "only the version",
                        line("2.0.0", first, plus, nap(), second(), ask(), last),
                        false),
                new Edited(
                        "the version not raised",
                        line("1.0.0", first, plus, nap(), second(), ask(), last, audit),
                        false),
                new Edited(
                        "the version back",
                        line("0.9.0", first, plus, nap(), second(), ask(), last),
                        false),
                new Edited(
                        "another name",
                        named("orders", "1.0.0", first, plus, nap(), second(), ask(), last),
                        false));
    }

    @Test
    void theTableHoldsBothVerdicts() {
        assertTrue(edits().anyMatch(Edited::goesOn));
        assertFalse(edits().allMatch(Edited::goesOn));
    }

    /** Where the run of the old version is stopped. */
    private enum Place {
        IN_THE_FIRST_STEP,
        ASLEEP,
        IN_THE_SECOND_STEP,
        BETWEEN_TWO_TRIES,
        WAITING_FOR_A_SIGNAL
    }

    @ParameterizedTest
    @MethodSource("edits")
    void whatIsSaidOfAnEditIsWhatHappens(Edited edit) {
        List<Edit> told = FlowDiff.of(OLD, edit.next());
        assertEquals(edit.goesOn(), FlowDiff.isCompatible(told), told::toString);
        for (Place place : Place.values()) {
            happens(edit, place);
        }
    }

    private static void happens(Edited edit, Place place) {
        Outside outside = new Outside();
        try (DurableBench bench = new DurableBench(OLD)) {
            bench.capabilities(store -> Capabilities.of(outside));
            stopAt(place, bench, outside, edit.next());
            List<String> before = new ArrayList<>(outside.calls());
            bench.kill();
            bench.deploying(edit.next());
            String refusal = finish(bench);
            if (!edit.goesOn()) {
                assertTrue(refusal.contains("[DUR103]"), place + ": " + view(bench));
                assertEquals(before, outside.calls(), "a run that cannot go on does nothing");
                bench.kill();
                bench.deploying(edit.next(), OLD);
                if (place == Place.WAITING_FOR_A_SIGNAL) {
                    assertEquals(RunState.WAITING, view(bench).state(), "only the sender is told");
                } else {
                    assertEquals(RunState.PARKED, view(bench).state(), place::toString);
                    bench.runtime().resume("run");
                }
                finish(bench);
            }
            RunView over = view(bench);
            assertEquals(RunState.COMPLETED, over.state(), place + ": " + over);
            assertEquals("5", over.output().orElseThrow());
            assertEquals("1.0.0", over.version());
            assertEquals(1, outside.keys("second").size(), "one key, however often it is tried");
            assertEquals(0, outside.keys("audit").size(), "what came later is passed over");
        }
    }

    private static void stopAt(Place place, DurableBench bench, Outside outside, Flow<?, ?> next) {
        Runnable replaced =
                () -> {
                    bench.kill();
                    bench.deploying(next);
                };
        if (place == Place.BETWEEN_TWO_TRIES) {
            outside.failing("second", 1);
        }
        if (place == Place.IN_THE_FIRST_STEP) {
            outside.onCall("first#1", replaced);
        }
        if (place == Place.IN_THE_SECOND_STEP) {
            outside.onCall("second#1", replaced);
        }
        bench.runtime().start(OLD, "run", 1);
        bench.settle();
        if (place.compareTo(Place.ASLEEP) > 0) {
            bench.advance(ofDays(1));
        }
    }

    private static RunView view(DurableBench bench) {
        return bench.runtime().find("run").orElseThrow();
    }

    /** Brings the run as far as it goes; why it went no further, if so. */
    private static String finish(DurableBench bench) {
        bench.runtime();
        bench.advance(ofDays(3));
        try {
            if (view(bench).state() != RunState.PARKED) {
                bench.runtime().signal("run", "answer", 5);
            }
        } catch (JournalException refused) {
            assertEquals(JournalFault.NOT_LOADED, refused.fault());
            return String.valueOf(refused.getMessage());
        }
        bench.advance(ofDays(3));
        return view(bench).reason().orElse("");
    }

    @Test
    void wf42_oldRunsFinishAsTheyBeganAndNewOnesTakeTheMarkedStep() {
        Flow<Integer, Integer> next =
                line(
                        "2.0.0",
                        step("first"),
                        pure("plus"),
                        nap(),
                        step("audit").with(since("2.0.0")),
                        second(),
                        ask(),
                        step("last"));
        Outside outside = new Outside();
        try (DurableBench bench = new DurableBench(OLD)) {
            bench.capabilities(store -> Capabilities.of(outside));
            bench.runtime().start(OLD, "run", 1);
            bench.settle();
            bench.kill();
            bench.deploying(next);
            bench.runtime().start(next, "new", 1);
            finish(bench);
            bench.runtime().signal("new", "answer", 6);
            bench.settle();
            assertEquals(RunState.COMPLETED, view(bench).state());
            assertEquals("1.0.0", view(bench).version());
            assertEquals("2.0.0", bench.runtime().find("new").orElseThrow().version());
            assertEquals(1, outside.calls().stream().filter("audit#1"::equals).count());
            assertEquals(2, outside.calls().stream().filter("last#1"::equals).count());
        }
    }
}
