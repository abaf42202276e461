package dev.flowir.testing;

import static dev.flowir.ir.NodeOption.retry;
import static dev.flowir.ir.NodeOption.timeout;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.durable.DurableLimits;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Waits;
import dev.flowir.kernel.Invocation;
import dev.flowir.kernel.RunInfo;
import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.Capabilities;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What listeners hear of durable runs: as of others, each thing once, and nothing of a replay. */
class DurableListenerTest {

    private static final Node<Integer, Integer> PLUS =
            Node.pure("plus", Integer.class, Integer.class, n -> n + 1);

    private static Node<Integer, Integer> step(String name) {
        return Node.effect(
                name,
                Integer.class,
                Integer.class,
                Outside.TOKEN,
                (outside, n, context) -> outside.call(context, n));
    }

    private static final Flow<Integer, Integer> CHAIN =
            Flow.define(
                    "chain",
                    "1.0.0",
                    Integer.class,
                    (g, in) -> {
                        var a = g.then(g.then(in, PLUS), step("a").with(retry(2, Duration.ZERO)));
                        return g.then(a, step("b"));
                    });

    private static final Flow<Integer, Integer> NAP =
            Flow.define(
                    "nap",
                    "1.0.0",
                    Integer.class,
                    (g, in) ->
                            g.then(
                                    g.then(
                                            g.then(g.then(in, PLUS), step("a")),
                                            Waits.sleep("nap", Integer.class, Duration.ofDays(1))),
                                    step("b")));

    private final Outside outside = new Outside();
    private final RecordingListener listener = new RecordingListener();

    @RegisterExtension
    final DurableBench bench =
            new DurableBench(CHAIN, NAP)
                    .capabilities(store -> Capabilities.of(outside))
                    .listener(listener);

    @Test
    void aRunIsToldAsTheDirectDriverTellsIt() {
        RecordingListener direct = new RecordingListener();
        outside.failing("a", 1);
        try (Runtime runtime =
                Runtime.builder().capabilities(Capabilities.of(outside)).listener(direct).build()) {
            runtime.run(CHAIN, Invocation.of(1).label(RunInfo.RUN_ID, "one")).orThrow();
        }
        outside.failing("a", 1);
        bench.result(bench.runtime().start(CHAIN, "one", 1));
        assertEquals(direct.heard(), listener.heard());
        assertEquals(
                List.of(
                        "started one",
                        "plus#1 started",
                        "plus#1 COMPLETED",
                        "a#1 started",
                        "a#1 FAILED",
                        "a#1 is repeated after not now",
                        "a#2 started",
                        "a#2 COMPLETED",
                        "b#1 started",
                        "b#1 COMPLETED",
                        "ended one"),
                listener.heard());
    }

    @Test
    void aReplayTellsNothingThatWasTold() {
        bench.runtime().start(NAP, "one", 1);
        bench.settle();
        assertEquals(
                List.of(
                        "started one",
                        "plus#1 started",
                        "plus#1 COMPLETED",
                        "a#1 started",
                        "a#1 COMPLETED"),
                listener.take());
        bench.kill();
        bench.runtime().start(NAP, "one", 1);
        bench.settle();
        assertEquals(List.of(), listener.take());
        bench.advance(Duration.ofDays(1));
        assertEquals(List.of("b#1 started", "b#1 COMPLETED", "ended one"), listener.take());
    }

    @Test
    void anAttemptThatWasLostIsFollowedByTheNextAndNothingElse() {
        outside.onCall("a#1", bench::kill);
        bench.runtime().start(NAP, "one", 1);
        bench.settle();
        listener.take();
        bench.settle();
        assertEquals(
                List.of(
                        "a#1 is repeated after the process ended during the attempt, as it did"
                                + " during the attempts before it",
                        "a#2 started",
                        "a#2 COMPLETED"),
                listener.take());
    }

    @Test
    void aRunThatHadToQueueIsToldWhenItBegins() {
        bench.limits(DurableLimits.defaults().withMaxRunning(1));
        IntStream.range(0, 3).forEach(n -> bench.runtime().start(CHAIN, "r" + n, n));
        assertEquals(List.of("started r0", "plus#1 started", "plus#1 COMPLETED"), listener.take());
        bench.settle();
        List<String> heard = listener.take();
        for (String run : List.of("r1", "r2")) {
            int began = heard.indexOf("started " + run);
            assertTrue(began >= 0, heard::toString);
            assertEquals("plus#1 started", heard.get(began + 1));
            assertEquals(1, heard.stream().filter(("ended " + run)::equals).count());
        }
    }

    @Test
    void whatWasNotWrittenIsNotTold() {
        bench.meeting(Faults.once(2, Faults.When.BEFORE));
        bench.runtime().start(NAP, "one", 1);
        bench.settle();
        assertTrue(bench.hasCrashed());
        assertEquals(
                List.of(
                        "started one",
                        "plus#1 started",
                        "plus#1 COMPLETED",
                        "a#1 started",
                        "a#1 COMPLETED"),
                listener.take());
        bench.kill();
        bench.settle();
        assertEquals(
                List.of(
                        "a#1 is repeated after the process ended during the attempt, as it did"
                                + " during the attempts before it",
                        "a#2 started",
                        "a#2 COMPLETED"),
                listener.take());
    }

    @Test
    void aRunThatIsEndedSaysWhatItGaveUp() {
        outside.onCall("a#1", () -> bench.runtime().terminate("one", "enough"));
        bench.runtime().start(NAP, "one", 1);
        bench.settle();
        assertEquals(
                List.of(
                        "started one",
                        "plus#1 started",
                        "plus#1 COMPLETED",
                        "a#1 started",
                        "a cancelled: run cancelled",
                        "ended one RUN102",
                        "a#1 GIVEN_UP",
                        "a late"),
                listener.take());
    }

    @Test
    void anAttemptThatTakesTooLongIsCancelledAndRepeated() {
        Flow<Integer, Integer> slow =
                Flow.define(
                        "slow",
                        "1.0.0",
                        Integer.class,
                        (g, in) ->
                                g.then(
                                        in,
                                        step("a")
                                                .with(
                                                        timeout(Duration.ofSeconds(1)),
                                                        retry(1, Duration.ZERO))));
        outside.onCall(
                "a#1",
                () -> {
                    bench.clock().advance(Duration.ofSeconds(2));
                    bench.settle();
                });
        bench.deploying(slow);
        bench.runtime().start(slow, "one", 1);
        bench.settle();
        List<String> heard = listener.take();
        assertTrue(heard.contains("a cancelled: timed out"), heard::toString);
        assertTrue(heard.contains("a#2 COMPLETED"), heard::toString);
    }
}
