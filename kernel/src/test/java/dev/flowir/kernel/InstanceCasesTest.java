package dev.flowir.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Buffer;
import dev.flowir.ir.Delivery;
import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.Effects;
import dev.flowir.ir.Flow;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.NodeBody;
import dev.flowir.ir.Ordering;
import dev.flowir.kernel.FlowInstance.Admission;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.FileSpillStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Executor cases 1 and 3 to 9: values, permits, backpressure, spill, failures. */
class InstanceCasesTest {

    private final Runtime runtime = Runtime.builder().build();

    @AfterEach
    void close() {
        runtime.close();
    }

    private static FlowInstance<JsonValue, JsonValue> open(
            Runtime runtime, Flow<JsonValue, JsonValue> flow, int capacity) {
        return runtime.open(flow, InstanceOptions.defaults().captureCapacity(capacity)).orThrow();
    }

    private static JsonValue number(long value) {
        return JsonValue.number(value);
    }

    private static void assertNext(long expected, FlowInstance<JsonValue, JsonValue> instance)
            throws InterruptedException {
        assertEquals(new FlowInstance.Output<>(number(expected)), instance.next());
    }

    @Test
    void case01_theSameObjectComesBack() {
        Flow<JsonValue, JsonValue> flow =
                Flows.named("echo").nodes("t", "c").edges("t -> c").flow("t", "c");
        JsonValue object = Flows.object("a", number(1));
        assertEquals(object, runtime.run(flow, object).orThrow());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void case03and04_permitsAreTheCaptureCapacity(int capacity) throws InterruptedException {
        Flow<JsonValue, JsonValue> flow =
                Flows.named("permits").nodes("t", "c").edges("t -> c").flow("t", "c");
        try (FlowInstance<JsonValue, JsonValue> instance = open(runtime, flow, capacity)) {
            for (int i = 0; i < capacity; i++) {
                assertEquals(Admission.ACCEPTED, instance.offer(number(i)));
            }
            assertEquals(0, instance.permits());
            assertEquals(Admission.FULL, instance.offer(number(capacity)));

            assertNext(0, instance);
            assertEquals(Admission.ACCEPTED, instance.send(number(capacity)));
            assertEquals(Admission.FULL, instance.offer(number(99)));

            for (int i = 1; i <= capacity; i++) {
                assertNext(i, instance);
            }
            assertEquals(capacity, instance.permits());
        }
    }

    @Test
    void case05_aSendWaitsUntilAResultIsTaken() throws InterruptedException {
        Flow<JsonValue, JsonValue> flow =
                Flows.named("full")
                        .nodes("t", "sink")
                        .edge(bounded("t", "sink", 1, Optional.empty()))
                        .flow("t", "sink");
        try (FlowInstance<JsonValue, JsonValue> instance = open(runtime, flow, 1)) {
            assertEquals(Admission.ACCEPTED, instance.send(number(1)));
            assertEquals(Admission.FULL, instance.offer(number(2)));
            CountDownLatch sent = new CountDownLatch(1);
            Thread.ofVirtual()
                    .start(() -> {
                        try {
                            instance.send(number(2));
                            sent.countDown();
                        } catch (InterruptedException stopped) {
                            Thread.currentThread().interrupt();
                        }
                    });
            assertNext(1, instance);
            sent.await();
            assertNext(2, instance);
        }
    }

    @Test
    void case07_spillTakesWhatDoesNotFit(@TempDir Path folder) throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        Flow<JsonValue, JsonValue> flow =
                Flows.named("slow")
                        .nodes("t")
                        .reads(
                                "w",
                                (in, handles, context) -> {
                                    release.await();
                                    return in;
                                })
                        .node(
                                "c",
                                Effects.EFFECTFUL,
                                (NodeBody.Single) (in, handles, context) -> in,
                                "resource::blob::write")
                        .edge(bounded("t", "w", 1, Optional.of("local")))
                        .edges("w -> c")
                        .flow("t", "c");
        try (FileSpillStore store = FileSpillStore.under(folder);
                Runtime spilling =
                        Runtime.builder()
                                .spill(store)
                                .capabilities(
                                        Capabilities.of(new TestProvider("resource::blob::write")))
                                .build();
                FlowInstance<JsonValue, JsonValue> instance = open(spilling, flow, 64)) {
            // P18: with spill the bound is not the producer's any more
            for (int i = 0; i < 30; i++) {
                assertEquals(Admission.ACCEPTED, instance.send(number(i)));
            }
            release.countDown();
            for (int i = 0; i < 30; i++) {
                assertNext(i, instance);
            }
        }
        try (var left = Files.list(folder)) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void case08_itemsAboveTheThresholdSpill(@TempDir Path folder) throws Exception {
        AtomicInteger spilled = new AtomicInteger();
        Semaphore turns = new Semaphore(0);
        CountDownLatch twoSpilled = new CountDownLatch(2);
        Flow<JsonValue, JsonValue> flow =
                Flows.named("threshold")
                        .nodes("t")
                        .node(
                                "c",
                                Effects.EFFECTFUL,
                                (NodeBody.Single)
                                        (in, handles, context) -> {
                                            turns.acquire();
                                            return JsonValue.text("ack");
                                        },
                                "resource::blob::write")
                        .edge(
                                new EdgeDefinition(
                                        "t",
                                        "c",
                                        Delivery.AT_LEAST_ONCE,
                                        Ordering.ORDERED,
                                        Optional.empty(),
                                        OptionalLong.empty(),
                                        new Buffer(
                                                OptionalLong.of(8),
                                                OptionalLong.of(512),
                                                Optional.of("local"),
                                                Optional.empty())))
                        .flow("t", "c");
        ExecutionListener listener =
                new ExecutionListener() {
                    @Override
                    public void spilled(RunInfo run, String edge, long bytes) {
                        assertEquals("t -> c", edge);
                        assertTrue(bytes >= 512);
                        spilled.incrementAndGet();
                        twoSpilled.countDown();
                    }
                };
        try (FileSpillStore store = FileSpillStore.under(folder);
                Runtime spilling =
                        Runtime.builder()
                                .spill(store)
                                .listener(listener)
                                .capabilities(
                                        Capabilities.of(new TestProvider("resource::blob::write")))
                                .build();
                FlowInstance<JsonValue, JsonValue> instance = open(spilling, flow, 8)) {
            JsonValue large = JsonValue.text("x".repeat(600));
            for (int i = 0; i < 3; i++) {
                assertEquals(Admission.ACCEPTED, instance.send(large));
            }
            twoSpilled.await(); // the first one found the node free
            turns.release(3);
            for (int i = 0; i < 3; i++) {
                assertEquals(new FlowInstance.Output<>(JsonValue.text("ack")), instance.next());
            }
            assertEquals(2, spilled.get());
        }
    }

    @Test
    void case09_aFailureNamesTheNodeThatFailed() throws InterruptedException {
        Flow<JsonValue, JsonValue> flow =
                Flows.named("fails")
                        .nodes("t")
                        .pure(
                                "fails",
                                (in, handles, context) -> {
                                    throw new IllegalStateException("broken");
                                })
                        .nodes("sink")
                        .edges("t -> fails -> sink")
                        .flow("t", "sink");
        try (FlowInstance<JsonValue, JsonValue> instance = open(runtime, flow, 1)) {
            instance.send(number(1));
            FlowInstance.Failed<?> failed =
                    assertInstanceOf(FlowInstance.Failed.class, instance.next());
            assertEquals(
                    "fails", assertInstanceOf(Failure.NodeFailed.class, failed.failure()).node());
            assertInstanceOf(FlowInstance.End.class, instance.next());
            assertEquals(Admission.CLOSED, instance.offer(number(2)));
        }
    }

    @Test
    void finishLetsWhatWasBegunComeOut() throws InterruptedException {
        Flow<JsonValue, JsonValue> flow =
                Flows.named("finish").nodes("t", "c").edges("t -> c").flow("t", "c");
        FlowInstance<JsonValue, JsonValue> instance = open(runtime, flow, 4);
        instance.send(number(1));
        instance.send(number(2));
        instance.finish();
        assertEquals(Admission.CLOSED, instance.offer(number(3)));
        assertNext(1, instance);
        assertNext(2, instance);
        assertInstanceOf(FlowInstance.End.class, instance.next());
        assertEquals(0, runtime.inFlight());
    }

    @Test
    void teardownOfAFullInstanceReturns() {
        Flow<JsonValue, JsonValue> flow =
                Flows.named("full").nodes("t", "c").edges("t -> c").flow("t", "c");
        FlowInstance<JsonValue, JsonValue> instance = open(runtime, flow, 1);
        instance.offer(number(1));
        instance.offer(number(2));
        instance.close();
        assertEquals(0, runtime.inFlight());
    }

    private static EdgeDefinition bounded(
            String from, String to, int items, Optional<String> tier) {
        return new EdgeDefinition(
                from,
                to,
                Delivery.AT_LEAST_ONCE,
                Ordering.ORDERED,
                Optional.empty(),
                OptionalLong.empty(),
                new Buffer(OptionalLong.of(items), OptionalLong.empty(), tier, Optional.empty()));
    }
}
