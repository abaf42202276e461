package dev.flowir.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.NodeContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Flows that only compute run on the thread that calls, and are watched all the same. */
class InlineRunTest {

    private static final JsonValue INPUT = JsonValue.number(1);
    private static final Duration SHORT = Duration.ofMillis(20);

    private static Runtime runtime(Execution execution) {
        return Runtime.builder().execution(execution).watchdog(Watchdog.STRICT).build();
    }

    private static Failure failure(Result<JsonValue> result) {
        return assertInstanceOf(Result.Failed.class, result).failure();
    }

    private static Flow<JsonValue, JsonValue> hanging(AtomicInteger after) {
        return Flows.named("hangs")
                .nodes("t")
                .pure(
                        "hang",
                        (in, handles, context) -> {
                            new CountDownLatch(1).await();
                            return in;
                        })
                .pure(
                        "after",
                        (in, handles, context) -> {
                            after.incrementAndGet();
                            return in;
                        })
                .edges("t -> hang -> after")
                .flow("t", "after");
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void aBodyThatHangsIsInterruptedAtTheDeadline(Execution execution) {
        AtomicInteger after = new AtomicInteger();
        try (Runtime runtime = runtime(execution)) {
            Failure failure =
                    failure(runtime.run(hanging(after), Invocation.of(INPUT).within(SHORT)));
            Failure.DeadlineExceeded late =
                    assertInstanceOf(Failure.DeadlineExceeded.class, failure);
            assertEquals(SHORT, late.deadline());
            assertTrue(late.message().contains("while 'hang' was waiting at "), late::message);
            assertFalse(Thread.interrupted(), "an interrupt was left behind");
        }
        assertEquals(0, after.get());
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void theRuntimesDeadlineIsForRunsThatBringNone(Execution execution) {
        try (Runtime runtime =
                Runtime.builder()
                        .execution(execution)
                        .watchdog(Watchdog.STRICT)
                        .deadline(SHORT)
                        .build()) {
            assertEquals(
                    "TIME001", failure(runtime.run(hanging(new AtomicInteger()), INPUT)).code());
        }
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void aBodyThatLooksUpEndsByItselfAndNothingRunsAfterIt(Execution execution) {
        AtomicInteger after = new AtomicInteger();
        Flow<JsonValue, JsonValue> flow =
                Flows.named("looks up")
                        .pure(
                                "t",
                                (in, handles, context) -> {
                                    while (!context.cancelled()) {
                                        Thread.onSpinWait();
                                    }
                                    return in;
                                })
                        .pure(
                                "after",
                                (in, handles, context) -> {
                                    after.incrementAndGet();
                                    return in;
                                })
                        .edges("t -> after")
                        .flow("t", "after");
        try (Runtime runtime = runtime(execution)) {
            Failure late = failure(runtime.run(flow, Invocation.of(INPUT).within(SHORT)));
            assertEquals("TIME001", late.code());
            assertTrue(late.message().contains("while 't' was "), late::message);
            assertFalse(Thread.interrupted(), "an interrupt was left behind");
        }
        assertEquals(0, after.get());
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void aDeadlineOfZeroRunsNothing(Execution execution) {
        AtomicInteger calls = new AtomicInteger();
        Flow<JsonValue, JsonValue> flow =
                Flows.named("never")
                        .pure(
                                "t",
                                (in, handles, context) -> {
                                    calls.incrementAndGet();
                                    return in;
                                })
                        .flow("t", "t");
        try (Runtime runtime = runtime(execution)) {
            Invocation<JsonValue> late = Invocation.of(INPUT).within(Duration.ZERO);
            assertEquals("TIME001", failure(runtime.run(flow, late)).code());
        }
        assertEquals(0, calls.get());
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void whatWasGivenStaysGivenWhenTheDeadlineCutsWorkBesideShort(Execution execution) {
        Flow<JsonValue, JsonValue> flow =
                Flows.named("beside")
                        .nodes("t", "c")
                        .pure(
                                "side",
                                (in, handles, context) -> {
                                    new CountDownLatch(1).await();
                                    return in;
                                })
                        .edges("t -> c", "t -> side")
                        .flow("t", "c");
        try (Runtime runtime = runtime(execution)) {
            assertEquals(INPUT, runtime.run(flow, Invocation.of(INPUT).within(SHORT)).orThrow());
            assertFalse(Thread.interrupted(), "an interrupt was left behind");
        }
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void anInterruptFromElsewhereCancelsTheRunAndIsKept(Execution execution) {
        try (Runtime runtime = runtime(execution)) {
            Thread.currentThread().interrupt();
            Failure failure = failure(runtime.run(hanging(new AtomicInteger()), INPUT));
            assertTrue(Thread.interrupted(), "the interrupt was lost");
            assertInstanceOf(Failure.Cancelled.class, failure);
        }
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void closingEndsWhatRuns(Execution execution) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Flow<JsonValue, JsonValue> flow =
                Flows.named("long")
                        .pure(
                                "t",
                                (in, handles, context) -> {
                                    begun.countDown();
                                    new CountDownLatch(1).await();
                                    return in;
                                })
                        .flow("t", "t");
        AtomicReference<Result<JsonValue>> result = new AtomicReference<>();
        Runtime runtime = runtime(execution);
        Thread caller = Thread.ofPlatform().start(() -> result.set(runtime.run(flow, INPUT)));
        begun.await();
        assertEquals(1, runtime.inFlight());
        runtime.close(Duration.ZERO);
        caller.join();
        assertEquals(new Failure.Cancelled("the runtime was closed"), failure(result.get()));
        assertEquals(0, runtime.inFlight());
        assertEquals("RUN107", failure(runtime.run(flow, INPUT)).code());
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void runsOnLanesCountAgainstTheBound(Execution execution) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Flow<JsonValue, JsonValue> slow =
                Flows.named("slow")
                        .pure(
                                "t",
                                (in, handles, context) -> {
                                    begun.countDown();
                                    release.await();
                                    return in;
                                })
                        .flow("t", "t");
        Flow<JsonValue, JsonValue> quick = Flows.named("quick").nodes("t").flow("t", "t");
        try (Runtime runtime = Runtime.builder().execution(execution).maxInFlight(1).build()) {
            assertEquals(INPUT, runtime.run(quick, INPUT).orThrow());
            Thread caller = Thread.ofPlatform().start(() -> runtime.run(slow, INPUT));
            begun.await();
            assertInstanceOf(Failure.Refused.class, failure(runtime.run(quick, INPUT)));
            assertInstanceOf(
                    Failure.Refused.class,
                    failure(runtime.start(quick, Invocation.of(INPUT)).await()));
            release.countDown();
            caller.join();
            assertEquals(INPUT, runtime.run(quick, INPUT).orThrow());
        }
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void aBodyMayRunAFlow(Execution execution) {
        try (Runtime runtime = runtime(execution)) {
            Flow<JsonValue, JsonValue> inner = Flows.named("inner").nodes("t").flow("t", "t");
            Flow<JsonValue, JsonValue> outer =
                    Flows.named("outer")
                            .pure(
                                    "t",
                                    (in, handles, context) ->
                                            runtime.run(inner, (JsonValue) in).orThrow())
                            .nodes("c")
                            .edges("t -> c")
                            .flow("t", "c");
            assertEquals(
                    INPUT,
                    runtime.run(outer, Invocation.of(INPUT).within(Duration.ofHours(1))).orThrow());
        }
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void virtualThreadsMayCall(Execution execution) throws InterruptedException {
        Flow<JsonValue, JsonValue> flow =
                Flows.named("virtual").nodes("t", "c").edges("t -> c").flow("t", "c");
        AtomicInteger good = new AtomicInteger();
        try (Runtime runtime = runtime(execution)) {
            List<Thread> callers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                JsonValue input = JsonValue.number(i);
                callers.add(
                        Thread.ofVirtual()
                                .start(() -> {
                                    for (int k = 0; k < 20; k++) {
                                        if (runtime.run(flow, input).orThrow().equals(input)) {
                                            good.incrementAndGet();
                                        }
                                    }
                                }));
            }
            for (Thread caller : callers) {
                caller.join();
            }
            assertEquals(0, runtime.inFlight());
        }
        assertEquals(2000, good.get());
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void whatBodiesSeeIsTheRun(Execution execution) {
        List<String> seen = new ArrayList<>();
        AtomicReference<NodeContext> kept = new AtomicReference<>();
        Flow<JsonValue, JsonValue> flow =
                Flows.named("sees")
                        .nodes("t")
                        .pure(
                                "a",
                                (in, handles, context) -> {
                                    seen.add(
                                            context.flow()
                                                    + " "
                                                    + context.runId()
                                                    + " "
                                                    + context.node()
                                                    + " "
                                                    + context.attempt()
                                                    + " "
                                                    + context.cancelled()
                                                    + " "
                                                    + context.remainingNanos().isPresent());
                                    context.checkpoint();
                                    kept.set(context);
                                    return in;
                                })
                        .edges("t -> a")
                        .flow("t", "a");
        try (Runtime runtime = runtime(execution)) {
            Invocation<JsonValue> mine = Invocation.of(INPUT).label("lf.run_id", "mine");
            runtime.run(flow, mine).orThrow();
            runtime.run(flow, mine.within(Duration.ofHours(1))).orThrow();
        }
        assertEquals(List.of("sees mine a 1 false false", "sees mine a 1 false true"), seen);
        assertEquals("mine", kept.get().runId());
        assertFalse(kept.get().cancelled());
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void idsAreMadeOncePerRunAndDiffer(Execution execution) {
        List<String> ids = new ArrayList<>();
        Flow<JsonValue, JsonValue> flow =
                Flows.named("ids")
                        .pure(
                                "t",
                                (in, handles, context) -> {
                                    ids.add(context.runId());
                                    return in;
                                })
                        .pure(
                                "c",
                                (in, handles, context) -> {
                                    ids.add(context.runId());
                                    throw new IllegalStateException("again");
                                })
                        .onError("c", "retry", 1, 0)
                        .edges("t -> c")
                        .flow("t", "c");
        try (Runtime runtime = runtime(execution)) {
            runtime.run(flow, INPUT);
            runtime.run(flow, INPUT);
        }
        assertEquals(6, ids.size());
        assertEquals(1, ids.subList(0, 3).stream().distinct().count(), ids::toString);
        assertEquals(2, ids.stream().distinct().count(), ids::toString);
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void longFlowsRunToo(Execution execution) {
        Flows drawn = Flows.named("long");
        StringBuilder chain = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            drawn.nodes("n" + i);
            chain.append(i == 0 ? "" : " -> ").append("n").append(i);
        }
        try (Runtime runtime = runtime(execution)) {
            assertEquals(
                    INPUT,
                    runtime.run(drawn.edges(chain.toString()).flow("n0", "n499"), INPUT).orThrow());
        }
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void aFlowThatBecomesHotGoesOnAsBefore(Execution execution) {
        AtomicInteger calls = new AtomicInteger();
        Flow<JsonValue, JsonValue> flow =
                Flows.named("hot")
                        .pure(
                                "t",
                                (in, handles, context) -> {
                                    calls.incrementAndGet();
                                    return in;
                                })
                        .nodes("a", "b")
                        .pure("c", (in, handles, context) -> ((List<?>) in).get(1))
                        .join("c", "a", "b")
                        .edges("t -> a -> c", "t -> b -> c")
                        .flow("t", "c");
        try (Runtime runtime = runtime(execution)) {
            for (int i = 0; i < 10_000; i++) {
                JsonValue input = JsonValue.number(i);
                assertEquals(input, runtime.run(flow, input).orThrow());
            }
        }
        assertEquals(10_000, calls.get());
    }
}
