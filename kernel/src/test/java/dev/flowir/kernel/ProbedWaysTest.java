package dev.flowir.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Buffer;
import dev.flowir.ir.Delivery;
import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.Flow;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Ordering;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Probed cases about the ways of items: P1, P6, P11 to P13, P19, order and drops. */
class ProbedWaysTest extends ProbedCases {

    @Test
    void p1_withoutAJoinADiamondMerges() throws InterruptedException {
        AtomicInteger ran = new AtomicInteger();
        Flows drawn =
                Flows.named("diamond")
                        .nodes("t", "a", "b")
                        .pure(
                                "j",
                                (in, handles, context) -> {
                                    ran.incrementAndGet();
                                    return in;
                                })
                        .edges("t -> a -> j", "t -> b -> j");
        try (FlowInstance<JsonValue, JsonValue> instance =
                runtime.open(drawn.flow("t", "j"), InstanceOptions.defaults()).orThrow()) {
            instance.send(INPUT);
            assertEquals(new FlowInstance.Output<>(INPUT), instance.next());
            assertEquals(new FlowInstance.Output<>(INPUT), instance.next());
            assertEquals(2, ran.get());
        }
        assertEquals(INPUT, runtime.run(drawn.flow("t", "j"), INPUT).orThrow());
    }

    @Test
    void p1_withAJoinItWaitsForBoth() {
        Flow<JsonValue, JsonValue> flow =
                Flows.named("joined")
                        .nodes("t", "a", "b")
                        .pure(
                                "j",
                                (in, handles, context) -> JsonValue.number(((List<?>) in).size()))
                        .join("j", "a", "b")
                        .edges("t -> a -> j", "t -> b -> j")
                        .flow("t", "j");
        assertEquals(JsonValue.number(2), runtime.run(flow, INPUT).orThrow());
    }

    @Test
    void p6_parallelEdgesRunTheTargetTwice() throws InterruptedException {
        Flow<JsonValue, JsonValue> flow =
                Flows.named("parallel").nodes("t", "c").edges("t -> c", "t -> c").flow("t", "c");
        try (FlowInstance<JsonValue, JsonValue> instance =
                runtime.open(flow, InstanceOptions.defaults()).orThrow()) {
            instance.send(INPUT);
            instance.next();
            instance.next();
            assertEquals(Optional.empty(), instance.next(Duration.ZERO));
        }
    }

    @Test
    void p11_anUnreachableCaptureEndsTheRunAtOnce() {
        Flow<JsonValue, JsonValue> flow =
                Flows.named("island").nodes("t", "a", "c").edges("t -> a").flow("t", "c");
        Failure failure = failure(runtime.run(flow, INPUT));
        assertEquals("missing output: no path leads from 't' to 'c'", failure.message());
    }

