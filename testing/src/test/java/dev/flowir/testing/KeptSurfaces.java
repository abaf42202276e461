package dev.flowir.testing;

import static dev.flowir.ir.NodeOption.retry;
import static dev.flowir.ir.NodeOption.since;
import static dev.flowir.ir.NodeOption.timeout;
import static dev.flowir.testing.Outside.step;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;

import dev.flowir.ir.Backoff;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.NonRetryableException;
import dev.flowir.ir.Port;
import dev.flowir.ir.Waits;
import dev.flowir.kernel.Invocation;
import dev.flowir.kernel.cap.Capabilities;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One run for each thing that durable flows can do, to be kept as a history of a release. A flow in
 * here is never changed, since its kept histories must replay; what is new gets a surface of its
 * own.
 */
final class KeptSurfaces {

    static final String RUN = "run";

    /** Runs a flow that is loaded as far as its history is to be kept. */
    interface Script {
        void run(DurableBench bench, Outside outside);
    }

    /**
     * A surface.
     *
     * @param name name of its file
     * @param flow what is run and replayed
     * @param kept id of the run whose history is kept
     * @param script what happens
     */
    record Surface(String name, Flow<Integer, ?> flow, String kept, Script script) {

        /** Runs it today and gives its history. */
        String record() {
            Outside outside = new Outside();
            try (DurableBench bench = new DurableBench(flow)) {
                bench.capabilities(store -> Capabilities.of(outside));
                script.run(bench, outside);
                return bench.runtime().export(kept);
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private enum Decision {
        YES,
        NO
    }

    /** What a choice is made over. */
    public sealed interface Size permits Small, Large {}

    /** One of two. */
    public record Small(int n) implements Size {}

    /** The other. */
    public record Large(int n) implements Size {}

    private final List<Surface> all = new ArrayList<>();

    private KeptSurfaces() {}

    static List<Surface> all() {
        KeptSurfaces surfaces = new KeptSurfaces();
        surfaces.steps();
        surfaces.waits();
        surfaces.graphs();
        surfaces.steering();
        surfaces.others();
        surfaces.all.addAll(KeptControls.all());
        return List.copyOf(surfaces.all);
    }

    private void keep(String name, Flow<Integer, ?> flow, Script then) {
        keep(
                name,
                flow,
                RUN,
                (bench, outside) -> {
                    start(bench, flow);
                    then.run(bench, outside);
                });
    }

    private void keep(String name, Flow<Integer, ?> flow, String kept, Script script) {
        all.add(new Surface(name, flow, kept, script));
    }

    private static void start(DurableBench bench, Flow<Integer, ?> flow) {
        bench.runtime().start(flow, RUN, 1);
        bench.settle();
    }

    @SafeVarargs
    private static Flow<Integer, Integer> line(
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

    private static Node<Integer, Integer> nap() {
        return Waits.sleep("nap", Integer.class, ofDays(1));
    }

    private void steps() {
        keep("steps", line("steps", "1.0.0", step("one"), step("two")), (bench, outside) -> {});
        Flow<Integer, Integer> retried =
                line(
                        "retries",
                        "1.0.0",
                        step("flaky")
                                .with(retry(4, Backoff.exponential(ofSeconds(10)).withJitter(20))));
        keep(
                "retries",
                retried,
                RUN,
                (bench, outside) -> {
                    outside.failing("flaky", 3);
                    start(bench, retried);
                    bench.advance(ofDays(1));
                });
        Flow<Integer, Integer> spent =
                line("exhausted", "1.0.0", step("broken").with(retry(2, ofSeconds(1))));
        keep(
                "exhausted",
                spent,
                RUN,
                (bench, outside) -> {
                    outside.failing("broken", 9);
                    start(bench, spent);
                    bench.advance(ofDays(1));
                });
        Flow<Integer, Integer> fatal =
                line("fatal", "1.0.0", step("refused").with(retry(5, ofSeconds(1))));
        keep(
                "fatal",
                fatal,
                RUN,
                (bench, outside) -> {
                    outside.throwing("refused", new NonRetryableException("never"));
                    start(bench, fatal);
                });
        Flow<Integer, Integer> lost =
                line("lost", "1.0.0", step("killed").with(timeout(ofHours(1))));
        keep(
                "lost",
                lost,
                RUN,
                (bench, outside) -> {
                    outside.onCall("killed#1", bench::kill);
                    start(bench, lost);
                    bench.settle();
                });
        keep(
                "computed",
                line("computed", "1.0.0", plus(), step("one"), plus().named("again")),
                (bench, outside) -> {});
        Flow<Integer, Integer> saga =
                line(
                        "saga",
                        "1.0.0",
                        step("reserve")
                                .undoneBy(
                                        "release",
                                        Outside.TOKEN,
                                        (outside, done, context) -> outside.undo(context, "")),
                        step("charge"));
        keep(
                "compensation",
                saga,
                RUN,
                (bench, outside) -> {
                    outside.failing("charge", 1);
                    outside.failing("release", 1);
                    start(bench, saga);
                    bench.advance(ofDays(1));
                });
        keep(
                "ended-and-undone",
                line(
                        "saga-ended",
                        "1.0.0",
                        step("reserve")
                                .undoneBy(
                                        "release",
                                        Outside.TOKEN,
                                        (outside, done, context) -> outside.undo(context, "")),
                        nap()),
                (bench, outside) -> {
                    bench.runtime().terminateAndUndo(RUN, "not wanted any more");
                    bench.settle();
                });
    }

    private static Node<Integer, Integer> plus() {
        return Node.pure("plus", Integer.class, Integer.class, n -> n + 1);
    }

    private void waits() {
        keep(
                "sleep",
                line("sleep", "1.0.0", nap(), step("after")),
                (bench, outside) -> bench.advance(ofDays(2)));
        keep(
                "sleep-until",
                line(
                        "sleep-until",
                        "1.0.0",
                        Waits.sleepUntil(
                                "until",
                                Integer.class,
                                n -> Instant.parse("2026-02-01T00:00:00Z").toEpochMilli())),
                (bench, outside) -> bench.advance(ofDays(40)));
        Node<Integer, Integer> ask =
                Waits.signal("ask", Integer.class, Integer.class, "answer", ofDays(9));
        keep(
                "event",
                line("event", "1.0.0", ask, step("after")),
                (bench, outside) -> {
                    bench.runtime().signal(RUN, "answer", 5);
                    bench.settle();
                });
        keep(
                "event-in-advance",
                line("event-in-advance", "1.0.0", nap(), ask),
                (bench, outside) -> {
                    bench.runtime().signal(RUN, "answer", 5);
                    bench.runtime().signal(RUN, "answer", 6);
                    bench.advance(ofDays(2));
                });
        keep(
                "event-with-key",
                line(
                        "event-with-key",
                        "1.0.0",
                        Waits.signal(
                                "ask",
                                Integer.class,
                                Integer.class,
                                "answer",
                                n -> "no-" + n,
                                ofDays(9))),
                (bench, outside) -> {
                    bench.runtime().signal(RUN, "answer", "no-1", 5);
                    bench.settle();
                });
        keep(
                "event-too-late",
                line("event-too-late", "1.0.0", ask),
                (bench, outside) -> bench.advance(ofDays(10)));
        Flow<Integer, Decision> approval =
                Flow.define(
                        "approval",
                        "1.0.0",
                        Integer.class,
                        (g, in) ->
                                g.then(
                                        in,
                                        Waits.approval(
                                                "clerk",
                                                Integer.class,
                                                Decision.class,
                                                ofDays(1),
                                                Decision.NO)));
        keep(
                "approval",
                approval,
                (bench, outside) -> {
                    bench.runtime().answer(RUN, "clerk", Decision.YES, "ann");
                    bench.settle();
                });
        keep("approval-expired", approval, (bench, outside) -> bench.advance(ofDays(2)));
    }

    private void graphs() {
        Node<Integer, List<Integer>> split =
                Node.split("split", Integer.class, Integer.class, n -> List.of(n, n + 1, n + 2));
        keep(
                "each",
                Flow.define(
                        "each",
                        "1.0.0",
                        Integer.class,
                        (g, in) -> g.each(g.then(in, split), 2, step("item"))),
                (bench, outside) -> {});
        keep(
                "join",
                Flow.define(
                        "join",
                        "1.0.0",
                        Integer.class,
                        (g, in) ->
                                g.join(
                                        "sum",
                                        g.then(in, step("left")),
                                        g.then(in, step("right")),
                                        Integer.class,
                                        Integer::sum)),
                (bench, outside) -> {});
        keep(
                "when",
                Flow.define(
                        "when",
                        "1.0.0",
                        Integer.class,
                        (g, in) ->
                                g.when(
                                        in,
                                        n -> n > 0,
                                        step("positive"),
                                        step("negative"),
                                        "met",
                                        Integer.class)),
                (bench, outside) -> {});
        Node<Integer, Size> sized =
                Node.pure(
                        "size",
                        Integer.class,
                        Size.class,
                        n -> n > 9 ? new Large(n) : new Small(n));
        keep(
                "choose",
                Flow.define(
                        "choose",
                        "1.0.0",
                        Integer.class,
                        (g, in) ->
                                g.choose(g.then(in, sized), Size.class, Integer.class)
                                        .on(Small.class, sizedStep("small"))
                                        .on(Large.class, sizedStep("large"))
                                        .merge("done")),
                (bench, outside) -> {});
    }

    private static Node<Size, Integer> sizedStep(String name) {
        return Node.effect(
                name,
                Size.class,
                Integer.class,
                Outside.TOKEN,
                (outside, size, context) -> outside.call(context, 1));
    }

    private void steering() {
        Flow<Integer, Integer> paused = line("pause", "1.0.0", nap(), step("after"));
        keep(
                "pause",
                paused,
                (bench, outside) -> {
                    bench.runtime().pause(RUN);
                    bench.advance(ofDays(5));
                    bench.runtime().resume(RUN);
                    bench.advance(ofDays(2));
                });
        keep(
                "terminate",
                paused,
                (bench, outside) -> {
                    bench.runtime().terminate(RUN, "not wanted any more");
                    bench.settle();
                });
        Flow<Integer, Integer> two = line("two", "1.0.0", step("one"), step("two"), nap());
        keep(
                "restart",
                two,
                (bench, outside) -> {
                    bench.runtime().restart(RUN);
                    bench.settle();
                });
        keep(
                "restart-from",
                two,
                (bench, outside) -> {
                    bench.runtime().restartFrom(RUN, "two");
                    bench.settle();
                });
        keep(
                "fork",
                two,
                "copy",
                (bench, outside) -> {
                    start(bench, two);
                    bench.runtime().fork(RUN, "two", "copy");
                    bench.settle();
                });
        keep(
                "deadline",
                two,
                RUN,
                (bench, outside) -> {
                    bench.runtime().start(two, RUN, Invocation.of(1).within(ofHours(1)));
                    bench.advance(ofDays(2));
                });
    }

    private void others() {
        Flow<Integer, Integer> child = line("child", "1.0.0", step("pack"), nap());
        Flow<Integer, Integer> parent =
                line("parent", "1.0.0", step("pay"), Waits.flow("ship", child), step("mail"));
        keep("sub-flow", parent, (bench, outside) -> bench.advance(ofDays(2)));
        Flow<Integer, Integer> later =
                line(
                        "marker",
                        "2.0.0",
                        step("one"),
                        step("audit").with(since("2.0.0")),
                        nap(),
                        step("two"));
        keep(
                "marker",
                later,
                RUN,
                (bench, outside) -> {
                    Flow<Integer, Integer> earlier = later.asOf("1.0.0").orElseThrow();
                    bench.deploying(earlier);
                    start(bench, earlier);
                    bench.kill();
                    bench.deploying(later);
                    bench.advance(ofDays(2));
                });
    }
}
