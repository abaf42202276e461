package dev.flowir.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Buffer;
import dev.flowir.ir.Delivery;
import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.Flow;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.NodeBody;
import dev.flowir.ir.Ordering;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Probed cases about the end of runs: P2 to P5, P14, P20. */
class ProbedEndingsTest extends ProbedCases {

    private static NodeBody.Single waiting(CountDownLatch begun) {
        return (in, handles, context) -> {
            begun.countDown();
            new CountDownLatch(1).await();
            return in;
        };
    }

    private static NodeBody.Single throwing(Throwable thrown) {
        return (in, handles, context) -> {
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (Exception) thrown;
        };
    }

    @Test
    void p2_theDeadlineIsPromptAndTheBodyInterrupted() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Flow<JsonValue, JsonValue> flow = reading("slow", waiting(begun));
        Run<JsonValue> run =
                runtime.start(flow, Invocation.of(INPUT).within(Duration.ofMillis(50)));
        begun.await();
        time.advance(Duration.ofMillis(50));
        Failure.DeadlineExceeded exceeded =
                assertInstanceOf(Failure.DeadlineExceeded.class, failure(run.await()));
        assertTrue(exceeded.message().contains("'c'"), exceeded::message);
        assertTrue(exceeded.message().contains("ProbedEndingsTest.java"), exceeded::message);
    }

    @Test
    void p2_anInlineBodyIsInterruptedToo() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Flow<JsonValue, JsonValue> flow = computing("inline", waiting(begun));
        CompletableFuture<Result<JsonValue>> result = new CompletableFuture<>();
        Thread caller =
                Thread.ofPlatform()
                        .start(() ->
                                result.complete(
                                        runtime.run(
                                                flow,
                                                Invocation.of(INPUT)
                                                        .within(Duration.ofMillis(50)))));
        begun.await();
        time.advance(Duration.ofMillis(50));
        assertInstanceOf(Failure.DeadlineExceeded.class, failure(result.join()));
        caller.join();
    }

    @Test
    void p2_aBodyThatIgnoresInterruptsIsLeftBehindAndItsResultRefused()
            throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicBoolean cancelled = new AtomicBoolean();
        Flow<JsonValue, JsonValue> flow =
                reading(
                        "stubborn",
                        (in, handles, context) -> {
                            begun.countDown();
                            boolean done = false;
                            while (!done) {
                                try {
                                    release.await();
                                    done = true;
                                } catch (InterruptedException ignored) {
                                    cancelled.set(context.cancelled());
                                }
                            }
                            return in;
                        });
        Run<JsonValue> run =
                runtime.start(flow, Invocation.of(INPUT).within(Duration.ofMillis(50)));
        begun.await();
        time.advance(Duration.ofMillis(50));
        assertInstanceOf(Failure.DeadlineExceeded.class, failure(run.await()));
        release.countDown();
        lateResult.await();
        assertEquals(List.of("c"), late);
        assertTrue(cancelled.get());
    }

    @Test
    void aZeroDeadlineIsAlwaysExceeded() {
        AtomicBoolean ran = new AtomicBoolean();
        Flow<JsonValue, JsonValue> flow =
                Flows.named("zero")
                        .pure(
                                "t",
                                (in, handles, context) -> {
                                    ran.set(true);
                                    return in;
                                })
                        .flow("t", "t");
        Result<JsonValue> result = runtime.run(flow, Invocation.of(INPUT).within(Duration.ZERO));
        assertInstanceOf(Failure.DeadlineExceeded.class, failure(result));
        assertFalse(ran.get());
    }

    @Test
    void p3_anEdgesLimitCountsFromTheStartOfTheBody() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Flow<JsonValue, JsonValue> flow =
                Flows.named("limited")
                        .nodes("t")
                        .pure("c", waiting(begun))
                        .edge(limited("t", "c", 20))
                        .flow("t", "c");
        Run<JsonValue> run = runtime.start(flow, Invocation.of(INPUT));
        begun.await();
        time.advance(Duration.ofMillis(20));
        Failure.NodeTimedOut timedOut =
                assertInstanceOf(Failure.NodeTimedOut.class, failure(run.await()));
        assertEquals("TIME015", timedOut.code());
        assertEquals("c", timedOut.node());
        assertEquals("t -> c", timedOut.edge());
        assertEquals(Duration.ofMillis(20), timedOut.limit());
        assertTrue(timedOut.waitingFor().startsWith("while 'c' was "), timedOut::waitingFor);
        assertTrue(timedOut.waitingFor().contains("ProbedEndingsTest.java"), timedOut::waitingFor);
    }

    @Test
    void p3_aTimedOutAttemptIsRepeatedAndTheOldOneFenced() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Flow<JsonValue, JsonValue> flow =
                Flows.named("again")
                        .nodes("t")
                        .reads(
                                "c",
                                (in, handles, context) -> {
                                    if (context.attempt() > 1) {
                                        return JsonValue.text(context.idempotencyKey());
                                    }
                                    begun.countDown();
                                    try {
                                        new CountDownLatch(1).await();
                                    } catch (InterruptedException ignored) {
                                        release.await(); // takes its time to notice
                                    }
                                    return JsonValue.text("old");
                                })
                        .edge(limited("t", "c", 20))
                        .onError("c", "retry", 1, 0)
                        .flow("t", "c");
        Run<JsonValue> run = runtime.start(flow, Invocation.of(INPUT));
        begun.await();
        time.advance(Duration.ofMillis(20));
        JsonValue.Text value = assertInstanceOf(JsonValue.Text.class, run.await().orThrow());
        assertTrue(value.value().startsWith("again/" + run.id() + "/c/"), value::value);
        release.countDown();
    }

    @Test
    void p4_aSideThatFailsFirstFailsTheRun() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Flow<JsonValue, JsonValue> flow =
                Flows.named("side")
                        .nodes("t")
                        .reads("c", waiting(begun))
                        .reads(
                                "side",
                                (in, handles, context) -> {
                                    begun.await();
                                    throw new IllegalStateException("side");
                                })
                        .edges("t -> c", "t -> side")
                        .flow("t", "c");
        Failure.NodeFailed failed =
                assertInstanceOf(Failure.NodeFailed.class, failure(runtime.run(flow, INPUT)));
        assertEquals("side", failed.node());
    }

    @Test
    void p5_aSideThatFailsAfterTheValueIsReportedAndChangesNothing() throws Exception {
        CountDownLatch given = new CountDownLatch(1);
        Flow<JsonValue, JsonValue> flow =
                Flows.named("after")
                        .nodes("t", "c")
                        .reads(
                                "side",
                                (in, handles, context) -> {
                                    given.await();
                                    throw new IllegalStateException("side");
                                })
                        .edges("t -> c", "t -> side")
                        .flow("t", "c");
        assertEquals(INPUT, runtime.run(flow, INPUT).orThrow()); // does not wait for the side
        given.countDown();
        Failure.NodeFailed failed = assertInstanceOf(Failure.NodeFailed.class, sideFailure.join());
        assertEquals("side", failed.node());
        runEnded.await();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void p14_whateverABodyThrowsIsAFailureOfItsNode(boolean inline) {
        List<Throwable> all =
                List.of(
                        new Error("panic"),
                        new AssertionError("wrong"),
                        new OutOfMemoryError("simulated"),
                        new Exception("checked"));
        for (Throwable thrown : all) {
            Flows drawn = Flows.named("panics").nodes("t");
            drawn = inline ? drawn.pure("c", throwing(thrown)) : drawn.reads("c", throwing(thrown));
            Failure.NodeFailed failed =
                    assertInstanceOf(
                            Failure.NodeFailed.class,
                            failure(runtime.run(drawn.edges("t -> c").flow("t", "c"), INPUT)));
            assertEquals("c", failed.node());
            assertEquals(thrown, failed.cause());
        }
    }

    private static int depth(int from) {
        return from < 0 ? from : depth(from + 1) + 1;
    }

    @Test
    void p14_aStackOverflowToo() {
        NodeBody.Single deep = (in, handles, context) -> JsonValue.number(depth(1));
        Flow<JsonValue, JsonValue> root = Flows.named("deep").pure("t", deep).flow("t", "t");
        Failure.NodeFailed failed =
                assertInstanceOf(Failure.NodeFailed.class, failure(runtime.run(root, INPUT)));
        assertInstanceOf(StackOverflowError.class, failed.cause());
        assertEquals(0, runtime.inFlight());
    }

    @Test
    void p20_cancellingInterruptsTheRun() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch finalised = new CountDownLatch(1);
        AtomicBoolean wentOn = new AtomicBoolean();
        Flow<JsonValue, JsonValue> flow =
                Flows.named("dropped")
                        .nodes("t")
                        .reads(
                                "middle",
                                (in, handles, context) -> {
                                    try {
                                        begun.countDown();
                                        new CountDownLatch(1).await();
                                        return in;
                                    } finally {
                                        finalised.countDown();
                                    }
                                })
                        .pure(
                                "c",
                                (in, handles, context) -> {
                                    wentOn.set(true);
                                    return in;
                                })
                        .edges("t -> middle -> c")
                        .flow("t", "c");
        Run<JsonValue> run = runtime.start(flow, Invocation.of(INPUT));
        begun.await();
        run.cancel("the client left");
        assertEquals(new Failure.Cancelled("the client left"), failure(run.await()));
        finalised.await();
        assertFalse(wentOn.get());
        assertEquals(0, runtime.inFlight());
    }

    @Test
    void p20_anInterruptedCallerCancelsItsRun() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        anInterruptCancels(reading("interrupted", waiting(begun)), begun);
    }

    @Test
    void p20_aCallerInterruptedInAnInlineBodyCancelsItsRun() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        anInterruptCancels(computing("interrupted", waiting(begun)), begun);
    }

    private void anInterruptCancels(Flow<JsonValue, JsonValue> flow, CountDownLatch begun)
            throws InterruptedException {
        CompletableFuture<Result<JsonValue>> result = new CompletableFuture<>();
        AtomicBoolean kept = new AtomicBoolean();
        Thread caller =
                Thread.ofPlatform()
                        .start(() -> {
                            Result<JsonValue> given = runtime.run(flow, INPUT);
                            kept.set(Thread.currentThread().isInterrupted());
                            result.complete(given);
                        });
        begun.await();
        caller.interrupt();
        assertInstanceOf(Failure.Cancelled.class, failure(result.join()));
        assertTrue(kept.get());
    }

    @Test
    void closingEndsWhatIsInFlightAfterTheGrace() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Flow<JsonValue, JsonValue> flow = reading("closing", waiting(begun));
        Run<JsonValue> run = runtime.start(flow, Invocation.of(INPUT));
        begun.await();
        runtime.close(Duration.ZERO);
        assertEquals(new Failure.Cancelled("the runtime was closed"), failure(run.await()));
    }

    private static EdgeDefinition limited(String from, String to, int millis) {
        return new EdgeDefinition(
                from,
                to,
                Delivery.AT_LEAST_ONCE,
                Ordering.ORDERED,
                Optional.empty(),
                OptionalLong.of(millis),
                Buffer.defaults());
    }
}