    @Test
    void p12_aFreeBranchDoesNotHideThatTheCaptureIsLost() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicBoolean done = new AtomicBoolean();
        Flow<JsonValue, JsonValue> flow =
                Flows.named("lost")
                        .nodes("t", "a", "c")
                        .reads(
                                "free",
                                (in, handles, context) -> {
                                    begun.countDown();
                                    release.await();
                                    done.set(true);
                                    return in;
                                })
                        .edges("t -> a -> c", "t -> free")
                        .switchOn("t", Map.of("a", "a"), Optional.empty())
                        .flow("t", "c");
        Failure failure = failure(runtime.run(flow, Flows.object("type", JsonValue.text("z"))));
        assertInstanceOf(Failure.MissingOutput.class, failure);
        begun.await(); // the free branch runs, and is not cut short
        release.countDown();
        runEnded.await();
        assertTrue(done.get());
    }

    @Test
    void p13_aCaptureThatRoutesNowhereGivesItsValue() {
        Flow<JsonValue, JsonValue> flow =
                Flows.named("captured")
                        .nodes("t", "a")
                        .edges("t -> a")
                        .switchOn("t", Map.of("a", "a"), Optional.empty())
                        .flow("t", "t");
        JsonValue input = Flows.object("type", JsonValue.text("z"));
        assertEquals(input, runtime.run(flow, input).orThrow());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void p19_admissionCountsTheWholeInputWhateverTheOrderOfEdges(boolean leafFirst) {
        Flows drawn = Flows.named("order").nodes("t", "leaf", "c");
        drawn = leafFirst ? drawn.edges("t -> leaf", "t -> c") : drawn.edges("t -> c", "t -> leaf");
        try (FlowInstance<JsonValue, JsonValue> instance =
                runtime.open(drawn.flow("t", "c"), InstanceOptions.defaults().captureCapacity(1))
                        .orThrow()) {
            assertEquals(FlowInstance.Admission.ACCEPTED, instance.offer(INPUT));
            assertEquals(FlowInstance.Admission.FULL, instance.offer(INPUT));
        }
    }

    @Test
    void resultsOfOneChainKeepTheOrderOfSends() throws InterruptedException {
        Flow<JsonValue, JsonValue> flow =
                Flows.named("ordered")
                        .nodes("t")
                        .reads("a", (in, handles, context) -> in)
                        .reads("b", (in, handles, context) -> in)
                        .nodes("c")
                        .edges("t -> a -> b -> c")
                        .flow("t", "c");
        try (FlowInstance<JsonValue, JsonValue> instance =
                runtime.open(flow, InstanceOptions.defaults()).orThrow()) {
            Thread sender =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    for (int i = 0; i < 1000; i++) {
                                        instance.send(JsonValue.number(i));
                                    }
                                    instance.finish();
                                } catch (InterruptedException stopped) {
                                    Thread.currentThread().interrupt();
                                }
                            });
            for (int i = 0; i < 1000; i++) {
                assertEquals(new FlowInstance.Output<>(JsonValue.number(i)), instance.next());
            }
            assertInstanceOf(FlowInstance.End.class, instance.next());
            sender.join();
        }
    }

    @Test
    void dropPoliciesDropOnlyWhereTheyAreAskedFor() throws InterruptedException {
        for (String policy : List.of("drop_oldest", "drop_newest")) {
            CountDownLatch release = new CountDownLatch(1);
            CountDownLatch begun = new CountDownLatch(1);
            Flow<JsonValue, JsonValue> flow =
                    Flows.named(policy)
                            .nodes("t")
                            .reads(
                                    "c",
                                    (in, handles, context) -> {
                                        begun.countDown();
                                        release.await();
                                        return in;
                                    })
                            .edge(
                                    new EdgeDefinition(
                                            "t",
                                            "c",
                                            Delivery.AT_LEAST_ONCE,
                                            Ordering.ORDERED,
                                            Optional.empty(),
                                            OptionalLong.empty(),
                                            new Buffer(
                                                    OptionalLong.of(1),
                                                    OptionalLong.empty(),
                                                    Optional.empty(),
                                                    Optional.of(policy))))
                            .flow("t", "c");
            CountDownLatch dropped = new CountDownLatch(3);
            ExecutionListener counting =
                    new ExecutionListener() {
                        @Override
                        public void dropped(RunInfo run, String edge) {
                            dropped.countDown();
                        }
                    };
            try (Runtime counted = Runtime.builder().listener(counting).build();
                    FlowInstance<JsonValue, JsonValue> instance =
                            counted.open(flow, InstanceOptions.defaults()).orThrow()) {
                instance.send(JsonValue.number(0));
                begun.await();
                for (int i = 1; i < 5; i++) {
                    instance.send(JsonValue.number(i));
                }
                instance.finish();
                dropped.await();
                release.countDown();
                assertEquals(new FlowInstance.Output<>(JsonValue.number(0)), instance.next());
                long second = policy.equals("drop_oldest") ? 4 : 1;
                assertEquals(new FlowInstance.Output<>(JsonValue.number(second)), instance.next());
                assertInstanceOf(FlowInstance.End.class, instance.next());
            }
        }
    }
}
