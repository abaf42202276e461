package dev.flowir.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.NodeBody;
import dev.flowir.kernel.FlowInstance.Admission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Instances of flows that only compute work when somebody needs what comes of it. */
class InlineInstanceTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final Runtime runtime = Runtime.builder().build();

    @AfterEach
    void close() {
        runtime.close();
    }

    private FlowInstance<JsonValue, JsonValue> open(Flow<JsonValue, JsonValue> flow, int capacity) {
        return runtime.open(flow, InstanceOptions.defaults().captureCapacity(capacity)).orThrow();
    }

    private static Flow<JsonValue, JsonValue> single(NodeBody.Single body) {
        return Flows.named("single").pure("t", body).flow("t", "t");
    }

    private static JsonValue number(long value) {
        return JsonValue.number(value);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 300})
    void outputsComeInTheOrderOfTheInputsAndEachHoldsAPermit(int capacity)
            throws InterruptedException {
        Flow<JsonValue, JsonValue> flow =
                Flows.named("chain").nodes("t", "c").edges("t -> c").flow("t", "c");
        try (FlowInstance<JsonValue, JsonValue> instance = open(flow, capacity)) {
            int next = 0;
            for (int i = 0; i < 1000; i++) {
                while (instance.offer(number(i)) == Admission.FULL) {
                    assertEquals(0, instance.permits());
                    assertEquals(new FlowInstance.Output<>(number(next++)), instance.next());
                    assertEquals(1, instance.permits());
                }
            }
            instance.finish();
            assertEquals(Admission.CLOSED, instance.offer(number(0)));
            while (next < 1000) {
                assertEquals(new FlowInstance.Output<>(number(next++)), instance.next());
            }
            assertInstanceOf(FlowInstance.End.class, instance.next());
        }
        assertEquals(0, runtime.inFlight());
    }

    @Test
    void inputsThatGiveNothingGiveTheirPermitsBack() {
        AtomicInteger seen = new AtomicInteger();
        Flow<JsonValue, JsonValue> flow =
                single((in, handles, context) -> {
                    seen.incrementAndGet();
                    return NodeBody.NoOutput.NONE;
                });
        try (FlowInstance<JsonValue, JsonValue> instance = open(flow, 2)) {
            for (int i = 0; i < 100; i++) {
                assertEquals(Admission.ACCEPTED, instance.offer(number(i)));
            }
        }
        assertTrue(seen.get() >= 98, () -> "worked on " + seen);
    }

    @Test
    void finishingWorksOffWhatGivesNothing() throws InterruptedException {
        try (FlowInstance<JsonValue, JsonValue> instance =
                open(single((in, handles, context) -> NodeBody.NoOutput.NONE), 8)) {
            instance.offer(number(1));
            instance.finish();
            assertInstanceOf(FlowInstance.End.class, instance.next(LONG).orElseThrow());
        }
    }

    @Test
    void aFailureIsTheLastThatComes() throws InterruptedException {
        Flow<JsonValue, JsonValue> flow =
                single((in, handles, context) -> {
                    if (in.equals(number(2))) {
                        throw new IllegalStateException("two");
                    }
                    return in;
                });
        try (FlowInstance<JsonValue, JsonValue> instance = open(flow, 8)) {
            for (int i = 0; i < 5; i++) {
                instance.send(number(i));
            }
            assertEquals(new FlowInstance.Output<>(number(0)), instance.next());
            assertEquals(new FlowInstance.Output<>(number(1)), instance.next());
            FlowInstance.Failed<?> failed =
                    assertInstanceOf(FlowInstance.Failed.class, instance.next());
            assertEquals("RUN101", failed.failure().code());
            assertInstanceOf(FlowInstance.End.class, instance.next());
            assertEquals(Admission.CLOSED, instance.offer(number(9)));
        }
        assertEquals(0, runtime.inFlight());
    }

    @Test
    void cancellingInterruptsABodyThatHangs() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Flow<JsonValue, JsonValue> flow =
                single((in, handles, context) -> {
                    begun.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } finally {
                        interrupted.countDown();
                    }
                    return in;
                });
        AtomicReference<FlowInstance.Next<JsonValue>> last = new AtomicReference<>();
        AtomicInteger left = new AtomicInteger();
        try (FlowInstance<JsonValue, JsonValue> instance = open(flow, 8)) {
            instance.send(number(1));
            Thread consumer =
                    Thread.ofPlatform()
                            .start(() -> {
                                try {
                                    last.set(instance.next());
                                } catch (InterruptedException leaked) {
                                    left.incrementAndGet();
                                }
                                if (Thread.interrupted()) {
                                    left.incrementAndGet();
                                }
                            });
            begun.await();
            instance.cancel("enough");
            interrupted.await();
            consumer.join();
        }
        assertInstanceOf(FlowInstance.End.class, last.get());
        assertEquals(0, left.get(), "an interrupt was left behind");
        assertEquals(0, runtime.inFlight());
    }

    @Test
    void manyThreadsSendAndTake() throws InterruptedException {
        Flow<JsonValue, JsonValue> flow = single((in, handles, context) -> in);
        AtomicInteger sum = new AtomicInteger();
        try (FlowInstance<JsonValue, JsonValue> instance = open(flow, 16)) {
            List<Thread> senders = new ArrayList<>();
            List<Thread> takers = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                senders.add(
                        Thread.ofVirtual()
                                .start(() -> {
                                    try {
                                        for (int i = 0; i < 1000; i++) {
                                            instance.send(number(1));
                                        }
                                    } catch (InterruptedException stopped) {
                                        sum.addAndGet(1_000_000);
                                    }
                                }));
                takers.add(
                        Thread.ofVirtual()
                                .start(() -> {
                                    try {
                                        while (instance.next()
                                                instanceof FlowInstance.Output<JsonValue>) {
                                            sum.incrementAndGet();
                                        }
                                    } catch (InterruptedException stopped) {
                                        sum.addAndGet(1_000_000);
                                    }
                                }));
            }
            for (Thread sender : senders) {
                sender.join();
            }
            instance.finish();
            for (Thread taker : takers) {
                taker.join();
            }
        }
        assertEquals(4000, sum.get());
    }

    @Test
    void manyGoInAndComeOutAtOnce() throws InterruptedException {
        List<JsonValue> inputs = IntStream.range(0, 100).mapToObj(JsonValue::number).toList();
        List<JsonValue> outputs = new ArrayList<>();
        try (FlowInstance<JsonValue, JsonValue> instance =
                open(single((in, handles, context) -> in), 70)) {
            assertEquals(0, instance.drainTo(outputs::add, 10));
            assertEquals(70, instance.offerAll(inputs));
            assertEquals(0, instance.offerAll(inputs));
            assertEquals(10, instance.drainTo(outputs::add, 10));
            assertEquals(10, instance.offerAll(inputs.subList(70, 100)));
            assertEquals(70, instance.drainTo(outputs::add, 1000));
            assertEquals(inputs.subList(0, 80), outputs);
            instance.finish();
            assertEquals(0, instance.offerAll(inputs));
            assertEquals(0, instance.drainTo(outputs::add, 10));
            assertInstanceOf(FlowInstance.End.class, instance.next());
        }
    }

    @Test
    void whatIsDrainedStopsBeforeAFailure() throws InterruptedException {
        Flow<JsonValue, JsonValue> flow =
                single((in, handles, context) -> {
                    if (in.equals(number(2))) {
                        throw new IllegalStateException("two");
                    }
                    return in;
                });
        List<JsonValue> outputs = new ArrayList<>();
        try (FlowInstance<JsonValue, JsonValue> instance = open(flow, 8)) {
            instance.offerAll(List.of(number(0), number(1), number(2), number(3)));
            assertEquals(2, instance.drainTo(outputs::add, 10));
            assertEquals(0, instance.drainTo(outputs::add, 10));
            assertInstanceOf(FlowInstance.Failed.class, instance.next());
            assertInstanceOf(FlowInstance.End.class, instance.next());
        }
    }

    @Test
    void aDeadlineEndsABodyThatHangsAndNamesIt() throws InterruptedException {
        Flow<JsonValue, JsonValue> flow =
                single((in, handles, context) -> {
                    if (in.equals(number(1))) {
                        new CountDownLatch(1).await();
                    }
                    return in;
                });
        InstanceOptions options =
                new InstanceOptions(8, Optional.of(Duration.ofMillis(300)), Map.of());
        try (Runtime strict = Runtime.builder().watchdog(Watchdog.STRICT).build();
                FlowInstance<JsonValue, JsonValue> instance =
                        strict.open(flow, options).orThrow()) {
            instance.offerAll(List.of(number(0), number(1), number(2)));
            assertEquals(new FlowInstance.Output<>(number(0)), instance.next());
            FlowInstance.Failed<?> failed =
                    assertInstanceOf(FlowInstance.Failed.class, instance.next());
            assertEquals("TIME001", failed.failure().code());
            assertTrue(failed.failure().message().contains("while 't' was"));
            assertInstanceOf(FlowInstance.End.class, instance.next());
            assertEquals(Admission.CLOSED, instance.offer(number(3)));
            assertEquals(0, strict.inFlight());
        }
        assertFalse(Thread.interrupted(), "an interrupt was left behind");
    }

    @Test
    void aDeadlineCountsFromTheFirstInputAndBodiesKnowIt() throws InterruptedException {
        ManualTime time = new ManualTime();
        List<OptionalLong> left = new ArrayList<>();
        Flow<JsonValue, JsonValue> flow =
                single((in, handles, context) -> {
                    left.add(context.remainingNanos());
                    return in;
                });
        InstanceOptions options =
                new InstanceOptions(8, Optional.of(Duration.ofSeconds(10)), Map.of());
        try (Runtime manual =
                        Runtime.builder()
                                .time(time)
                                .deadline(Duration.ofSeconds(1))
                                .watchdog(Watchdog.STRICT)
                                .build();
                FlowInstance<JsonValue, JsonValue> instance = manual.open(flow, options).orThrow();
                FlowInstance<JsonValue, JsonValue> other =
                        manual.open(flow, InstanceOptions.defaults()).orThrow()) {
            time.advance(Duration.ofSeconds(20));
            instance.send(number(1));
            time.advance(Duration.ofSeconds(3));
            instance.next();
            other.send(number(1));
            other.next();
            time.advance(Duration.ofSeconds(7));
            FlowInstance.Failed<?> failed =
                    assertInstanceOf(FlowInstance.Failed.class, instance.next());
            assertEquals("TIME001", failed.failure().code());
            time.advance(Duration.ofSeconds(7));
            other.send(number(1));
            assertInstanceOf(FlowInstance.Output.class, other.next());
        }
        assertEquals(
                List.of(
                        OptionalLong.of(Duration.ofSeconds(7).toNanos()),
                        OptionalLong.empty(),
                        OptionalLong.empty()),
                left);
    }

    @Test
    void waitingForAnOutputHasALimit() throws InterruptedException {
        try (FlowInstance<JsonValue, JsonValue> instance =
                open(single((in, handles, context) -> in), 8)) {
            assertTrue(instance.next(Duration.ofMillis(1)).isEmpty());
            instance.send(number(1));
            assertEquals(
                    new FlowInstance.Output<>(number(1)),
                    instance.next(Duration.ofMillis(1)).orElseThrow());
        }
    }
}
