package dev.flowir.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Body;
import dev.flowir.ir.Flow;
import dev.flowir.ir.ItemStream;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeBody;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Executor cases 23 and 24, and P15 to P17: streams. Case 25 is the servlet host's. */
class StreamCasesTest {

    private final ManualTime time = new ManualTime();
    private final Runtime runtime = Runtime.builder().time(time).watchdog(Watchdog.STRICT).build();

    @AfterEach
    void close() {
        runtime.close();
    }

    private static Flow<Integer, ItemStream<Integer>> streaming(
            Body.Streaming<Integer, Integer> body) {
        Node<Integer, ItemStream<Integer>> node =
                Node.streams("numbers", Integer.class, Integer.class, body);
        return Flow.define("streaming", "1.0.0", Integer.class, (g, in) -> g.then(in, node));
    }

    @Test
    void case23_itemsThenTheEnd() throws InterruptedException {
        Flow<Integer, ItemStream<Integer>> flow =
                streaming((n, out, context) -> {
                    for (int i = 1; i <= n; i++) {
                        out.emit(i);
                    }
                });
        try (ItemStream<Integer> stream = runtime.run(flow, 3).orThrow()) {
            List<Integer> seen = new ArrayList<>();
            while (stream.next() instanceof ItemStream.Item<Integer> item) {
                seen.add(item.value());
            }
            assertEquals(List.of(1, 2, 3), seen);
            assertInstanceOf(ItemStream.End.class, stream.next());
        }
    }

    @Test
    void itemsAreMadeAsFastAsTheyArePulled() throws InterruptedException {
        AtomicInteger made = new AtomicInteger();
        Flow<Integer, ItemStream<Integer>> flow =
                streaming((n, out, context) -> {
                    for (int i = 0; i < n; i++) {
                        made.incrementAndGet();
                        out.emit(i);
                    }
                });
        try (ItemStream<Integer> stream = runtime.run(flow, 100).orThrow()) {
            for (int i = 0; i < 10; i++) {
                stream.next();
                assertTrue(made.get() <= i + 2, () -> "made " + made);
            }
        }
    }

    @Test
    void case24_leavingCancelsTheRun() throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        Flow<Integer, ItemStream<Integer>> flow =
                streaming((n, out, context) -> {
                    try {
                        while (true) {
                            out.emit(1);
                        }
                    } finally {
                        over.countDown();
                    }
                });
        try (ItemStream<Integer> stream = runtime.run(flow, 1).orThrow()) {
            assertInstanceOf(ItemStream.Item.class, stream.next());
        }
        over.await(); // interrupted though nobody asks for more
        assertEquals(0, runtime.inFlight());
    }

    @Test
    void p15_onlyTheOutputMayStream() {
        NodeBody.Streaming streams = (in, out, handles, context) -> out.emit(in);
        Flow<JsonValue, JsonValue> flow =
                Flows.named("inner")
                        .nodes("t")
                        .streams("s", streams)
                        .nodes("c")
                        .edges("t -> s -> c")
                        .flow("t", "c");
        Failure.NodeFailed failed =
                assertInstanceOf(
                        Failure.NodeFailed.class,
                        assertInstanceOf(
                                        Result.Failed.class, runtime.run(flow, JsonValue.number(1)))
                                .failure());
        assertEquals("s", failed.node());
    }

    @Test
    void p16_anErrorEndsTheStream() throws InterruptedException {
        Flow<Integer, ItemStream<Integer>> flow =
                streaming((n, out, context) -> {
                    out.emit(1);
                    throw new IllegalStateException("item 2");
                });
        try (ItemStream<Integer> stream = runtime.run(flow, 1).orThrow()) {
            assertEquals(new ItemStream.Item<>(1), stream.next());
            ItemStream.Broken<?> broken = assertInstanceOf(ItemStream.Broken.class, stream.next());
            assertEquals("RUN101", broken.code());
            assertTrue(broken.message().contains("'numbers'"), broken::message);
            assertTrue(broken.message().contains("item 2"), broken::message);
            assertEquals(broken, stream.next());
        }
    }

    @Test
    void p17_theDeadlineCoversTheStream() throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        Flow<Integer, ItemStream<Integer>> flow =
                streaming((n, out, context) -> {
                    out.emit(1);
                    try {
                        new CountDownLatch(1).await();
                    } finally {
                        over.countDown();
                    }
                });
        Invocation<Integer> invocation = Invocation.of(1).within(Duration.ofMillis(50));
        try (ItemStream<Integer> stream = runtime.run(flow, invocation).orThrow()) {
            assertEquals(new ItemStream.Item<>(1), stream.next());
            time.advance(Duration.ofMillis(50));
            ItemStream.Broken<?> broken = assertInstanceOf(ItemStream.Broken.class, stream.next());
            assertEquals("TIME001", broken.code());
        }
        over.await();
    }

    @Test
    void anInstanceGivesOneStreamPerInput() throws InterruptedException {
        Flow<Integer, ItemStream<Integer>> flow =
                streaming((n, out, context) -> {
                    out.emit(n);
                    out.emit(n);
                });
        try (FlowInstance<Integer, ItemStream<Integer>> instance =
                runtime.open(flow, InstanceOptions.defaults()).orThrow()) {
            instance.send(1);
            instance.send(2);
            for (int n = 1; n <= 2; n++) {
                FlowInstance.Output<?> output =
                        assertInstanceOf(FlowInstance.Output.class, instance.next());
                ItemStream<?> stream = assertInstanceOf(ItemStream.class, output.value());
                assertEquals(new ItemStream.Item<>(n), stream.next());
                assertEquals(new ItemStream.Item<>(n), stream.next());
                assertInstanceOf(ItemStream.End.class, stream.next());
            }
        }
    }
}
